import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { apply, type ReduceContext } from '#lib/progress/reduce.ts';
import { memoryQueue, openQueue, type EventQueue } from './queue.ts';
import type { Tracker, TrackerStatus } from './tracker.ts';
import { arrived, bring } from './underway.ts';

export interface HttpTrackerOptions {
	/** Where events go: `POST {learner, events}` → `{learner, accepted, refused}`. */
	endpoint: string;
	course: string;
	/** Whose record it is, as the server said when it rendered the page; null for nobody yet. */
	learner: string | null;
	/** Progress as the server knew it, and the ids of the events it received last. */
	progress: Progress;
	recent: string[];
	context: ReduceContext;
	/** Fetches what is needed to count events; asked before those that wait are counted. */
	prepare?: (events: LearnerEvent[]) => Promise<unknown>;
	queue?: () => Promise<EventQueue>;
	/** How the server is asked, where a cookie alone does not say who does. */
	fetch?: typeof fetch;
	/** Milliseconds before a failed sending is tried again, by number of failures. */
	backoff?: (failures: number) => number;
}

interface Answer {
	learner: string;
	accepted: string[];
	refused: { id: string; reason: string }[];
}

/** Fewer than the ids in `recent`, so that a batch whose answer got lost is recognised. */
const BATCH = 50;

/**
 * Keeps the record on our server. An event is stored on this device first, then sent; one tab sends
 * at a time, in order, in batches; whatever the server has not acknowledged is sent again.
 */
export function httpTracker(options: HttpTrackerOptions): Tracker {
	const { endpoint, course, context } = options;
	const backoff = options.backoff ?? defaultBackoff;
	let owner = options.learner ?? '';
	let status: TrackerStatus = { state: 'idle' };
	let failures = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let sending: Promise<void> | undefined;
	let again = false;
	let closed = false;
	let storageTrouble: string | undefined;

	const statusListeners = new Set<(status: TrackerStatus) => void>();
	const eventListeners = new Set<(events: LearnerEvent[]) => void>();
	let channel: BroadcastChannel | undefined;
	/** Ids of events that the progress told by `open` has in it. */
	const known = new Set(options.recent);
	const wake = () => void flush();
	// Nothing starts before it is needed: the player is rendered on the server, too.
	let opened: Promise<EventQueue> | undefined;
	function queue(): Promise<EventQueue> {
		opened ??= (options.queue ?? openQueue)().catch((error: unknown) => {
			storageTrouble = messageOf(error);
			return memoryQueue();
		});
		return opened;
	}

	function listen(): void {
		globalThis.addEventListener?.('online', wake);
		channel = tabs();
		channel?.addEventListener('message', ({ data }: MessageEvent<Shared>) => {
			if (data.course !== course || data.owner !== owner || known.has(data.event.id)) return;
			eventListeners.forEach((listener) => listener([data.event]));
		});
	}

	/** Tells the other tabs; also once this page has been left, and itself listens no more. */
	function share(event: LearnerEvent): void {
		const voice = channel ?? tabs();
		voice?.postMessage({ course, owner, event } satisfies Shared);
		if (voice !== channel) voice?.close();
	}

	function tell(next: TrackerStatus): void {
		status = next;
		statusListeners.forEach((listener) => listener(next));
	}

	function flush(): Promise<void> {
		clearTimeout(timer);
		if (sending) {
			again = true;
			return sending;
		}
		sending = oneTabAtATime(sendAll)
			.catch(() => undefined)
			.finally(() => {
				sending = undefined;
				// Also after closing: what came while the last batch was on its way has not been sent.
				if (again) {
					again = false;
					void flush();
				}
			});
		return bring(sending);
	}

	async function sendAll(): Promise<void> {
		const waiting = await queue();
		for (;;) {
			const events = await waiting.waiting(owner);
			if (events.length === 0) return settled();
			tell({ state: 'saving' });
			const batch = events.slice(0, BATCH);
			const outcome = await send(batch);
			if (!outcome.ok) return trouble(outcome, events.length);
			failures = 0;
			await settle(waiting, outcome.answer);
		}
	}

	async function send(events: LearnerEvent[]): Promise<Outcome> {
		try {
			const response = await (options.fetch ?? fetch)(endpoint, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ learner: owner === '' ? null : owner, events }),
				keepalive: true,
			});
			if (response.ok) return { ok: true, answer: (await response.json()) as Answer };
			return { ok: false, status: response.status, reason: await reasonOf(response) };
		} catch {
			return { ok: false, status: 0, reason: '' };
		}
	}

	async function settle(waiting: EventQueue, answer: Answer): Promise<void> {
		await waiting.remove(answer.accepted);
		for (const { id, reason } of answer.refused) await waiting.refuse(id, reason);
		if (answer.refused.length > 0)
			refused = { count: answer.refused.length, reason: answer.refused[0]!.reason };
		if (owner === '') {
			owner = answer.learner;
			await waiting.adopt(owner);
		}
		arrived();
	}

	let refused: { count: number; reason: string } | undefined;
	function settled(): void {
		if (refused) tell({ state: 'refused', ...refused });
		else if (status.state !== 'idle') tell({ state: 'saved' });
	}

	function trouble(outcome: Extract<Outcome, { ok: false }>, waiting: number): void {
		if (outcome.status === 401 || outcome.status === 409)
			return tell({ state: 'signed-out', waiting });
		if (storageTrouble) tell({ state: 'lost', reason: storageTrouble });
		// 400 and 413 would be our own mistake, 403 is a closed door: tell, keep the events, and do not
		// hammer the server.
		else if ([400, 403, 413].includes(outcome.status))
			return tell({ state: 'refused', reason: outcome.reason, count: waiting });
		else tell({ state: 'offline', waiting });
		failures += 1;
		// Also when the page has been left: the next one may have nothing to send of its own.
		timer = setTimeout(wake, backoff(failures));
	}

	async function keep(event: LearnerEvent): Promise<void> {
		const waiting = await queue();
		await waiting.add(owner, event).catch((error: unknown) => {
			// No room on this device: from here on this page remembers, and sends one after the other.
			storageTrouble = messageOf(error);
			opened = Promise.resolve(memoryQueue());
			return opened.then((memory) => memory.add(owner, event));
		});
		share(event);
		void flush();
	}

	return {
		async open() {
			listen();
			const waiting = await queue();
			if (owner !== '') await waiting.adopt(owner);
			const pending = (await waiting.waiting(owner)).filter(
				(event) => event.course === course && !known.has(event.id),
			);
			pending.forEach(({ id }) => known.add(id));
			if (pending.length > 0) void flush();
			await options.prepare?.(pending).catch(() => undefined);
			return pending.reduce((progress, event) => apply(context, progress, event), options.progress);
		},
		record(event) {
			tell({ state: 'saving' });
			return bring(keep(event));
		},
		onelsewhere(listener) {
			eventListeners.add(listener);
			return () => eventListeners.delete(listener);
		},
		onstatus(listener) {
			statusListeners.add(listener);
			listener(status);
			return () => statusListeners.delete(listener);
		},
		close() {
			if (closed) return;
			closed = true;
			globalThis.removeEventListener?.('online', wake);
			channel?.close();
			channel = undefined;
		},
	};
}

/** What the tabs of this browser tell each other, where they can. */
function tabs(): BroadcastChannel | undefined {
	return typeof BroadcastChannel === 'undefined'
		? undefined
		: new BroadcastChannel('learner-events');
}

interface Shared {
	course: string;
	owner: string;
	event: LearnerEvent;
}

type Outcome = { ok: true; answer: Answer } | { ok: false; status: number; reason: string };

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

async function reasonOf(response: Response): Promise<string> {
	const body: unknown = await response.json().catch(() => undefined);
	return typeof body === 'object' && body !== null && 'message' in body
		? String(body.message)
		: String(response.status);
}

/** Two tabs share one queue; only one of them sends, so that the server sees events in order. */
async function oneTabAtATime(work: () => Promise<void>): Promise<void> {
	const locks = globalThis.navigator?.locks;
	if (!locks) return work();
	let begun = false;
	try {
		await locks.request('learner-events', () => {
			begun = true;
			return work();
		});
	} catch (error) {
		if (begun) throw error;
		// A frame that may store nothing gets no locks either, and shares no queue with anybody.
		await work();
	}
}

/** 1, 2, 4 … at most 60 seconds, each up to a quarter longer so that clients do not come in step. */
function defaultBackoff(failures: number): number {
	const base = Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 6));
	return base * (1 + Math.random() / 4);
}
