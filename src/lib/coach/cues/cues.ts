import type { Groups } from '../pattern.ts';

/**
 * The words by which a language shows what is done with it. All are patterns (`pattern.ts`). Those of
 * `…Within` are looked for anywhere in a piece, the others where it begins.
 */
export interface Cues {
	groups: Groups;
	/** What is said before anything is: "okay", "well". */
	openers: string[];
	/** A piece that is only this does nothing. */
	smallTalk: string[];
	wh: string[];
	/** Question words after which a short answer is enough, and what asks openly after all. */
	whClosed: string[];
	whOpen: string[];
	/** Verbs that a yes-or-no question begins with, and what may stand right after them. */
	finite: string[];
	subjects: string[];
	/** What a verb with a subject right after it is told by, and what only looks like a verb. */
	pronouns: string[];
	noVerbs: string[];
	prepositions: string[];
	/** After these an embedded question follows, whatever its order. */
	takers: string[];
	/** Begins a clause that only leads up to another: "when", "if". */
	subordinate: string[];
	/** Asks for a free answer whatever its form. */
	invites: string[];
	invitesWithin: string[];
	/** Looks like it, and asks for a yes, a no or a number. */
	invitesClosed: string[];
	/** Asks leave to tell or to do something. */
	leave: string[];
	/** Asks whether a reflection is right. */
	checks: string[];
	tags: string[];
	/** Asks, with half a sentence: "any fever". */
	fragments: string[];
	/** The answer lies in the question. */
	leading: string[];
	/** The patient as subject; verbs after it that advise, and what tells facts about the patient. */
	you: string[];
	urges: string[];
	youInforms: string[];
	reflects: string[];
	reflectsWithin: string[];
	validates: string[];
	validatesWithin: string[];
	advises: string[];
	advisesWithin: string[];
	informs: string[];
	informsWithin: string[];
	/** Feelings and burdens. */
	feelings: string[];
	/** Where one of these is said, less of it mirrors: backs and treatment, the speaker, what is to be done. */
	matters: string[];
	self: string[];
	ahead: string[];
	greets: string[];
	/** Sets one thing against another: "but", "at the same time". */
	contrasts: string[];
	negators: string[];
	/** What hangs on these is taken for granted: "… with a back that is …". */
	granted: string[];
	/** Of what the next clause may speak: with a comma before it, what was denied no longer is. */
	topics: string[];
	/** Where a negation, or somebody else's view, ends. */
	breaks: string[];
	/** Somebody else's words, or the patient's own, follow. */
	attributes: string[];
	/** An explanation follows; its name follows after it. */
	explains: string[];
	names: string[];
}

/** Patterns, one a line or between semicolons. */
export function lines(text: string): string[] {
	return text
		.trim()
		.split(/\s*[\n;]\s*/)
		.filter((line) => line !== '');
}

export function words(text: string): string[] {
	return text.trim().split(/\s+/);
}
