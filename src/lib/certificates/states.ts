import * as v from 'valibot';
import { text } from '#lib/course/text.ts';

/**
 * What a certificate states, as it was on the day of issue. A snapshot: a name, a course or a provider
 * that changes later changes no certificate. Kept with every certificate for good, so that version 1
 * must be readable for ever; what is added later is optional or gets a version of its own.
 */

const line = v.pipe(v.string(), v.nonEmpty());
const instant = v.pipe(v.string(), v.isoTimestamp());
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The hash of a picture; see `server/certificates/provider.ts`. */
const picture = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

export const signer = v.object({ name: v.string(), title: v.string() });

export const states = v.object({
	v: v.literal(1),
	learner: v.object({ name: line }),
	course: v.object({ id: line, version: line, title: text }),
	provider: v.object({
		name: line,
		address: v.string(),
		logo: v.nullable(picture),
		/** Who signs for it; null when nobody does. */
		signer: v.nullable(signer),
		signature: v.nullable(picture),
		/** What an accreditor has granted, in the provider's own words; null when there is none. */
		accreditation: v.nullable(text),
	}),
	/** When the learner did the first thing and the last thing that count. */
	beganAt: instant,
	completedAt: instant,
	/** Whether it renews an earlier one: the course was to be passed anew. */
	isRenewal: v.boolean(),
	hours: v.object({
		/** By the course's own estimate, of every step that had to be done. */
		estimatedMinutes: v.pipe(v.number(), v.minValue(0)),
		/** Spent by this learner, as far as it was measured. */
		measuredSeconds: whole,
	}),
	/** What the learner can do now, lesson by lesson. */
	objectives: v.array(text),
	result: v.object({
		/** What the score is of: the final test, or all quizzes of a course without one. */
		of: v.picklist(['final-test', 'quizzes']),
		/** 0–100; null in a course with neither. */
		percent: v.nullable(v.pipe(whole, v.maxValue(100))),
		/** 0–100, that had to be reached. */
		passMark: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
		/** All of them done. */
		lessons: whole,
	}),
	/** Whether a named clinician has signed the content off. */
	review: v.variant('state', [
		v.object({ state: v.literal('pending') }),
		v.object({ state: v.literal('signed'), by: line, on: v.pipe(v.string(), v.isoDate()) }),
	]),
	/** Nobody is made up: a course that names none has none. */
	authors: v.array(v.object({ name: line, role: v.optional(text) })),
});
export type States = v.InferOutput<typeof states>;

/** Reads a stored certificate. @throws when it is none, which only a damaged database explains */
export function readStates(stored: unknown): States {
	return v.parse(states, stored);
}

/** What a holder lets others see by the code; the course, the dates and the provider always show. */
export interface Shows {
	name: boolean;
	result: boolean;
}

/**
 * Who has the code has it from the certificate, on which the name stands, and wants to know whether
 * that is true. The result is nobody's business until the holder says so.
 */
export const SHOWS_AT_FIRST: Shows = { name: true, result: false };

/** Why a certificate is valid no more. */
export const REASONS = ['error', 'identity', 'not-own-work', 'content', 'other'] as const;
export type Reason = (typeof REASONS)[number] | 'replaced';

/** `replaced` is not for administrators to choose: a new one with another name took its place. */
export const revocation = v.object({
	reason: v.picklist([...REASONS, 'replaced']),
	/** For administrators only. */
	note: v.optional(v.string()),
});
export type Revocation = v.InferOutput<typeof revocation>;

/** What `certificates.revoked_because` holds. */
export function readRevocation(stored: string | null): Revocation {
	try {
		return v.parse(revocation, JSON.parse(stored ?? ''));
	} catch {
		return { reason: 'other' };
	}
}
