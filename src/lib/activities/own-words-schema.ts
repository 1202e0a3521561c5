import * as v from 'valibot';
import { id, text } from '#lib/course/text.ts';

/** What activities share in which one types one's own words: model answers, and what to look for. */
export const model = v.strictObject({ id, text, why: text });
export const checklist = v.pipe(
	v.array(v.strictObject({ id, text })),
	v.minLength(2),
	v.maxLength(5),
);

/** The ticks alone. The words, and what the coach had to say of them, stay on the device. */
export const response = v.strictObject({ checked: v.pipe(v.array(id), v.maxLength(5)) });
export type OwnWordsResponse = v.InferOutput<typeof response>;
