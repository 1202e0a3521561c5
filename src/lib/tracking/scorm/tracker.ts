import type { Interaction } from '#lib/activities/contract.ts';
import { activitiesOf, type Activity, type Course } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { unitsOf } from '#lib/course/parts.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { resume } from '#lib/progress/suspend.ts';
import { suspendedProgress } from '../suspended.ts';
import type { Tracker, TrackerStatus } from '../tracker.ts';
import { ERROR, guarded, type Failure, type RawApi } from './api.ts';
import { deviceCopy, type DeviceCopy, type Shelf } from './copy.ts';
import type { Dialect, Field, Session } from './dialect.ts';
import { extras, type Extras } from './extras.ts';

export interface ScormOptions {
	/** Of its activities only ids and types are needed here; `know` brings the rest. */
	course: Course;
	rules: RulesByType;
	/** A response as LMSs know it; undefined when it must not leave. */
	interaction: (activity: Activity, response: unknown) => Interaction | undefined;
	api: RawApi;
	dialect: Dialect;
	/** Holds a copy for an LMS that does not keep what it was given, across page loads. */
	storage?: Shelf;
	/** Milliseconds in which what happens is gathered before it is written. */
	gather?: number;
	/** Milliseconds before a failed writing is tried again, by number of failures. */
	backoff?: (failures: number) => number;
	now?: () => number;
}

export interface ScormTracker extends Tracker {
	/**
	 * Known after `open`. `preview`: the LMS lets the learner look without recording. `closed`: it
	 * answered but opened no session, so that this tracker keeps nothing.
	 */
	readonly mode: 'normal' | 'preview' | 'closed';
	/** The LMS's name for the learner; '' when it gives none. */
	readonly student: string;
	/** Whether the LMS gave back less than it was given, and this device does not have the rest. */
	readonly hasGaps: boolean;
	/** Hands in a lesson's definitions, in any language; needed before its events are recorded. */
	know(lesson: { id: string; steps: unknown[] }): void;
}

/** Suspend data of some version of ours; whatever else an LMS gives is none. */
const OURS = /^R\d/;
/** Fewer characters tell nothing about a learner. */
const LEAST = 20;

/**
 * Keeps the record in an LMS by SCORM. Events become progress here; the LMS gets suspend data,
 * status, score, objectives, interactions and time, written together about a second after something happened,
 * when the page is hidden, and for the last time when it goes away. This device keeps a copy (copy.ts),
 * which is taken up at the next launch when the LMS has lost something.
 */
export function scormTracker(options: ScormOptions): ScormTracker {
	const { course, rules, storage, dialect } = options;
	const lms = guarded(options.api, dialect.version);
	const now = options.now ?? Date.now;
	const gather = options.gather ?? 1000;
	const backoff = options.backoff ?? defaultBackoff;
	const map = outline(course, 'en');
	const counted = suspendedProgress(course, rules, dialect.limit);

	let session: Session | undefined;
	let status: TrackerStatus = { state: 'idle' };
	let copy: DeviceCopy | undefined;
	let more: Extras | undefined;
	let hasGaps = false;
	/** How many characters of suspend data the LMS takes, as far as is known. */
	let limit = dialect.limit;
	/** Why the LMS cannot hold everything, if so. */
	let cut: string | undefined;
	let waiting = 0;
	let failures = 0;
	let finished = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const started = now();
	const written = new Map<string, string>();
	const listeners = new Set<(status: TrackerStatus) => void>();

	function tell(next: TrackerStatus): void {
		status = next;
		listeners.forEach((listener) => listener(next));
	}

	function begin(): void {
		const failure = lms.initialize();
		const begun = dialect.session(lms.get);
		if (failure && !(ERROR.openAlready.test(failure.code) && begun.student))
			return tell({ state: 'refused', reason: failure.reason, count: 0 });
		session = begun;
		more = extras(lms.get, set, update);
		copy = deviceCopy(storage, key(), now);
	}

	/** What is on record: as the LMS gives it, or as this device knows better. */
	function recall({ resumes, location }: Session): void {
		const given = lms.get('cmi.suspend_data');
		const isOurs = OURS.test(given);
		const unsent = copy?.instead(
			isOurs ? { data: given, resumes } : { data: '', resumes: resumes || given !== '' },
		);
		const problem = counted.resume(unsent ?? given);
		const isLost = given === '' && resumes && location !== '';
		hasGaps = !preview() && unsent === undefined && (isLost || problem !== undefined);
		if (unsent === undefined) return;
		waiting = 1;
		timer = setTimeout(flush, gather);
	}

	function preview(): boolean {
		return session !== undefined && session.mode !== 'normal';
	}

	/** Without a student's name, two people on one computer could not be told apart. */
	function key(): string | undefined {
		const [only, ...others] = unitsOf(course);
		// Parts of one course that are launched one by one have records of their own.
		const part = only && others.length === 0 ? `${course.id}/${only.id}` : course.id;
		return session?.student ? `${dialect.version}:${part}:${session.student}` : undefined;
	}

	/** Writes everything that is new and has it stored. */
	function write(): Failure | undefined {
		if (!session || preview()) return undefined;
		const whole = counted.text();
		const data = limit < dialect.limit ? counted.text(limit) : whole;
		let trouble: Failure | undefined;
		for (const field of session.values(map, counted.progress, data, now() - started)) {
			const failure = update(field);
			trouble ??= failure;
		}
		const given = whatFits(data);
		copy?.give(given);
		if (session.credit) more?.writeObjectives(session.objectives(map, counted.progress));
		more?.writeInteractions();
		const uncommitted = lms.commit();
		if (uncommitted) {
			// What it held may be gone with it: all of it is said again.
			written.clear();
			return { ...uncommitted, kind: uncommitted.kind === 'ended' ? 'ended' : 'gone' };
		}
		if (!trouble) copy?.confirm(given);
		cut = isWhole(given, whole) ? undefined : `cmi.suspend_data: ${limit} < ${whole.length}`;
		return trouble;
	}

	/**
	 * Some LMSs cut suspend data off without a word: then it is packed again so that it fits.
	 *
	 * @returns what the LMS holds
	 */
	function whatFits(data: string): string {
		const back = heldOf(data);
		if (back === data) return data;
		limit = Math.max(back.length, LEAST);
		const shorter = counted.text(limit);
		update(['cmi.suspend_data', shorter]);
		return heldOf(shorter);
	}

	/** The beginning of a text, where the LMS gives back no more; else all of it, as it said. */
	function heldOf(data: string): string {
		const back = lms.get('cmi.suspend_data');
		return back !== '' && data.startsWith(back) ? back : data;
	}

	/** Whether every part that was begun is in what the LMS holds; details may be missing. */
	function isWhole(given: string, whole: string): boolean {
		if (given === whole) return true;
		const { progress: kept, problem } = resume(course, given);
		const all = Object.keys(resume(course, whole).progress.lessons);
		return problem === undefined && all.every((id) => kept.lessons[id]);
	}

	/** Writes what the LMS does not have yet. */
	function update([element, value]: Field): Failure | undefined {
		if (written.get(element) === value) return undefined;
		const failure = set(element, value);
		const isNeeded = element === 'cmi.suspend_data' || !ERROR.notThere.test(failure?.code ?? '');
		if (failure && isNeeded) return failure;
		written.set(element, value);
		return undefined;
	}

	function set(element: string, value: string): Failure | undefined {
		const complaint = dialect.complaint(element, value);
		return complaint ? { kind: 'refused', code: '', reason: complaint } : lms.set(element, value);
	}

	function flush(): void {
		clearTimeout(timer);
		timer = undefined;
		if (finished || waiting === 0) return;
		const trouble = write();
		if (!trouble) {
			waiting = 0;
			failures = 0;
			return tell(cut ? { state: 'refused', reason: cut, count: 0 } : { state: 'saved' });
		}
		tell(statusOf(trouble, waiting));
		failures += 1;
		timer = setTimeout(flush, backoff(failures));
	}

	/** The last words to the LMS; once, since nothing may be said after them. */
	function finish(): void {
		if (finished) return;
		clearTimeout(timer);
		if (session && !preview()) {
			write();
			session.leaving.forEach(([element, value]) => void set(element, value));
		}
		finished = true;
		if (session) lms.finish();
		globalThis.removeEventListener?.('pagehide', finish);
		globalThis.document?.removeEventListener('visibilitychange', hidden);
	}

	function hidden(): void {
		if (document.visibilityState === 'hidden') flush();
	}

	function noteInteraction(event: LearnerEvent): void {
		if (event.type !== 'answered' || !session?.credit) return;
		const { lesson, step, item, attempt, seconds } = event;
		const found = counted.steps(lesson)?.find((one) => one.id === step);
		const activity = found && activitiesOf(found).find((one) => one.id === item);
		const tried = counted.progress.lessons[lesson]?.steps[step];
		const result = [...(tried?.open ?? []), tried?.latest].find((one) => one?.id === attempt)
			?.results[item];
		if (!activity || !result?.done || result.response === undefined) return;
		const interaction = options.interaction(activity, result.response);
		if (!interaction) return;
		const at = new Date(event.at);
		more?.note(dialect.interaction({ lesson, step, item, interaction, result, seconds, at }));
	}

	return {
		get mode() {
			return !session ? 'closed' : preview() ? 'preview' : 'normal';
		},
		get student() {
			return session?.student ?? '';
		},
		get hasGaps() {
			return hasGaps;
		},
		know: counted.know,
		async open() {
			if (session || finished) return counted.progress;
			begin();
			if (!session) return counted.progress;
			recall(session);
			globalThis.addEventListener?.('pagehide', finish);
			globalThis.document?.addEventListener('visibilitychange', hidden);
			return counted.progress;
		},
		async record(event) {
			const isNew = counted.apply(event);
			if (!session || preview() || !isNew || finished) return;
			waiting += 1;
			noteInteraction(event);
			copy?.keep(counted.text());
			if (failures === 0) tell({ state: 'saving' });
			timer ??= setTimeout(flush, gather);
		},
		onelsewhere: () => () => undefined,
		onstatus(listener) {
			listeners.add(listener);
			listener(status);
			return () => listeners.delete(listener);
		},
		close: finish,
	};
}

function statusOf({ kind, reason }: Failure, waiting: number): TrackerStatus {
	switch (kind) {
		case 'gone':
			return { state: 'offline', waiting };
		case 'ended':
			return { state: 'signed-out', waiting };
		case 'refused':
			return { state: 'refused', reason, count: waiting };
	}
}

/** 2, 4, 8 … at most 60 seconds. */
function defaultBackoff(failures: number): number {
	return Math.min(60_000, 1000 * 2 ** Math.min(failures, 6));
}
