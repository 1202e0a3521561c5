import { loadedRules, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import { activitiesOf, type Course, type Step } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { FINAL_TEST, withPractice } from '#lib/course/parts.ts';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { apply, type ReduceContext } from '#lib/progress/reduce.ts';
import { asking } from '#lib/tracking/dispatch/asking.ts';
import { greet } from '#lib/tracking/dispatch/greeting.ts';
import { resumedAt, reporter, type Reporter } from '#lib/tracking/dispatch/reporter.ts';
import { httpTracker } from '#lib/tracking/http.ts';
import type { Session } from '#lib/tracking/scorm/dialect.ts';
import type { Tracker, TrackerStatus } from '#lib/tracking/tracker.ts';
import type { Keeper } from '../keeper.ts';
import { packageContent, unitNamed } from '../lessons.ts';
import { connect, Refused, type Connection } from './dispatch-connection.ts';
import { testThere } from './dispatch-test.ts';

/**
 * Keeps the record on our server, and tells an LMS of it by the thin package around this frame. Who
 * the learner is, the LMS says; what they have done, our server.
 */
export async function open(course: Course, languages: Language[]): Promise<Keeper> {
	const [language] = languages;
	overwriteGetLocale(() => language!);
	if (window.parent === window) return stopped(m.dispatch_alone());
	const { port, scorm, token } = await greet(window, packageContent().origins ?? []);
	const lms = asking(port);
	const { dialect } = await (scorm === 'scorm12'
		? import('./dispatch-scorm12.ts')
		: import('./dispatch-scorm2004.ts'));
	// Asked once for everything that the dialect wants to know.
	const elements = ['cmi.suspend_data'];
	dialect.session((element) => (elements.push(element), ''));
	const known = await lms.get(elements);
	const session = dialect.session((element) => known[element] ?? '');
	if (!session.student.trim()) return stopped(m.dispatch_nobody());
	const look = session.mode !== 'normal';
	const launch = { token, learner: session.student, look, language: language! };
	const connection = await connect(launch).catch((error: unknown) =>
		error instanceof Refused ? stopped(error.message) : stopped(m.dispatch_no_answer(), true),
	);
	const { begun } = connection;
	const place = begun.progress.last ?? resumedAt(course, known['cmi.suspend_data'] ?? '');
	begun.progress = { ...begun.progress, ...(place ? { last: place } : {}) };
	return look
		? lookingOnly(connection)
		: keeping({ course, language: language!, connection, session, lms });
}

/** Says why there is nothing to see; nothing comes after it. */
function stopped(words: string, again = false): Promise<never> {
	const said = document.createElement('div');
	said.style.cssText = 'max-width: 40rem; margin: 3rem auto; padding: 0 1rem';
	said.setAttribute('role', 'alert');
	said.append(Object.assign(document.createElement('p'), { textContent: words }));
	if (again) {
		const button = document.createElement('button');
		button.className = 'button';
		button.textContent = m.package_try_again();
		button.addEventListener('click', () => location.reload());
		said.append(button);
	}
	document.getElementById('app')!.replaceChildren(said);
	return new Promise(() => undefined);
}

/** A review: what was done can be looked at, and nothing is recorded anywhere. */
function lookingOnly({ begun }: Connection): Keeper {
	const known = new Map<string, Step[]>();
	const context: ReduceContext = {
		steps: (lesson) => withPractice(known.get(lesson)),
		rules: loadedRules,
	};
	let { progress } = begun;
	const tracker: Tracker = {
		open: async () => progress,
		record: async (event) => void (progress = apply(context, progress, event)),
		onelsewhere: () => () => undefined,
		onstatus(listener) {
			listener({ state: 'idle' });
			return () => undefined;
		},
		close: () => undefined,
	};
	return {
		tracker,
		know: async ({ id, steps }) => void known.set(id, steps as Step[]),
		learner: 'look',
		notice: 'preview',
		test: testThere(undefined, tracker, () => progress),
	};
}

interface Parts {
	course: Course;
	language: Language;
	connection: Connection;
	session: Session;
	lms: ReturnType<typeof asking>;
}

function keeping({ course, language, connection, session, lms }: Parts): Keeper {
	const { begun } = connection;
	const known = new Map<string, Step[]>();
	const context: ReduceContext = {
		steps: (lesson) => withPractice(known.get(lesson)),
		rules: loadedRules,
	};
	/** What the learner sees, and what the LMS is told: of the final test only what our server says. */
	let { progress } = begun;
	let tested = progress.lessons[FINAL_TEST];
	const stored = httpTracker({
		endpoint: connection.path('events'),
		course: course.id,
		learner: begun.learner,
		progress,
		recent: begun.recent,
		context,
		prepare: (events) => define(events, known, language),
		fetch: connection.fetch,
	});
	const told: Reporter = reporter(lms, session, outline(course, 'en'));
	const report = () => {
		const { [FINAL_TEST]: _, ...lessons } = progress.lessons;
		told.tell({
			...progress,
			lessons: tested ? { ...lessons, [FINAL_TEST]: tested } : lessons,
		});
	};
	const listeners = new Set<(status: TrackerStatus) => void>();
	let keeps: TrackerStatus = { state: 'idle' };
	const status = (): TrackerStatus =>
		keeps.state === 'saved' || keeps.state === 'idle' ? (inWords(told.status()) ?? keeps) : keeps;
	const tellAll = () => listeners.forEach((listener) => listener(status()));
	stored.onstatus((next) => {
		keeps = next;
		// Our server has it; now the LMS is to know.
		if (next.state === 'saved') report();
		tellAll();
	});
	told.onchange(tellAll);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') report();
	});

	let opened: Promise<void> | undefined;
	const begin = () =>
		(opened ??= stored.open().then((found) => {
			progress = found;
			report();
		}));
	const tracker: Tracker = {
		async open() {
			await begin();
			return progress;
		},
		record(event) {
			progress = apply(context, progress, event);
			return stored.record(event);
		},
		onelsewhere: (listener) => stored.onelsewhere(listener),
		onstatus(listener) {
			listeners.add(listener);
			listener(status());
			return () => void listeners.delete(listener);
		},
		close: () => stored.close(),
	};
	stored.onelsewhere((events) => {
		progress = events.reduce((so, event) => apply(context, so, event), progress);
	});
	return {
		tracker,
		know: async ({ id, steps }) => void known.set(id, steps as Step[]),
		learner: begun.learner!,
		notice: undefined,
		test: testThere(
			{ connection, course },
			{ ...tracker, close: () => undefined, onstatus: (listener) => stored.onstatus(listener) },
			() => progress,
			(standing, fresh) => {
				known.set(FINAL_TEST, standing);
				tested = fresh.lessons[FINAL_TEST];
				if (tested)
					progress = { ...progress, lessons: { ...progress.lessons, [FINAL_TEST]: tested } };
				report();
			},
		),
	};
}

/** Whoever is told that the LMS refused something must not think that it is lost. */
function inWords(status: TrackerStatus | undefined): TrackerStatus | undefined {
	return status?.state === 'refused'
		? { ...status, reason: m.dispatch_lms_refused({ reason: status.reason }) }
		: status;
}

/** Fetches what is needed to count events that wait on this device; those of a test are counted by our server. */
async function define(events: LearnerEvent[], known: Map<string, Step[]>, language: Language) {
	const ids = new Set(events.map(({ lesson }) => lesson).filter((id) => id !== FINAL_TEST));
	for (const id of ids) {
		const { steps } = await unitNamed(id, language);
		await loadTypes((steps as Step[]).flatMap(activitiesOf).map(({ type }) => type));
		known.set(id, steps as Step[]);
	}
}
