import type { Options } from 'minisearch';

/** Something that can be found. `place` and `step` are ids; what they name depends on `kind`. */
export interface Found {
	id: number;
	kind: 'lesson' | 'step' | 'metaphor' | 'question' | 'term';
	title: string;
	text: string;
	/** Other words for the same. */
	also?: string;
	/** A lesson, a metaphor, a group of questions or a term. */
	place: string;
	/** Of a step itself; of a term the lesson that is about it. */
	step?: string;
}

/** How the index is made when the course is built, and read in the browser: both must do it alike. */
export const SEARCH_OPTIONS: Options<Found> = {
	fields: ['title', 'also', 'text'],
	storeFields: ['kind', 'title', 'text', 'place', 'step'],
	searchOptions: {
		boost: { title: 3, also: 3 },
		prefix: true,
		// One slip in a word of five letters or more.
		fuzzy: (term) => (term.length > 4 ? 0.2 : false),
		combineWith: 'AND',
	},
};
