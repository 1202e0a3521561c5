import { loadedRules, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import { activitiesOf, type Lesson, type Step } from '#lib/course/model.ts';
import type { Outline } from '#lib/course/outline.ts';
import type { Localised } from '#lib/course/localise.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import {
	noLessonProgress,
	type LessonProgress,
	type Progress,
	type StepProgress,
} from '#lib/progress/progress.ts';
import { apply, type ReduceContext } from '#lib/progress/reduce.ts';
import type { Tracker } from '#lib/tracking/tracker.ts';
import { makeEvent, type Own } from './event.ts';

/** What of the session changes while it goes on: the language, and with it the texts. */
export interface SessionSource {
	readonly course: Outline;
	readonly lesson: Localised<Lesson>;
	readonly language: Language;
}

/** How a lesson's events are counted, by types that were loaded; ids are the same in every language. */
export function contextOf(lesson: { id: string; steps: unknown[] }): ReduceContext {
	return {
		steps: (id) => (id === lesson.id ? (lesson.steps as Step[]) : undefined),
		rules: loadedRules,
	};
}

/** Loads the types of the activities that some of a lesson's events answer. */
export async function typesFor(
	lesson: { steps: unknown[] },
	events: LearnerEvent[],
): Promise<void> {
	const activities = (lesson.steps as Step[]).flatMap(activitiesOf);
	const answered = events.flatMap((event) =>
		'items' in event ? event.items : 'item' in event ? [event.item] : [],
	);
	await loadTypes(activities.filter(({ id }) => answered.includes(id)).map(({ type }) => type));
}

/**
 * One learner in one lesson: turns what they do into events, hands these to the tracker and keeps
 * the progress that follows from them.
 */
export class LessonSession {
	progress: Progress = $state.raw({ lessons: {}, seconds: 0 });
	readonly #source: SessionSource;
	readonly #tracker: Tracker;
	/** Metaphors moved during this visit. */
	#moved: string[] = [];
	#since = Date.now();
	/** What was done before the record was opened: shown at once, and counted on top of it then. */
	#early: LearnerEvent[] | undefined = [];

	constructor(source: SessionSource, tracker: Tracker, progress: Progress) {
		this.#source = source;
		this.#tracker = tracker;
		this.progress = progress;
	}

	get lesson(): LessonProgress {
		return this.progress.lessons[this.#source.lesson.id] ?? noLessonProgress();
	}

	stepProgress(step: string): StepProgress {
		return this.lesson.steps[step] ?? { finished: 0, open: [] };
	}

	/** Takes over what the tracker has on record. Browser only, once. */
	async open(): Promise<void> {
		const early = this.#early!;
		try {
			this.progress = await this.#tracker.open();
			early.forEach((event) => this.#count(event));
		} finally {
			this.#early = undefined;
			early.forEach((event) => this.#keep(event));
		}
		this.#tracker.onelsewhere((events) => {
			void typesFor(this.#source.lesson, events)
				// Without its type an event is not shown here; it is on record all the same.
				.catch(() => undefined)
				.then(() => events.forEach((event) => this.#count(event)));
		});
	}

	reach(step: string): void {
		if (this.lesson.step !== step) this.#record('step-reached', { step });
		this.#since = Date.now();
	}

	read(step: string): void {
		if (!this.lesson.read.includes(step))
			this.#record('step-read', { step, seconds: this.#seconds() });
	}

	/** @returns the new attempt's id */
	begin(step: string, items: string[], from?: unknown): string {
		const attempt = crypto.randomUUID();
		this.#record('attempt-began', {
			step,
			attempt,
			items,
			...(from === undefined ? {} : { from }),
		});
		this.#since = Date.now();
		return attempt;
	}

	answer(step: string, attempt: string, item: string, response: unknown): void {
		this.#record('answered', { step, attempt, item, response, seconds: this.#seconds() });
	}

	useMetaphor(step: string, metaphor: string): void {
		if (this.#moved.includes(metaphor)) return;
		this.#moved = [...this.#moved, metaphor];
		this.#record('metaphor-used', { step, metaphor });
	}

	changeLanguage(step: string): void {
		this.#record('language-changed', { step });
	}

	/** Seconds since the last event that counted time; a left-open tab counts ten minutes at most. */
	#seconds(): number {
		const elapsed = Math.round((Date.now() - this.#since) / 1000);
		this.#since = Date.now();
		return Math.min(Math.max(elapsed, 0), 600);
	}

	#record<T extends LearnerEvent['type']>(type: T, own: Own<T>): void {
		const event = makeEvent(this.#source, this.#source.lesson.id, type, own);
		this.#count(event);
		if (this.#early) this.#early.push(event);
		else this.#keep(event);
	}

	#keep(event: LearnerEvent): void {
		// The tracker tells of trouble through its status, which the learner sees.
		void this.#tracker.record(event);
	}

	#count(event: LearnerEvent): void {
		this.progress = apply(contextOf(this.#source.lesson), this.progress, event);
	}
}
