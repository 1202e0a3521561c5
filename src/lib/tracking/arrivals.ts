import { post } from './underway.ts';

/**
 * Calls each time the record keeper has come to know more; at once, if it has since somebody last
 * listened. One listener at a time: the page on screen. Returns how to stop.
 */
export function onarrival(listener: () => void): () => void {
	post.heed = listener;
	if (post.isNews) listener();
	post.isNews = false;
	return () => {
		if (post.heed === listener) post.heed = undefined;
	};
}
