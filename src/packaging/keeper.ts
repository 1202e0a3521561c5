import { activitiesOf, type Step } from '#lib/course/model.ts';
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
	/**
	 * What the learner must be told: no LMS there, none that opened a session, only a preview, or one
	 * that gave back less than it was given.
	 */
	notice: 'no-lms' | 'closed' | 'preview' | 'gaps' | undefined;
}

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
