import * as v from 'valibot';
import { LANGUAGES } from '#lib/course/language.ts';
import { id } from '#lib/course/text.ts';

/**
 * What a learner does, version 1. Everything else (progress, scores, completion, statements, CMI
 * data, reports) is derived from these. The format is a promise: a released version is never
 * edited, only followed by another one; types of event may be added.
 *
 * `at` is the learner's clock, ISO 8601 in UTC with milliseconds, and increases strictly from event
 * to event on one device, so that sorting by (`at`, `id`) restores the order of things.
 * No event carries a score: who keeps the record computes it.
 */
const head = {
	v: v.literal(1),
	/** UUID, made where the event happened; sending an event twice is harmless. */
	id: v.pipe(v.string(), v.uuid('is no UUID')),
	at: v.pipe(v.string(), v.isoTimestamp('is no ISO 8601 time in UTC')),
	course: id,
	courseVersion: v.pipe(v.string(), v.maxLength(20)),
	language: v.picklist(LANGUAGES),
	lesson: id,
};

/** The id of an attempt: the UUID of the event that began it, or a restored one. */
const attemptId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,48}$/, 'is no attempt id'));
/** Seconds spent, by the learner's clock. */
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400));

export const learnerEvent = v.variant('type', [
	/** The learner came to a step; the place to resume at. */
	v.strictObject({ ...head, type: v.literal('step-reached'), step: id }),
	/** The learner read a reading step to its end. */
	v.strictObject({ ...head, type: v.literal('step-read'), step: id, seconds: v.optional(seconds) }),
	/**
	 * An attempt began. `items`: ids of the activities it consists of, in order (for an activity that
	 * is a step of its own, that activity alone). `from`: a response to begin with (replay of a turn).
	 */
	v.strictObject({
		...head,
		type: v.literal('attempt-began'),
		step: id,
		attempt: attemptId,
		items: v.pipe(v.array(id), v.minLength(1), v.maxLength(100)),
		from: v.optional(v.unknown()),
	}),
	/** A response to one activity of an attempt. Its shape is the activity type's business. */
	v.strictObject({
		...head,
		type: v.literal('answered'),
		step: id,
		attempt: attemptId,
		item: id,
		response: v.unknown(),
		seconds: v.optional(seconds),
	}),
	/** The learner went on in another language. `language` is the new one. */
	v.strictObject({ ...head, type: v.literal('language-changed'), step: id }),
	/** The learner moved a metaphor of a reading step with their own hands; once a visit. */
	v.strictObject({ ...head, type: v.literal('metaphor-used'), step: id, metaphor: id }),
]);

export type LearnerEvent = v.InferOutput<typeof learnerEvent>;
export type LearnerEventType = LearnerEvent['type'];
