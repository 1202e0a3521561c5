import * as v from 'valibot';
import { learnerEvent, type LearnerEvent } from '#lib/progress/events.ts';

/**
 * A learner's record of one course as a file, to be taken to another browser. Version 1; a released
 * version is never changed, only followed by another.
 */
const progressFile = v.strictObject({
	kind: v.literal('course-progress'),
	v: v.literal(1),
	course: v.string(),
	events: v.array(learnerEvent),
});

export function writeProgress(course: string, events: LearnerEvent[]): string {
	const file: v.InferInput<typeof progressFile> = {
		kind: 'course-progress',
		v: 1,
		course,
		events,
	};
	return JSON.stringify(file);
}

export type ReadProgress =
	{ kind: 'events'; events: LearnerEvent[] } | { kind: 'other-course' } | { kind: 'unreadable' };

/** The events of a file. Nothing of a file is taken unless all of it is as it should be. */
export function readProgress(course: string, text: string): ReadProgress {
	const found = v.safeParse(v.pipe(v.string(), v.parseJson(), progressFile), text);
	if (!found.success) return { kind: 'unreadable' };
	const { events } = found.output;
	const isOurs = found.output.course === course && events.every((one) => one.course === course);
	return isOurs ? { kind: 'events', events } : { kind: 'other-course' };
}
