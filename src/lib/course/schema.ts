import * as v from 'valibot';
import { id, text } from './text.ts';

/**
 * One schema per kind of course file. They describe the file as an author writes it; activities are
 * checked further by their own type's schema (`src/lib/activities/<type>/schema.ts`).
 */

const minutes = v.pipe(v.number(), v.minValue(0.5), v.maxValue(60));

const band = v.strictObject({ from: v.number(), to: v.number() });

/** `course.yaml` */
export const courseFile = v.strictObject({
	id,
	version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'must look like "1.0.0" (in quotes)')),
	title: text,
	description: text,
	passMark: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), 80),
	review: v.variant('state', [
		v.strictObject({ state: v.literal('pending'), note: v.optional(text) }),
		v.strictObject({
			state: v.literal('signed'),
			by: v.pipe(v.string(), v.nonEmpty()),
			on: v.pipe(v.string(), v.isoDate()),
		}),
	]),
	/** Who has written it; certificates name them. */
	authors: v.optional(
		v.array(
			v.strictObject({
				name: v.pipe(v.string(), v.trim(), v.nonEmpty('is empty')),
				role: v.optional(text),
			}),
		),
	),
	/** The band in which the LIX of every lesson's prose lies. */
	readingEase: v.optional(v.strictObject({ da: band, en: band })),
	/** How many words of prose a lesson has, in each language. */
	proseWords: v.optional(band),
	/** How many turns a conversation takes, whichever way one goes. */
	vignetteTurns: v.optional(band),
	/** The conversational moves that vignettes name; `helpful` ones count as skills met. */
	skills: v.array(v.strictObject({ id, name: text, helpful: v.boolean() })),
});

/** `NN-<chapter>/chapter.yaml`; the chapter's id is its folder's name without the number. */
export const chapterFile = v.strictObject({ title: text });

/** The front matter of `lesson.<language>.svx`; the lesson's id is its folder's name without the number. */
const sentence = v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'));
export const lessonMatter = v.strictObject({
	title: sentence,
	objective: sentence,
	message: sentence,
});

/** `activities.yaml` of a lesson. Each activity is checked by its type's schema afterwards. */
const anyActivity = v.looseObject({ id, type: v.string() });
export const activitiesFile = v.strictObject({
	/** Activities that are a step of their own: a reflection, a single question. */
	activities: v.optional(
		v.array(v.strictObject({ id, title: text, minutes, activity: anyActivity })),
		[],
	),
	drills: v.optional(
		v.array(
			v.strictObject({
				id,
				title: text,
				intro: v.optional(text),
				minutes,
				items: v.pipe(v.array(anyActivity), v.minLength(1)),
			}),
		),
		[],
	),
	quizzes: v.optional(
		v.array(
			v.strictObject({
				id,
				title: text,
				intro: v.optional(text),
				minutes,
				draw: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
				items: v.pipe(v.array(anyActivity), v.minLength(1)),
			}),
		),
		[],
	),
});

/** `final-test.yaml`: a bank of items for each lesson; an attempt draws evenly from all of them. */
export const finalTestFile = v.strictObject({
	/** How many items an attempt has. */
	draw: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** Share of points at which it is passed, 0–100. */
	passMark: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
	/** Estimated. */
	minutes,
	bank: v.array(
		v.strictObject({ lesson: id, items: v.pipe(v.array(anyActivity), v.minLength(1)) }),
	),
});

/** `confidence.yaml`: what is asked before and after the course. */
export const confidenceFile = v.strictObject({ minutes, activity: anyActivity });

/** `metaphors/<id>/metaphor.yaml`; the picture itself is `Metaphor.svelte` beside it. */
export const metaphorFile = v.strictObject({
	title: text,
	point: text,
	texts: v.optional(v.record(v.string(), text), {}),
});

/** `glossary.yaml` */
export const glossaryFile = v.array(
	v.strictObject({
		id,
		term: text,
		/** Other words for it, for those who search. */
		also: v.optional(text),
		meaning: text,
		lesson: v.optional(id),
	}),
);

/** `questions.yaml`: questions to take into a consultation, by what they are for. */
export const questionsFile = v.array(
	v.strictObject({
		id,
		title: text,
		when: text,
		lesson: v.optional(id),
		questions: v.pipe(v.array(v.strictObject({ id, text })), v.minLength(1)),
	}),
);

/** `facts.yaml`: every number and claim that learner texts may lean on. */
export const factsFile = v.array(
	v.strictObject({
		id,
		statement: text,
		/** Where in the source: "message 4". */
		source: v.pipe(v.string(), v.nonEmpty()),
		caution: v.optional(text),
	}),
);
