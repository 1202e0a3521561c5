import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { noProgress } from '#lib/progress/progress.ts';
import { onarrival } from './arrivals.ts';
import { httpTracker, type HttpTrackerOptions } from './http.ts';
import { memoryQueue, type EventQueue } from './queue.ts';
import type { TrackerStatus } from './tracker.ts';
import { arrival } from './underway.ts';

let n = 0;
function event(step = 'one'): LearnerEvent {
	n += 1;
	return {
		v: 1,
		id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
		at: new Date(1_700_000_000_000 + n).toISOString(),
		course: 'tea',
		courseVersion: '1.0.0',
		language: 'en',
		lesson: 'kettle',
		type: 'step-reached',
		step,
	};
}

interface Post {
	learner: string | null;
	events: LearnerEvent[];
}
let posts: Post[];
let respond: (post: Post) => Response | Promise<Response>;
let queue: EventQueue;
let statuses: TrackerStatus[];

const accept = (post: Post) =>
	Response.json({ learner: 'karin', accepted: post.events.map((e) => e.id), refused: [] });

beforeEach(() => {
	posts = [];
	statuses = [];
	respond = accept;
	queue = memoryQueue();
	vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
		// Other files' trackers may still be trying.
		if (address !== '/api/events') return Response.error();
		const post = JSON.parse(String(init.body)) as Post;
		posts.push(post);
		return respond(post);
	});
});
afterEach(() => vi.unstubAllGlobals());

function tracker(over: Partial<HttpTrackerOptions> = {}) {
	const made = httpTracker({
		endpoint: '/api/events',
		course: 'tea',
		learner: 'karin',
		progress: noProgress(),
		recent: [],
		context: { steps: () => [{ kind: 'read', id: 'one' } as never], rules: () => undefined },
		queue: async () => queue,
		// Soon at first; what nobody answers any more, and in vain tries on, is soon hardly ever at it.
		backoff: (failures) => 5 * 2 ** Math.min(failures, 25),
		...over,
	});
	made.onstatus((status) => statuses.push(status));
	return made;
}
const last = () => statuses.at(-1)?.state;

test('an event is sent at once and leaves the queue when it is acknowledged', async () => {
	const t = tracker();
	await t.record(event());
	await vi.waitFor(() => expect(last()).toBe('saved'));
	expect(await queue.waiting('karin')).toEqual([]);
	t.close();
});

test('without a connection the event stays on the device and is sent when the connection is back', async () => {
	respond = () => {
		throw new TypeError('Failed to fetch');
	};
	const t = tracker();
	await t.record(event());
	await vi.waitFor(() => expect(last()).toBe('offline'));
	expect(await queue.waiting('karin')).toHaveLength(1);
	respond = accept;
	await vi.waitFor(() => expect(last()).toBe('saved'));
	expect(await queue.waiting('karin')).toEqual([]);
	t.close();
});

test('a refused event is kept and not sent again, the others are saved', async () => {
	const bad = event();
	respond = (post) =>
		Response.json({
			learner: 'karin',
			accepted: post.events.filter((e) => e.id !== bad.id).map((e) => e.id),
			refused: post.events
				.filter((e) => e.id === bad.id)
				.map((e) => ({ id: e.id, reason: 'unknown step' })),
		});
	const t = tracker();
	await t.record(bad);
	await t.record(event());
	await vi.waitFor(() =>
		expect(statuses.at(-1)).toEqual({ state: 'refused', reason: 'unknown step', count: 1 }),
	);
	expect(posts.flatMap((p) => p.events).filter((e) => e.id === bad.id)).toHaveLength(1);
	t.close();
});

test('an ended session keeps the events until the learner is back', async () => {
	respond = () => Response.json({ message: 'sign in' }, { status: 401 });
	const t = tracker();
	await t.record(event());
	await vi.waitFor(() => expect(statuses.at(-1)).toEqual({ state: 'signed-out', waiting: 1 }));
	expect(await queue.waiting('karin')).toHaveLength(1);
	t.close();
});

test('what was done before there was an owner goes to the one the server names', async () => {
	const t = tracker({ learner: null });
	await t.record(event());
	await vi.waitFor(() => expect(last()).toBe('saved'));
	expect(posts[0]!.learner).toBeNull();
	await t.record(event());
	await vi.waitFor(() => expect(posts).toHaveLength(2));
	expect(posts[1]!.learner).toBe('karin');
	t.close();
});

test('waiting events count at opening, but not those that the server already has', async () => {
	respond = () => Response.error();
	const known = event('one');
	const open = event('one');
	await queue.add('karin', known);
	await queue.add('karin', open);
	const t = tracker({ recent: [known.id, open.id] });
	expect((await t.open()).lessons).toEqual({});
	t.close();
	const u = tracker({ recent: [known.id] });
	expect((await u.open()).lessons['kettle']?.step).toBe('one');
	u.close();
});

test('a device that can store nothing still sends', async () => {
	const t = tracker({ queue: () => Promise.reject(new Error('blocked')) });
	await t.record(event());
	await vi.waitFor(() => expect(last()).toBe('saved'));
	t.close();
});

test('whoever leaves can wait until everything has arrived, also what came while sending', async () => {
	const t = tracker();
	let answer: (() => void) | undefined;
	respond = async (post) => {
		if (posts.length === 1) await new Promise<void>((done) => (answer = done));
		return accept(post);
	};
	await t.record(event());
	await vi.waitFor(() => expect(answer).toBeDefined());
	await t.record(event());
	t.close();
	const arrived = arrival()!;
	answer!();
	await arrived;
	expect(posts).toHaveLength(2);
	expect(await queue.waiting('karin')).toEqual([]);
	expect(arrival()).toBeUndefined();
});

test('what could not be sent before leaving is sent later, and the page then on screen hears of it', async () => {
	const t = tracker();
	respond = async () => new Response('', { status: 503 });
	await t.record(event());
	await vi.waitFor(() => expect(last()).toBe('offline'));
	t.close();
	const heard = vi.fn();
	const stop = onarrival(heard);
	heard.mockClear();
	respond = accept;
	await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
	expect(await queue.waiting('karin')).toEqual([]);
	stop();
});

test('a page that is shown after something arrived hears of it, once', async () => {
	onarrival(() => undefined)();
	const t = tracker();
	await t.record(event());
	await vi.waitFor(() => expect(last()).toBe('saved'));
	t.close();
	const heard = vi.fn();
	onarrival(heard)();
	onarrival(heard)();
	expect(heard).toHaveBeenCalledOnce();
});

test('what is still being kept when the page is left is sent, and other tabs hear of it', async () => {
	const other = tracker();
	await other.open();
	const heard = vi.fn();
	other.onelsewhere((events) => heard(events.map(({ id }) => id)));
	const t = tracker();
	await t.open();
	const done = event();
	const kept = t.record(done);
	t.close();
	await kept;
	await arrival();
	expect(posts.flatMap(({ events }) => events)).toEqual([done]);
	expect(await queue.waiting('karin')).toEqual([]);
	await vi.waitFor(() => expect(heard).toHaveBeenCalledWith([done.id]));
	other.close();
});

test('what was counted at opening does not count again when one is told of it', async () => {
	respond = () => Response.error();
	const told = event();
	await queue.add('karin', told);
	const t = tracker();
	const heard: string[] = [];
	await t.open();
	t.onelsewhere((events) => heard.push(...events.map(({ id }) => id)));
	const other = new BroadcastChannel('learner-events');
	const next = event();
	for (const one of [told, next]) other.postMessage({ course: 'tea', owner: 'karin', event: one });
	await vi.waitFor(() => expect(heard).toContain(next.id));
	expect(heard).toEqual([next.id]);
	other.close();
	t.close();
});
