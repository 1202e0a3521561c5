import type { LearnerEvent } from '#lib/progress/events.ts';
import { apply, reduce, type ReduceContext } from '#lib/progress/reduce.ts';
import { noProgress, type Progress } from '#lib/progress/progress.ts';
import { memoryQueue, openQueue, type EventQueue } from './queue.ts';
import type { Tracker, TrackerStatus } from './tracker.ts';

export interface LocalTrackerOptions {
	course: string;
	context: ReduceContext;
	/** Fetches the definitions of lessons before their events are counted. */
	prepare?: (lessons: string[]) => Promise<unknown>;
	queue?: () => Promise<EventQueue>;
	/** Whose record: several people may be told apart in one browser. Whoever uses it when left out. */
	owner?: string;
}

/** Keeps the record on this device, and gives it out to be kept elsewhere as well. */
export interface LocalTracker extends Tracker {
	/** Everything on record of this course, oldest first. */
	events(): Promise<LearnerEvent[]>;
	/**
	 * Adds what was done elsewhere; what is here already stays as it is.
	 *
	 * @returns how many were new
	 * @throws when this device cannot store them
	 */
	take(events: LearnerEvent[]): Promise<number>;
	/** Calls at every event that is recorded, with progress without it and with it. */
	onrecord(listener: Recorded): void;
}

type Recorded = (event: LearnerEvent, before: Progress, after: Progress) => void;

const ANYBODY = 'this-device';

/** Keeps the record on this device only: a package that found no LMS, or a plain static copy. */
export function localTracker({
	course,
	context,
	prepare,
	queue,
	owner = ANYBODY,
}: LocalTrackerOptions): LocalTracker {
	let status: TrackerStatus = { state: 'idle' };
	let trouble: string | undefined;
	let events: Promise<EventQueue> | undefined;
	let progress: Progress | undefined;
	const listeners = new Set<(status: TrackerStatus) => void>();
	const recorded = new Set<Recorded>();

	function tell(next: TrackerStatus): void {
		status = next;
		listeners.forEach((listener) => listener(next));
	}

	function opened(): Promise<EventQueue> {
		events ??= (queue ?? (() => openQueue('rygsamtalen-local')))().catch((error: unknown) => {
			trouble = messageOf(error);
			return memoryQueue();
		});
		return events;
	}

	async function onRecord(): Promise<LearnerEvent[]> {
		const all = await (await opened()).waiting(owner);
		return all.filter((event) => event.course === course);
	}

	/** Counts everything anew. */
	async function count(): Promise<Progress> {
		const events = await onRecord();
		await prepare?.([...new Set(events.map((event) => event.lesson))]);
		progress = reduce(context, events);
		return progress;
	}

	return {
		open: async () => progress ?? count(),
		events: onRecord,
		async take(events) {
			const known = new Set((await onRecord()).map(({ id }) => id));
			const added = events.filter(({ id }) => !known.has(id));
			const queue = await opened();
			for (const event of added) await queue.add(owner, event);
			await count();
			return added.length;
		},
		async record(event: LearnerEvent) {
			const before = progress ?? noProgress();
			const after = apply(context, before, event);
			progress = after;
			recorded.forEach((listener) => listener(event, before, after));
			try {
				await (await opened()).add(owner, event);
			} catch (error) {
				trouble = messageOf(error);
			}
			tell(trouble === undefined ? { state: 'local' } : { state: 'lost', reason: trouble });
		},
		onrecord: (listener) => void recorded.add(listener),
		onelsewhere: () => () => undefined,
		onstatus(listener) {
			listeners.add(listener);
			listener(status);
			return () => listeners.delete(listener);
		},
		close: () => undefined,
	};
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
