import * as v from 'valibot';
import { PROFESSIONS } from '#lib/course/professions.ts';
import { id, text } from '#lib/course/text.ts';
import { FLAGS } from './terms.ts';

const level = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));
const change = v.pipe(v.number(), v.integer(), v.minValue(-30), v.maxValue(30));
const range = v.strictObject({ atLeast: v.optional(level), below: v.optional(level) });

/** All parts must hold. `costly.atMost` counts costly choices that were not repaired. */
const condition = v.strictObject({
	trust: v.optional(range),
	understanding: v.optional(range),
	worry: v.optional(range),
	flags: v.optional(v.array(v.picklist(FLAGS))),
	without: v.optional(v.array(v.picklist(FLAGS))),
	costly: v.optional(v.strictObject({ atMost: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
	/** The quality that the last choice must not have had, since nothing can make up for that one. */
	lastNot: v.optional(v.picklist(['costly'])),
});
export type Condition = v.InferOutput<typeof condition>;

const option = v.strictObject({
	id,
	/** What the clinician says. */
	text,
	quality: v.picklist(['strong', 'workable', 'costly']),
	/** What kind of move it is; one of the course's `skills`. */
	skill: id,
	effects: v.optional(
		v.strictObject({
			trust: v.optional(change),
			understanding: v.optional(change),
			worry: v.optional(change),
		}),
		{},
	),
	set: v.optional(v.array(v.picklist(FLAGS)), []),
	/** Offered only when these flags are set. At least one option of a turn has no needs. */
	needs: v.optional(v.array(v.picklist(FLAGS)), []),
	/** Gives information, so it goes through the explanation gate. */
	explains: v.optional(v.boolean(), false),
	/** What the patient answers. */
	reply: text,
	feels: text,
	why: text,
	better: v.optional(text),
	/** After a costly choice: an extra option in the next turn that takes most of the loss back. */
	repair: v.optional(
		v.strictObject({
			id,
			text,
			reply: text,
			why: text,
			/** What making up brought about: a concern heard late is heard all the same. */
			set: v.optional(v.array(v.picklist(FLAGS)), []),
		}),
	),
	/** The next turn's id, or `end`. */
	next: id,
});

const turn = v.strictObject({
	id,
	/** What the patient says to open the turn; nothing when the reply before it already does. */
	says: v.optional(text),
	/** Other words for `says` when a condition holds; the first that holds is used. */
	variants: v.optional(v.array(v.strictObject({ when: condition, says: text })), []),
	/** What the patient thinks but does not say; shown in the debrief. */
	thinks: text,
	options: v.pipe(v.array(option), v.minLength(2), v.maxLength(4)),
});

/** A branching conversation: `vignette.yaml`. */
export const schema = v.strictObject({
	id,
	type: v.literal('vignette'),
	title: text,
	minutes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(20)), 6),
	patient: v.strictObject({
		name: v.pipe(v.string(), v.nonEmpty()),
		age: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(99)),
		/** "teacher", "lorry driver". */
		role: text,
		look: v.strictObject({
			hair: v.picklist(['short', 'long', 'bun', 'bald', 'curly']),
			tone: v.picklist(['dark', 'brown', 'fair', 'grey', 'red']),
			skin: v.optional(v.picklist(['light', 'medium', 'dark']), 'light'),
			glasses: v.optional(v.boolean(), false),
			beard: v.optional(v.boolean(), false),
		}),
	}),
	/** Where and when: "Your clinic, a Tuesday morning, twenty minutes." */
	setting: text,
	/** Who the learner is: "You are her physiotherapist." */
	role: text,
	/** Whose words `setting` and `role` are; needed when there are `others`. */
	profession: v.optional(v.picklist(PROFESSIONS)),
	/** The same conversation for learners of other professions: where, who, and perhaps the first line. */
	others: v.optional(
		v.array(
			v.strictObject({
				profession: v.picklist(PROFESSIONS),
				setting: text,
				role: text,
				says: v.optional(text),
			}),
		),
		[],
	),
	start: v.strictObject({ trust: level, understanding: level, worry: level }),
	/** How the patient looks in each pose, one sentence each: the words behind the picture. */
	poses: v.strictObject({ closed: text, wary: text, neutral: text, easing: text, open: text }),
	opening: id,
	turns: v.pipe(v.array(turn), v.minLength(2)),
	/** Exactly three, tried in order; the last has no `when`. */
	endings: v.pipe(
		v.array(
			v.strictObject({
				id,
				kind: v.picklist(['shared-plan', 'thin', 'elsewhere']),
				when: v.optional(condition),
				title: text,
				/** How the consultation closes. */
				text,
				/** One line from the patient two weeks later. */
				later: text,
			}),
		),
		v.length(3, 'needs exactly three endings'),
	),
	debrief: v.strictObject({
		/** What the case was about, tied to the key message. */
		summary: text,
		/** Asks for the learner's own wording; what is typed stays on the device. */
		prompt: text,
		metaphor: v.optional(id),
	}),
});

export type Vignette = v.InferOutput<typeof schema>;
export type Turn = Vignette['turns'][number];
export type Option = Turn['options'][number];
export type Ending = Vignette['endings'][number];

/** Option ids (repairs among them) from the opening on, in order. */
export const response = v.strictObject({ path: v.pipe(v.array(id), v.maxLength(40)) });
export type VignetteResponse = v.InferOutput<typeof response>;
