import { getContext, setContext } from 'svelte';

/** What stands beside an activity for those who write it; see `src/authoring/notes.ts`. */
export interface AuthorNote {
	place: string;
	says: string[];
}

const KEY = Symbol('author notes');

/** While developing: how to find the note on an activity of the lesson on screen. */
export function setAuthorNotes(find: (activity: string) => AuthorNote | undefined): void {
	setContext(KEY, find);
}

export function authorNote(activity: string): AuthorNote | undefined {
	return getContext<((id: string) => AuthorNote | undefined) | undefined>(KEY)?.(activity);
}
