import type { AnyType } from '#lib/activities/contract.ts';
import type { Course } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { courseStanding } from '#lib/progress/completion.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { SCORM2004_LIMIT } from '#lib/progress/suspend.ts';
import { courseIri, VERBS } from '#lib/xapi/iris.ts';
import { duration, type Statement } from '#lib/xapi/statement.ts';
import { repeated } from '../again.ts';
import { deviceCopy } from '../kept.ts';
import { suspendedProgress } from '../suspended.ts';
import type { Tracker, TrackerStatus } from '../tracker.ts';
import { worse } from '../worse.ts';
import { lateNarration } from '../xapi/late-narration.ts';
import { bytesOf, KEEPALIVE_BYTES, type Lrs } from '../xapi/lrs.ts';
import { statementSender } from '../xapi/sender.ts';
import type { StatementQueue } from '../xapi/statement-queue.ts';
import type { Launch } from './launch.ts';
import type { LaunchData } from './launch-data.ts';
import { lmsRecord, ONCE, type Document, type Once } from './record.ts';
import type { Session } from './session.ts';
import { outcome } from './outcome.ts';
import { allowed, defined, inSession, type Moment } from './statements.ts';

export interface Cmi5Options {
	/** Of its activities only ids and types are needed here; `know` brings the rest. */
	course: Course;
	/** The activity types that are loaded by now. */
	types(type: string): AnyType | undefined;
	launch: Launch;
	data: LaunchData;
	session: Session;
	lrs: Lrs;
	/** The language of what is said before anything happened. */
	language: string;
	/** Holds what the LMS has not taken yet, across page loads. */
	storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
	queue?: () => Promise<StatementQueue>;
	/** Milliseconds in which what happens is gathered before it is sent. */
	gather?: number;
	/** Milliseconds before a failed sending is tried again, by number of failures. */
	backoff?: (failures: number) => number;
	now?: () => number;
}

export interface Cmi5Tracker extends Tracker {
	/**
	 * Known after `open`. `preview`: the LMS lets the learner look without recording. `ended`: this tab has
	 * said already that the learner left; progress is still recorded, nothing is told before the next
	 * launch. `closed`: the LMS's record could not be read, so that this tracker keeps nothing.
	 */
	readonly mode: 'normal' | 'preview' | 'ended' | 'closed';
	/** Hands in a lesson's definitions, in any language; needed before its events are recorded. */
	know(lesson: { id: string; steps: unknown[] }): void;
	/** Tells the LMS everything, for as long as that takes up to some seconds, and ends the session. */
	leave(): Promise<void>;
}

/** How long a learner who leaves is held up, in milliseconds. */
const PATIENCE = 4000;

/**
 * Keeps the record in an LMS by cmi5. Progress is a state document, written at turns, so that the learner
 * may go on elsewhere; what happens is told in statements: those that cmi5 defines of the course as a
 * whole, those that it allows of everything in it. Until the LMS has confirmed, this device keeps both.
 *
 * - `initialized` first, `terminated` last, in every mode.
 * - `completed` when the course is done, `passed` when its score reaches what the LMS asks for, too; each
 *   once a registration. Never `failed`: tests may be taken as often as one likes.
 */
export function cmi5Tracker(options: Cmi5Options): Cmi5Tracker {
	const { course, launch, data, session, lrs } = options;
	const now = options.now ?? Date.now;
	const gather = options.gather ?? 1000;
	const map = outline(course, 'en');
	const counted = suspendedProgress(course, options.types, SCORM2004_LIMIT);
	const narrator = lateNarration(
		{
			course,
			steps: counted.steps,
			types: options.types,
			actor: { objectType: 'Agent', ...launch.actor },
			registration: launch.registration,
		},
		() => {
			schedule();
			tell();
		},
	);
	const owner = [launch.endpoint, launch.activityId, launch.registration].join(' ');
	const copy = deviceCopy(options.storage, `cmi5:${owner}`);
	const record = lmsRecord(lrs, launch);
	const sender = statementSender({
		lrs,
		owner,
		dress: (statement) => inSession(data.contextTemplate, statement),
		...(options.queue ? { queue: options.queue } : {}),
		...(options.backoff ? { backoff: options.backoff } : {}),
	});
	const writing = repeated(write, options.backoff);

	let mode: Cmi5Tracker['mode'] = 'closed';
	let opened: Promise<void> | undefined;
	let known: Document = { v: 1, progress: '', seconds: 0, said: [] };
	/** Said in this visit, whether or not the LMS has it by now. */
	const said = new Set<string>();
	let waiting = 0;
	/** Progress on its way to the LMS. */
	let underway: string | undefined;
	/** Somebody else keeps the record now: another visit, begun later. */
	let superseded = false;
	const started = now();
	let language = options.language;
	let latest = session.began;
	let finished = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let writingStatus: TrackerStatus = { state: 'idle' };
	let sendingStatus: TrackerStatus = { state: 'idle' };
	const listeners = new Set<(status: TrackerStatus) => void>();

	function status(): TrackerStatus {
		// Who only looks has nothing to be saved.
		if (mode === 'preview') return { state: 'idle' };
		if (mode === 'ended') return writingStatus;
		const narrating: TrackerStatus = { state: narrator.isBehind ? 'saving' : 'idle' };
		return worse(worse(writingStatus, sendingStatus), narrating);
	}
	const tell = () => listeners.forEach((listener) => listener(status()));
	sender.onstatus((next) => {
		sendingStatus = next;
		tell();
	});
	sender.onsent((statements) => {
		if (statements.some(({ id }) => id === session.id)) session.initialized = true;
		const told = (verb: Once) =>
			statements.some((one) => one.object.id === launch.activityId && one.verb.id === VERBS[verb]);
		const fresh = ONCE.filter((verb) => told(verb) && !known.said.includes(verb));
		if (fresh.length === 0) return;
		known = { ...known, said: [...known.said, ...fresh] };
		waiting += 1;
		writing.soon(gather);
	});
	function tellWriting(next: TrackerStatus): void {
		writingStatus = next;
		tell();
	}

	const since = (then: number) => Math.max(0, Math.round((now() - then) / 1000));
	const seconds = () => known.seconds + since(started);
	const document = (): Document => ({
		...known,
		progress: counted.text(),
		seconds: seconds(),
	});

	type Own = Omit<Moment, 'language' | 'revision'>;
	const say = (own: Own) => defined(launch, { language, revision: course.version, ...own });

	async function begin(): Promise<void> {
		if (data.launchMode === 'Normal') {
			const found = await record.read();
			if (!found) return;
			known = found;
			found.said.forEach((verb) => said.add(verb));
			const unsent = copy.after(found.progress);
			counted.resume(unsent ?? found.progress);
			if (unsent !== undefined) waiting = 1;
		}
		mode = session.terminated ? 'ended' : data.launchMode === 'Normal' ? 'normal' : 'preview';
		globalThis.addEventListener?.('pagehide', finish);
		globalThis.document?.addEventListener('visibilitychange', hidden);
		if (mode === 'ended') return schedule();
		if (!session.initialized)
			await sender.add([say({ id: session.id, verb: 'initialized', at: session.began })], true);
		if (mode === 'normal') {
			await sender.open();
			sayOutcome(new Date(now()).toISOString());
		}
		schedule();
	}

	/**
	 * Says of the course as a whole what has not been said. Ids follow from the registration, so that a
	 * record store itself sees to it that nothing is said twice.
	 */
	function sayOutcome(at: string): void {
		const fresh = outcome(courseStanding(map, counted.progress), data.masteryScore).filter(
			({ verb }) => !said.has(verb),
		);
		if (fresh.length === 0) return;
		fresh.forEach(({ verb }) => said.add(verb));
		const took = { duration: duration(seconds()) };
		narrator.withIds((derivedId) => {
			const idOf = (verb: Once) => derivedId(launch.registration, `${launch.activityId} ${verb}`);
			const statements = fresh.map(({ verb, result, ...own }) =>
				say({ ...own, id: idOf(verb), verb, at, result: { ...result, ...took } }),
			);
			void sender.add(statements);
		});
	}

	const keepHere = () => copy.keep(counted.text(), known.progress, underway);

	function schedule(): void {
		timer ??= setTimeout(() => void flush(), gather);
	}

	async function flush(): Promise<void> {
		clearTimeout(timer);
		timer = undefined;
		await Promise.all([
			...(mode === 'ended' ? [] : [sender.flush()]),
			...(waiting > 0 ? [writing.run()] : []),
		]);
	}

	/** Writes progress where the LMS keeps it. */
	async function write(): Promise<'done' | 'failed' | 'given-up'> {
		if (waiting === 0 || superseded) return 'done';
		const count = waiting;
		const next = document();
		tellWriting({ state: 'saving' });
		underway = next.progress;
		keepHere();
		const written = await record.write(next);
		underway = undefined;
		if (written === 'superseded') {
			superseded = true;
			tellWriting({ state: 'ended', waiting: count });
			return 'given-up';
		}
		if (written !== 'written') {
			const isOver = written.status === 401 || written.status === 403;
			tellWriting({ state: isOver ? 'ended' : 'offline', waiting });
			return isOver ? 'given-up' : 'failed';
		}
		// The time of this visit is counted once: it stays out of what is known.
		known = { ...known, progress: next.progress };
		waiting -= count;
		if (waiting > 0) keepHere();
		else copy.drop();
		tellWriting(waiting > 0 ? { state: 'saving' } : { state: 'saved' });
		return 'done';
	}

	function hidden(): void {
		if (globalThis.document.visibilityState === 'hidden') void flush();
	}

	/** The last words to the LMS; once, since nothing may be said after them. */
	function finish(): void {
		if (finished || mode === 'closed') return;
		finished = true;
		clearTimeout(timer);
		const left = waiting > 0 && !superseded ? document() : undefined;
		if (left) record.writeLast(left);
		if (mode !== 'ended') sender.sayLast(farewell(), roomBeside(left));
		writing.stop();
		sender.close();
		globalThis.removeEventListener?.('pagehide', finish);
		globalThis.document?.removeEventListener('visibilitychange', hidden);
	}

	/** The last words, once; none when they were said already. */
	function farewell(): Statement[] {
		if (session.terminated) return [];
		session.terminated = true;
		const told = mode === 'normal' ? tellable(narrator.leave()) : [];
		const at = new Date(Math.max(now(), Date.parse(latest))).toISOString();
		const took = { duration: duration(since(Date.parse(session.began))) };
		return [...told, say({ id: crypto.randomUUID(), verb: 'terminated', at, result: took })];
	}

	const tellable = (statements: Statement[]) => allowed(launch, courseIri(course.id), statements);

	async function keep(event: LearnerEvent): Promise<void> {
		const before = counted.progress;
		if (!counted.apply(event) || finished) return;
		language = event.language;
		if (mode === 'preview' || mode === 'closed') return;
		if (event.at > latest) latest = event.at;
		waiting += 1;
		keepHere();
		if (status().state !== 'ended') tellWriting({ state: 'saving' });
		schedule();
		narrator.tell(event, before, counted.progress, (told) => void sender.add(tellable(told)));
		sayOutcome(event.at);
	}

	return {
		get mode() {
			return mode;
		},
		know: counted.know,
		async open() {
			opened ??= begin();
			await opened;
			return counted.progress;
		},
		record: keep,
		async leave() {
			const told = flush()
				.then(() => sender.add(farewell(), true))
				.then(() => sender.flush());
			await Promise.race([told, new Promise((done) => setTimeout(done, PATIENCE))]);
			finish();
		},
		onelsewhere: () => () => undefined,
		onstatus(listener) {
			listeners.add(listener);
			listener(status());
			return () => listeners.delete(listener);
		},
		close: finish,
	};
}

/** What keepalive leaves to statements beside a state document. */
const roomBeside = (document: Document | undefined) =>
	KEEPALIVE_BYTES - (document ? bytesOf(JSON.stringify(document)) : 0) - 1024;
