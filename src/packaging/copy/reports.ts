import { loadedRules } from '#lib/activities/load.ts';
import type { Course } from '#lib/course/model.ts';
import type { LrsSetting } from '#lib/packages/lrs-setting.ts';
import type { TrackerStatus } from '#lib/tracking/tracker.ts';
import { lateNarration } from '#lib/tracking/xapi/late-narration.ts';
import { xapiLaunchIn, type XapiLaunch } from '#lib/tracking/xapi/launch.ts';
import { KEEPALIVE_BYTES, lrsAt } from '#lib/tracking/xapi/lrs.ts';
import { statementSender } from '#lib/tracking/xapi/sender.ts';
import type { Actor, Detail, Statement } from '#lib/xapi/statement.ts';
import type { OnThisDevice } from '../deliveries/local.ts';
import { packageContent } from '../lessons.ts';
import { storageNamed } from '../storage.ts';

/** Where a copy tells what is done in it, and of whom. */
export interface ReportsTo extends LrsSetting, XapiLaunch {
	/** Whose record this is, where the launch names somebody; else that of whoever uses this browser. */
	owner?: string;
}

/** What the learner is told of it. */
export interface Reports {
	/** The store's host. */
	host: string;
	detail: Detail;
	/** Whether the learner came with a name; else a number stands for this browser. */
	isNamed: boolean;
	/** Calls at once with the present status, then at each change. */
	onstatus(listener: (status: TrackerStatus) => void): void;
}

/**
 * The store that the launch names, else the one that stands in the page.
 *
 * @returns instead, the names of the launch's parameters that are missing or wrong
 */
export function reportsTarget(): ReportsTo | string[] | undefined {
	const { lrs } = packageContent();
	const launch = xapiLaunchIn(location.search);
	if (Array.isArray(launch)) return launch;
	if (launch) {
		const { version = '1.0.3', detail = 'interactions' } = lrs ?? {};
		const { name: _, ...identity } = launch.actor;
		return { version, detail, owner: JSON.stringify(identity), ...launch };
	}
	return lrs && { ...lrs, actor: somebody() };
}

/** Milliseconds in which what happens is gathered before it is sent. */
const GATHER = 1000;

/**
 * Tells a record store what is recorded on this device from now on. What the store has not taken waits
 * on this device, too, and is sent later.
 */
export async function reportTo(
	to: ReportsTo,
	course: Course,
	{ tracker, steps }: Pick<OnThisDevice, 'tracker' | 'steps'>,
): Promise<Reports> {
	const { actor, registration, detail } = to;
	const sender = statementSender({
		lrs: lrsAt(to),
		owner: [to.endpoint, to.owner ?? JSON.stringify(actor), registration ?? ''].join(' '),
	});
	let timer: ReturnType<typeof setTimeout> | undefined;
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		void sender.flush();
	};
	const send = (statements: Statement[]) => {
		void sender.add(statements);
		timer ??= setTimeout(flush, GATHER);
	};
	const narrator = lateNarration(
		{
			course,
			steps,
			types: loadedRules,
			actor,
			...(registration === undefined ? {} : { registration }),
			detail,
		},
		() => undefined,
	);
	tracker.onrecord((event, before, after) => narrator.tell(event, before, after, send));
	addEventListener('pagehide', () => sender.sayLast(narrator.leave(), KEEPALIVE_BYTES - 1024));
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') flush();
	});
	await sender.open();
	if (sender.waiting > 0) flush();
	return {
		host: new URL(to.endpoint).host,
		detail,
		isNamed: to.owner !== undefined,
		onstatus: (listener) => sender.onstatus(listener),
	};
}

const NUMBER = 'learner-number';

/** Nobody in particular: a random number that stands for this browser, at this copy's address. */
function somebody(): Actor {
	const storage = storageNamed('localStorage');
	const name = storage?.getItem(NUMBER) ?? crypto.randomUUID();
	try {
		storage?.setItem(NUMBER, name);
	} catch {
		// Storage is full or forbidden: for this visit only, then.
	}
	return {
		objectType: 'Agent',
		account: { homePage: new URL('./', location.href).href, name },
	};
}
