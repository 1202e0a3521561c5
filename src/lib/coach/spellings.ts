/** How people type. */
export interface Spelling {
	/** Whole words, and what they stand for. */
	words: Record<string, string>;
	/** Words with a glued "is"; the word itself is a group. */
	is?: RegExp;
	/** What is glued to a word, and the word that it is. */
	endings: readonly (readonly [string, string])[];
	/** Words worth recognising where they are missed by one letter. */
	close: readonly string[];
}

export const pairs = (text: string): Record<string, string> =>
	Object.fromEntries(
		text
			.trim()
			.split(/\s*[\n;]\s*/)
			.map((pair) => pair.split(':').map((side) => side.trim()) as [string, string]),
	);
export const list = (text: string) => text.trim().split(/\s+/);
