import type { Interaction } from '#lib/activities/contract.ts';
import { activitiesOf, type Activity, type Course } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { deviceCopy } from '../kept.ts';
import { suspendedProgress } from '../suspended.ts';
import type { Tracker, TrackerStatus } from '../tracker.ts';
import { guarded, type Failure, type RawApi } from './api.ts';
import type { Dialect, Field, Session } from './dialect.ts';

export interface ScormOptions {
	/** Of its activities only ids and types are needed here; `know` brings the rest. */
	course: Course;
	rules: RulesByType;
	/** A response as LMSs know it; undefined when it must not leave. */
	interaction: (activity: Activity, response: unknown) => Interaction | undefined;
	api: RawApi;
	dialect: Dialect;
	/** Holds what the LMS has not taken yet, across page loads. */
	storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
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
	/** Hands in a lesson's definitions, in any language; needed before its events are recorded. */
	know(lesson: { id: string; steps: unknown[] }): void;
}

/**
 * Keeps the record in an LMS by SCORM. Events become progress here; the LMS gets suspend data,
 * status, score, objectives, interactions and time, written together about a second after something happened,
 * when the page is hidden, and for the last time when it goes away. Until the LMS has confirmed,
 * this device keeps a copy, which is taken up at the next launch unless the LMS's own data have
 * moved on in the meantime.
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
	let confirmed = '';
	let copy = deviceCopy(storage, undefined);
	let waiting = 0;
	let failures = 0;
	let finished = false;
	let nextInteraction = Number.NaN;
	/** Where the LMS has each objective; undefined when it takes none. */
	let objectives: Map<string, number> | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const started = now();
	const written = new Map<string, string>();
	const interactions: Field[][] = [];
	const listeners = new Set<(status: TrackerStatus) => void>();

	function tell(next: TrackerStatus): void {
		status = next;
		listeners.forEach((listener) => listener(next));
	}

	function begin(): void {
		const failure = lms.initialize();
		if (failure) return tell({ state: 'refused', reason: failure.reason, count: 0 });
		session = dialect.session(lms.get);
		confirmed = lms.get('cmi.suspend_data');
		const { student } = session;
		copy = deviceCopy(storage, student ? `${dialect.version}:${course.id}:${student}` : undefined);
		nextInteraction = Number.parseInt(lms.get('cmi.interactions._count'), 10);
		const count = Number.parseInt(lms.get('cmi.objectives._count'), 10);
		if (Number.isNaN(count)) return;
		// A manifest may have brought some of its own.
		const ids = Array.from({ length: count }, (_, n) => lms.get(`cmi.objectives.${n}.id`));
		objectives = new Map(ids.map((id, n) => [id, n]));
	}

	function preview(): boolean {
		return session !== undefined && session.mode !== 'normal';
	}

	/** Writes everything that is new and has it stored. */
	function write(): Failure | undefined {
		if (!session || preview()) return undefined;
		const data = counted.text();
		let trouble: Failure | undefined;
		for (const field of session.values(map, counted.progress, data, now() - started)) {
			const failure = update(field);
			trouble ??= failure;
		}
		if (session.credit) writeObjectives(session);
		writeInteractions();
		const uncommitted = lms.commit();
		if (uncommitted) return { ...uncommitted, gone: true };
		if (!trouble) {
			confirmed = data;
			copy.drop();
		}
		return trouble;
	}

	/** Writes what the LMS does not have yet. */
	function update([element, value]: Field): Failure | undefined {
		if (written.get(element) === value) return undefined;
		const failure = set(element, value);
		if (!failure) written.set(element, value);
		return failure;
	}

	function set(element: string, value: string): Failure | undefined {
		const complaint = dialect.complaint(element, value);
		return complaint ? { code: '', reason: complaint, gone: false } : lms.set(element, value);
	}

	/** Objectives are an extra, as interactions are. */
	function writeObjectives(session: Session): void {
		for (const [id, ...others] of session.objectives(map, counted.progress)) {
			if (!objectives || !id) return;
			const at = objectives.get(id[1]) ?? objectives.size;
			const prefix = `cmi.objectives.${at}`;
			if (!objectives.has(id[1]) && set(`${prefix}.${id[0]}`, id[1])) {
				objectives = undefined;
				return;
			}
			objectives.set(id[1], at);
			others.forEach(([name, value]) => void update([`${prefix}.${name}`, value]));
		}
	}

	/** Interactions are an extra: an LMS that does not take them loses nobody's progress. */
	function writeInteractions(): void {
		for (const fields of interactions.splice(0)) {
			if (Number.isNaN(nextInteraction)) return;
			const [id, ...others] = fields;
			const prefix = `cmi.interactions.${nextInteraction}`;
			if (!id || set(`${prefix}.${id[0]}`, id[1])) {
				nextInteraction = Number.NaN;
				return;
			}
			others.forEach(([name, value]) => void set(`${prefix}.${name}`, value));
			nextInteraction += 1;
		}
	}

	function flush(): void {
		clearTimeout(timer);
		timer = undefined;
		if (finished || waiting === 0) return;
		const trouble = write();
		if (!trouble) {
			waiting = 0;
			failures = 0;
			return tell({ state: 'saved' });
		}
		tell(
			trouble.gone
				? { state: 'offline', waiting }
				: { state: 'refused', reason: trouble.reason, count: waiting },
		);
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
		interactions.push(
			dialect.interaction({ lesson, step, item, interaction, result, seconds, at }),
		);
	}

	return {
		get mode() {
			return !session ? 'closed' : preview() ? 'preview' : 'normal';
		},
		get student() {
			return session?.student ?? '';
		},
		know: counted.know,
		async open() {
			if (session || finished) return counted.progress;
			begin();
			if (!session) return counted.progress;
			const unsent = copy.after(confirmed);
			counted.resume(unsent ?? confirmed);
			globalThis.addEventListener?.('pagehide', finish);
			globalThis.document?.addEventListener('visibilitychange', hidden);
			if (unsent !== undefined) {
				waiting = 1;
				timer = setTimeout(flush, gather);
			}
			return counted.progress;
		},
		async record(event) {
			const isNew = counted.apply(event);
			if (!session || preview() || !isNew || finished) return;
			waiting += 1;
			noteInteraction(event);
			copy.keep(counted.text(), confirmed);
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

/** 2, 4, 8 … at most 60 seconds. */
function defaultBackoff(failures: number): number {
	return Math.min(60_000, 1000 * 2 ** Math.min(failures, 6));
}
