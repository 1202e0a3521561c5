import type { Language } from '#lib/course/language.ts';
import { activitiesOf, type Step } from '#lib/course/model.ts';
import type { TestState } from '#lib/progress/final-test.ts';
import type { Progress } from '#lib/progress/progress.ts';
import type { Tracker } from '#lib/tracking/tracker.ts';
import type { Component } from 'svelte';
import type { Place } from './place.ts';

/** Something below every place, with its own properties; it is told besides where the learner is. */
export interface Below {
	Component: Component<Record<string, unknown>>;
	props: Record<string, unknown>;
}

/** What Package.svelte tells what stands below. */
export interface BelowAt {
	place: Place;
	/** Shows the place anew: the record has changed under it. */
	onchanged: () => void;
}

/** Who keeps the record of this visit. */
export interface Keeper {
	tracker: Tracker;
	/** Hands in a lesson's definitions before anything is done in it. */
	know(lesson: { id: string; steps: unknown[] }): Promise<void>;
	/** Whose unfinished input this device holds. */
	learner: string;
	/** What stands below every place; asked for once, after the first place is on screen. */
	below?: () => Promise<Below>;
	/** What the learner must be told. */
	notice: Notice | undefined;
	/** What goes with it: names, or an LMS's own words. */
	detail?: string;
	/** Languages that the learner would like, best first, as far as their LMS knows. */
	languages?: string[];
	/** Ends the visit and goes back to where the LMS wants the learner; absent where it wants nothing. */
	leave?(): Promise<void>;
	/** The final test, where somebody else scores it; it is scored here when left out. */
	test?: TestKeeper;
}

/** Who draws the items of the final test and scores it. */
export interface TestKeeper {
	tracker: Tracker;
	/** Where the learner stands; to be asked before an answer is recorded. Needs the types of its items. */
	standing(language: Language): Promise<TestState>;
	/** Begins an attempt; `standing` has its items afterwards. */
	begin(language: Language): Promise<void>;
}

/**
 * - `no-lms`: none is there; `closed`: one is, and opened no session; `preview`: it records nothing;
 * - `gaps`: it gave back less than it was given;
 * - `launch-incomplete`, `launch-used`, `launch-refused`: its launch lacks something, was used before, or
 *   was turned away;
 * - `ended`: the page has said goodbye to it already.
 */
export type Notice =
	| 'no-lms'
	| 'closed'
	| 'preview'
	| 'gaps'
	| 'launch-incomplete'
	| 'launch-used'
	| 'launch-refused'
	| 'ended';

/**
 * The tracker as one lesson sees it: the visit opens and closes it once, lessons come and go.
 */
export function forLesson(tracker: Tracker): Tracker {
	return {
		open: () => tracker.open(),
		record: (event) => tracker.record(event),
		onelsewhere: (listener) => tracker.onelsewhere(listener),
		onstatus: (listener) => tracker.onstatus(listener),
		close: () => undefined,
	};
}

/** The types of a lesson's activities that have been answered, in whatever attempt is on record. */
export function answeredTypes(
	{ id, steps }: { id: string; steps: unknown[] },
	progress: Progress,
): string[] {
	const tried = Object.values(progress.lessons[id]?.steps ?? {});
	const attempts = tried.flatMap(({ first, best, latest, open }) => [first, best, latest, ...open]);
	const answered = new Set(attempts.flatMap((one) => Object.keys(one?.results ?? {})));
	return (steps as Step[])
		.flatMap(activitiesOf)
		.filter((activity) => answered.has(activity.id))
		.map(({ type }) => type);
}
