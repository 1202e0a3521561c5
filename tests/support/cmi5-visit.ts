import { onTestFinished } from 'vitest';
import { types } from '../../src/lib/activities/registry.ts';
import { localise } from '../../src/lib/course/localise.ts';
import type { Course } from '../../src/lib/course/model.ts';
import { unitsOf } from '../../src/lib/course/parts.ts';
import type { TrackerStatus } from '../../src/lib/tracking/tracker.ts';
import { lrsAt } from '../../src/lib/tracking/xapi/lrs.ts';
import { readLanguages, readLaunchData } from '../../src/lib/tracking/cmi5/launch-data.ts';
import { launchIn } from '../../src/lib/tracking/cmi5/launch.ts';
import { openSession } from '../../src/lib/tracking/cmi5/session.ts';
import { cmi5Tracker, type Cmi5Tracker } from '../../src/lib/tracking/cmi5/tracker.ts';

/** A storage that lasts as long as the test. */
export function shelf() {
	const kept = new Map<string, string>();
	return {
		kept,
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key),
	};
}

export interface Device {
	tab: ReturnType<typeof shelf>;
	disk: ReturnType<typeof shelf>;
}
export const device = (): Device => ({ tab: shelf(), disk: shelf() });

export interface Visit {
	tracker: Cmi5Tracker;
	status(): TrackerStatus;
	/** Resolves when the tracker says so. */
	until(...states: TrackerStatus['state'][]): Promise<TrackerStatus>;
}

/**
 * Opens a launch as the package does, with everything known of the course. It ends with its test: one
 * that is left open would try to reach an LMS that is gone every few milliseconds, also in the fake
 * hours of another file's test in the same process.
 */
export async function visit(
	course: Course,
	address: string,
	{ tab, disk }: Device = device(),
): Promise<Visit> {
	const launch = launchIn(new URL(address).search);
	if (!launch || Array.isArray(launch)) throw new Error(`no launch: ${launch}`);
	const session = await openSession(launch.fetch, tab);
	if ('problem' in session) throw new Error(session.reason);
	const lrs = lrsAt({ endpoint: launch.endpoint, authorization: `Basic ${session.token}` });
	const [data] = await Promise.all([readLaunchData(lrs, launch), readLanguages(lrs, launch)]);
	if ('problem' in data) throw new Error(data.reason);
	const tracker = cmi5Tracker({
		course,
		types: (type) => types[type],
		launch,
		data,
		session,
		lrs,
		language: 'da',
		storage: disk,
		gather: 5,
		backoff: () => 10,
	});
	onTestFinished(() => tracker.close());
	await tracker.open();
	for (const { id, steps } of unitsOf(course))
		tracker.know({ id, steps: localise(steps as unknown[], 'da') });
	let status: TrackerStatus = { state: 'idle' };
	let hear: () => unknown = () => undefined;
	tracker.onstatus((next) => {
		status = next;
		hear();
	});
	return {
		tracker,
		status: () => status,
		until: (...states) =>
			new Promise((done) => {
				hear = () => states.includes(status.state) && done(status);
				hear();
			}),
	};
}
