import { getContext, setContext } from 'svelte';

const KEY = Symbol('thumbnail');

/** From here down only the picture itself is drawn, without words and controls. */
export function setThumbnail(): void {
	setContext(KEY, true);
}

export function isThumbnail(): boolean {
	return getContext(KEY) === true;
}
