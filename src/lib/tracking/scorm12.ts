import type { Interaction } from '#lib/activities/contract.ts';
import { activitiesOf, type Activity, type Course, type Step } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { withPractice } from '#lib/course/parts.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { noProgress } from '#lib/progress/progress.ts';
import { apply, type ReduceContext } from '#lib/progress/reduce.ts';
import { unpackLesson } from '#lib/progress/suspend-lesson.ts';
import { resume, suspend } from '#lib/progress/suspend.ts';
import { complaint12 } from './cmi12.ts';
import { guarded, type Failure, type Scorm12Api } from './scorm12-api.ts';
import { interactionFields } from './scorm12-interactions.ts';
import { launch12, values12, type Launch12 } from './scorm12-values.ts';
import type { Tracker, TrackerStatus } from './tracker.ts';

export interface Scorm12Options {
	/** Of its activities only ids and types are needed here; `know` brings the rest. */
	course: Course;
	rules: RulesByType;
	/** A response as LMSs know it; undefined when it must not leave. */
	interaction: (activity: Activity, response: unknown) => Interaction | undefined;
	api: Scorm12Api;
	/** Holds what the LMS has not taken yet, across page loads. */
	storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
	/** Milliseconds in which what happens is gathered before it is written. */
	gather?: number;
	/** Milliseconds before a failed writing is tried again, by number of failures. */
	backoff?: (failures: number) => number;
	now?: () => number;
}

export interface Scorm12Tracker extends Tracker {
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

/** What this device holds for the LMS: the suspend data it knew, and what came after. */
interface Kept {
	base: string;
	data: string;
}

/**
 * Keeps the record in an LMS by SCORM 1.2. Events become progress here; the LMS gets suspend data,
 * status, score, interactions and time, written together about a second after something happened,
 * when the page is hidden, and for the last time when it goes away. Until the LMS has confirmed,
 * this device keeps a copy, which is taken up at the next launch unless the LMS's own data have
 * moved on in the meantime.
 */
export function scorm12Tracker(options: Scorm12Options): Scorm12Tracker {
	const { course, rules, storage } = options;
	const lms = guarded(options.api);
	const now = options.now ?? Date.now;
	const gather = options.gather ?? 1000;
	const backoff = options.backoff ?? defaultBackoff;
	const map = outline(course, 'en');
	const known = new Map<string, Step[]>();
	const context: ReduceContext = { steps: (lesson) => withPractice(known.get(lesson)), rules };

	let launch: Launch12 | undefined;
	let progress = noProgress();
	let status: TrackerStatus = { state: 'idle' };
	let confirmed = '';
	let waiting = 0;
	let failures = 0;
	let finished = false;
	let nextInteraction = Number.NaN;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const started = now();
	const written = new Map<string, string>();
	const interactions: [string, string][][] = [];
	const listeners = new Set<(status: TrackerStatus) => void>();

	function tell(next: TrackerStatus): void {
		status = next;
		listeners.forEach((listener) => listener(next));
	}

	function begin(): void {
		const failure = lms.initialize();
		if (failure) return tell({ state: 'refused', reason: failure.reason, count: 0 });
		launch = launch12(lms.get);
		confirmed = lms.get('cmi.suspend_data');
		nextInteraction = Number.parseInt(lms.get('cmi.interactions._count'), 10);
	}

	function preview(): boolean {
		return launch !== undefined && launch.mode !== 'normal';
	}

	/** Without a student's name, two people on one computer could not be told apart. */
	function key(): string | undefined {
		return launch?.student ? `scorm12:${course.id}:${launch.student}` : undefined;
	}

	function keep(data: string): void {
		const at = key();
		if (!at) return;
		try {
			storage?.setItem(at, JSON.stringify({ base: confirmed, data } satisfies Kept));
		} catch {
			// A full or forbidden storage is no trouble as long as the LMS takes the data.
			return;
		}
	}

	function kept(): string | undefined {
		const at = key();
		if (!at) return undefined;
		try {
			const found = JSON.parse(storage?.getItem(at) ?? 'null') as Partial<Kept> | null;
			return found?.base === confirmed ? found.data : undefined;
		} catch {
			return undefined;
		}
	}

	function drop(): void {
		const at = key();
		if (!at) return;
		try {
			storage?.removeItem(at);
		} catch {
			return;
		}
	}

	/** Writes everything that is new and has it stored. */
	function write(): Failure | undefined {
		if (!launch || preview()) return undefined;
		const data = suspend(course, progress, rules);
		let trouble: Failure | undefined;
		for (const [element, value] of values12(map, progress, launch, data, now() - started)) {
			if (written.get(element) === value) continue;
			const failure = set(element, value);
			if (failure) trouble ??= failure;
			else written.set(element, value);
		}
		writeInteractions();
		const uncommitted = lms.commit();
		if (uncommitted) return { ...uncommitted, gone: true };
		if (!trouble) {
			confirmed = data;
			drop();
		}
		return trouble;
	}

	function set(element: string, value: string): Failure | undefined {
		const complaint = complaint12(element, value);
		return complaint ? { code: '', reason: complaint, gone: false } : lms.set(element, value);
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
		if (launch && !preview()) write();
		finished = true;
		if (launch) lms.finish();
		globalThis.removeEventListener?.('pagehide', finish);
		globalThis.document?.removeEventListener('visibilitychange', hidden);
	}

	function hidden(): void {
		if (document.visibilityState === 'hidden') flush();
	}

	function noteInteraction(event: LearnerEvent): void {
		if (event.type !== 'answered' || !launch?.credit) return;
		const { lesson, step, item, attempt, seconds } = event;
		const found = context.steps(lesson)?.find((one) => one.id === step);
		const activity = found && activitiesOf(found).find((one) => one.id === item);
		const tried = progress.lessons[lesson]?.steps[step];
		const result = [...(tried?.open ?? []), tried?.latest].find((one) => one?.id === attempt)
			?.results[item];
		if (!activity || !result?.done || result.response === undefined) return;
		const interaction = options.interaction(activity, result.response);
		if (!interaction) return;
		const at = new Date(event.at);
		interactions.push(interactionFields({ lesson, step, item, interaction, result, seconds, at }));
	}

	return {
		get mode() {
			return !launch ? 'closed' : preview() ? 'preview' : 'normal';
		},
		get student() {
			return launch?.student ?? '';
		},
		know({ id, steps }) {
			known.set(id, steps as Step[]);
			const lesson = progress.lessons[id];
			if (!lesson) return;
			const unpacked = unpackLesson(steps as Step[], lesson, rules);
			progress = { ...progress, lessons: { ...progress.lessons, [id]: unpacked } };
		},
		async open() {
			if (launch || finished) return progress;
			begin();
			if (!launch) return progress;
			const unsent = kept();
			progress = resume(course, unsent ?? confirmed).progress;
			globalThis.addEventListener?.('pagehide', finish);
			globalThis.document?.addEventListener('visibilitychange', hidden);
			if (unsent !== undefined) {
				waiting = 1;
				timer = setTimeout(flush, gather);
			}
			return progress;
		},
		async record(event) {
			const before = progress;
			progress = apply(context, progress, event);
			if (!launch || preview() || progress === before || finished) return;
			waiting += 1;
			noteInteraction(event);
			keep(suspend(course, progress, rules));
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
