import { expect, test } from 'vitest';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { localTracker } from './local.ts';
import { memoryQueue, type EventQueue } from './queue.ts';
import type { TrackerStatus } from './tracker.ts';

const context = {
	steps: () => [
		{
			kind: 'read',
			id: 'intro',
			title: { da: 'x', en: 'x' },
			minutes: 1,
			metaphors: [] as string[],
		} as const,
	],
	rules: () => undefined,
};
const event: LearnerEvent = {
	v: 1,
	id: '00000000-0000-4000-8000-000000000001',
	at: '2026-01-01T10:00:00.000Z',
	course: 'tea',
	courseVersion: '1.0.0',
	language: 'en',
	lesson: 'kettle',
	type: 'step-read',
	step: 'intro',
};

async function keepIn(queue: () => Promise<EventQueue>) {
	const tracker = localTracker({
		course: 'tea',
		context: { ...context, steps: () => [...context.steps()] },
		queue,
	});
	const statuses: TrackerStatus[] = [];
	tracker.onstatus((status) => statuses.push(status));
	return { tracker, statuses, progress: await tracker.open() };
}

test('what was done is there at the next visit, and said to be on this device', async () => {
	const queue = memoryQueue();
	const first = await keepIn(async () => queue);
	await first.tracker.record(event);
	expect(first.statuses.at(-1)).toEqual({ state: 'local' });
	const second = await keepIn(async () => queue);
	expect(second.progress.lessons.kettle!.read).toEqual(['intro']);
});

test('without storage the learner is told', async () => {
	const { tracker, statuses } = await keepIn(async () => Promise.reject(new Error('forbidden')));
	await tracker.record(event);
	expect(statuses.at(-1)).toEqual({ state: 'lost', reason: 'forbidden' });
	expect((await tracker.open()).lessons.kettle!.read).toEqual(['intro']);
});

test('what was done elsewhere is added once and counted', async () => {
	const { tracker } = await keepIn(async () => memoryQueue());
	expect(await tracker.take([event])).toBe(1);
	expect(await tracker.take([event])).toBe(0);
	expect(await tracker.events()).toEqual([event]);
	expect((await tracker.open()).lessons.kettle!.read).toEqual(['intro']);
});
