import type { Language } from '#lib/course/language.ts';

/*
 * What the coach reads in a clinician's words. It never grades with one number: it answers in layers,
 * each with the span of text it rests on. Spans are UTF-16 code units, `text.slice(start, end)`.
 */

/** The main communicative function of an utterance. */
export const ACTS = [
	'open-question',
	'closed-question',
	'reflection',
	'validation',
	'information',
	'advice',
	'other',
] as const;
export type Act = (typeof ACTS)[number];

/** What the question in it, if any, asks for. */
export const ASKS = ['open', 'closed', 'none'] as const;
export type Asks = (typeof ASKS)[number];

/** How it is built. Form is not function: "Would you tell me more?" is verb-first and invites. */
export const FORMS = ['wh', 'verb-first', 'either-or', 'tag', 'statement'] as const;
export type Form = (typeof FORMS)[number];

export const FLAGS = ['leading', 'double', 'alarm', 'dismissive', 'jargon'] as const;
export type FlagKind = (typeof FLAGS)[number];

/** What the clinician is after, as a drill states it. */
export const GOALS = ['explore', 'rule-out', 'reassure', 'summarise', 'plan'] as const;
export type Goal = (typeof GOALS)[number];

export interface Span {
	start: number;
	end: number;
}

/** Words that may do harm, why, and what to say instead. */
export interface Flag extends Span {
	kind: FlagKind;
	why: string;
	instead: string;
}

/** A sentence or clause that does one thing. */
export interface Move extends Span {
	act: Act;
	asks: Asks;
	form: Form;
	/** The words by which it was told. */
	cue: Span;
}

export interface Assessment {
	/** Of the last move. */
	act: Act;
	asks: Asks;
	form: Form;
	/** Whether it sounds like a reflection, wherever in it. */
	reflects: boolean;
	/** In the order of the text. */
	flags: Flag[];
	/** The coach does not trust its own judgement here: it praises or stays silent. */
	unsure: boolean;
	moves: Move[];
	/** Where leave is asked before something is told or advised. */
	permission: Span | null;
	/** A question that asks why. */
	why: Span | null;
}

export interface Situation {
	lang: Language;
	goal?: Goal;
}

/**
 * What a colleague would pick out to say, for the interface to put into words. `span` are the words
 * it rests on. A remark on a flag brings its reason and its better wording along.
 */
export const PRAISE = [
	/** An open question. */
	'opens',
	/** Closed in form, and works as an invitation. */
	'invites',
	/** Mirrors what the patient said or feels. */
	'mirrors',
	/** Mirrors, and asks whether that is right. */
	'checks',
	'validates',
	/** Asks leave before telling or advising. */
	'asks-leave',
	/** A closed question where something is to be ruled out. */
	'screens',
	/** Explains where that is what is called for. */
	'explains',
] as const;
export const IDEAS = [
	/** A closed question where the story is wanted. */
	'closes',
	/** Tells where the story is wanted. */
	'tells-first',
	/** Advises without having asked leave. */
	'advises-first',
	/** An open question where a clear yes or no is needed. */
	'screens-wide',
	/** "Why" can sound like a reproach. */
	'why',
	/** A summary is asked for, and there is none. */
	'no-summary',
	/** Words that may do harm. */
	'flag',
] as const;
export type Topic = (typeof PRAISE)[number] | (typeof IDEAS)[number] | 'not-sure';

export interface Remark {
	tone: 'praise' | 'idea' | 'unsure';
	topic: Topic;
	span: Span;
	/** Present exactly when `topic` is `flag`. */
	flag?: Flag;
}
