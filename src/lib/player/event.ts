import type { Language } from '#lib/course/language.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { now } from './clock.ts';

type EventOf<T extends LearnerEvent['type']> = Extract<LearnerEvent, { type: T }>;
/** What an event of a type has besides what all have. */
export type Own<T extends LearnerEvent['type']> = Omit<
	EventOf<T>,
	'v' | 'id' | 'at' | 'course' | 'courseVersion' | 'language' | 'lesson' | 'type'
>;

/** What the learner does now, as an event. */
export function makeEvent<T extends LearnerEvent['type']>(
	{ course, language }: { course: { id: string; version: string }; language: Language },
	lesson: string,
	type: T,
	own: Own<T>,
): LearnerEvent {
	const event = {
		v: 1,
		id: crypto.randomUUID(),
		at: now(),
		course: course.id,
		courseVersion: course.version,
		language,
		lesson,
		type,
		...own,
	};
	// A response may be a view's live proxy, which a browser's database refuses to copy.
	return JSON.parse(JSON.stringify(event)) as LearnerEvent;
}
