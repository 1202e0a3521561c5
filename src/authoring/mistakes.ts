import { relative } from 'node:path';

/** Something in a course that an author must mend: where it stands, and how. */
export interface Mistake {
	/** Absolute path. */
	file: string;
	/** From 1; absent when it is about the file as a whole. */
	line?: number;
	message: string;
}

/** `courses/…/vignette.yaml:41 option "ask-worry" has no English text` */
export function formatMistake({ file, line, message }: Mistake, from = process.cwd()): string {
	return `${relative(from, file)}${line === undefined ? '' : `:${line}`} ${message}`;
}

/** A course that cannot be used as it is. */
export class CourseError extends Error {
	readonly mistakes: Mistake[];
	constructor(mistakes: Mistake[]) {
		const noun = mistakes.length === 1 ? 'mistake' : 'mistakes';
		super(
			[
				`${mistakes.length} ${noun} in the course files:`,
				...mistakes.map((one) => `  ${formatMistake(one)}`),
			].join('\n'),
		);
		this.mistakes = mistakes;
	}
}
