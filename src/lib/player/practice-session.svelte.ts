import { loadedRules, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import type { Activity } from '#lib/course/model.ts';
import type { Outline } from '#lib/course/outline.ts';
import { PRACTICE, withPractice } from '#lib/course/parts.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { apply, type ReduceContext } from '#lib/progress/reduce.ts';
import type { Tracker } from '#lib/tracking/tracker.ts';
import { makeEvent } from './event.ts';

/** One item to practise, in the learner's language, and the lesson that it is from. */
export interface PracticeItem {
	lesson: string;
	activity: Activity;
}

/** How answers in practice are counted, as far as these items go. */
export function practiceContext(items: PracticeItem[]): ReduceContext {
	return {
		steps: (lesson) =>
			withPractice([
				{
					kind: 'set',
					role: 'drill',
					items: items.filter((one) => one.lesson === lesson).map(({ activity }) => activity),
				},
			]).slice(1),
		rules: loadedRules,
	};
}

export async function typesOf(items: PracticeItem[], events: LearnerEvent[]): Promise<void> {
	const answered = events.flatMap((event) => ('item' in event ? [event.item] : []));
	const found = items.filter(({ activity }) => answered.includes(activity.id));
	await loadTypes(found.map(({ activity }) => activity.type));
}

/** One sitting of practice: items one after the other, missed ones again at the end until right. */
export class PracticeSession {
	progress: Progress = $state.raw({ lessons: {}, seconds: 0 });
	/** What is still to come; the first is on screen. */
	queue: PracticeItem[] = $state.raw([]);
	/** How many items there were, and how many were right at once. */
	readonly total: number;
	rightAtOnce = $state(0);
	/** The answer to the item on screen, once there is one. */
	response = $state.raw<unknown>();
	/** How many answers were given: another try is a fresh one. */
	tries = $state(0);
	readonly #context: ReduceContext;
	readonly #tracker: Tracker;
	readonly #source: { readonly course: Outline; readonly language: Language };
	readonly #attempt = crypto.randomUUID();
	readonly #missed: string[] = [];
	#since = Date.now();
	/** What was answered before the record was opened: counted on top of it then, and kept. */
	#early: LearnerEvent[] | undefined = [];

	constructor(
		source: { readonly course: Outline; readonly language: Language },
		tracker: Tracker,
		progress: Progress,
		items: PracticeItem[],
	) {
		this.#source = source;
		this.#tracker = tracker;
		this.#context = practiceContext(items);
		this.progress = progress;
		this.queue = items;
		this.total = items.length;
	}

	/** Takes over what the tracker has on record. Browser only, once. */
	async open(): Promise<void> {
		const early = this.#early!;
		try {
			const known = await this.#tracker.open();
			this.progress = early.reduce((sum, event) => apply(this.#context, sum, event), known);
		} finally {
			this.#early = undefined;
			early.forEach((event) => void this.#tracker.record(event));
		}
	}

	/** Keeps an answer to the item on screen. */
	answer(response: unknown): void {
		const { lesson, activity } = this.queue[0]!;
		const elapsed = Math.round((Date.now() - this.#since) / 1000);
		const event = makeEvent(this.#source, lesson, 'answered', {
			step: PRACTICE,
			attempt: this.#attempt,
			item: activity.id,
			response,
			seconds: Math.min(Math.max(elapsed, 0), 600),
		});
		this.progress = apply(this.#context, this.progress, event);
		if (this.#early) this.#early.push(event);
		else void this.#tracker.record(event);
		this.response = response;
		const key = `${lesson}/${activity.id}`;
		if (!this.isRight) this.#missed.push(key);
		else if (!this.#missed.includes(key)) this.rightAtOnce += 1;
	}

	/** Whether the answer to the item on screen is all right. */
	get isRight(): boolean {
		const { activity } = this.queue[0]!;
		const score = loadedRules(activity.type)?.score(activity, this.response);
		return score?.kind === 'scored' && score.earned >= score.possible;
	}

	next(): void {
		const [now, ...others] = this.queue;
		this.queue = this.isRight ? others : [...others, now!];
		this.response = undefined;
		this.tries += 1;
		this.#since = Date.now();
	}
}
