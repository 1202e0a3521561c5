import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { loadCourse } from '../../src/authoring/loader.ts';
import type { Vignette } from '../../src/lib/activities/vignette/schema.ts';
import { outline } from '../../src/lib/course/outline.ts';
import { stepsOf } from '../../src/lib/course/parts.ts';
import { rulesFor } from '../../src/lib/activities/registry.ts';
import { courseStanding } from '../../src/lib/progress/completion.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { reduce } from '../../src/lib/progress/reduce.ts';
import type { ScormVersion } from '../../src/lib/tracking/scorm/api.ts';
import { courseIri, VERBS, type Verb } from '../../src/lib/xapi/iris.ts';
import type { Statement } from '../../src/lib/xapi/statement.ts';
import { startCmi5Lms } from '../support/cmi5-lms.ts';
import { isDefined } from '../support/cmi5-rules.ts';
import { serveCopy } from '../support/copies.ts';
import { becomeAdministrator } from '../support/dispatches.ts';
import { makePackage } from '../support/packages.ts';
import { closeTab, startLms, type Lms } from '../support/scorm-lms.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { t } from '../support/texts.ts';
import {
	finish,
	goOn,
	isKept,
	isWhereItWas,
	sayFirst,
	TYPED,
	type Surface,
} from '../support/walk.ts';

/** One and the same journey, wherever the course runs: begin, talk, leave, come back, finish. */
const course = loadCourse('tests/fixtures/courses/tiny').course!;
const [lesson] = course.chapters[0]!.lessons;
const step = lesson!.steps.find((one) => one.kind === 'activity')!;
const vignette = (step as { activity: unknown }).activity as Vignette;

interface Host {
	/** Opens the course as the learner does; they are the same one each time. */
	open(context: BrowserContext): Promise<{ page: Page; course: Surface }>;
	/** What whoever keeps the record says of the course as a whole. */
	record(context: BrowserContext): Promise<{ done: boolean; passed: boolean; score?: number }>;
	/** What an LMS was told in the page, where it goes by no request. */
	told?(context: BrowserContext): Promise<unknown>;
	close(): void | Promise<void>;
}

const HOSTS: Record<string, () => Promise<Host>> = {
	'our server': async () => {
		const server = await startServer(FIXTURES);
		return { open: openOn(server), record: recordOf(server), close: () => server.stop() };
	},
	'SCORM 1.2': async () => scormHost('scorm12', 'scorm12', of12),
	'a static copy': async () => {
		const copy = await serveCopy(makePackage('tiny', 'static'));
		return {
			open: (context) => copy.open(context),
			record: async (context) => standingOf(await copy.record(context)),
			close: () => copy.close(),
		};
	},
	'SCORM 2004, 3rd edition': () => scormHost('scorm2004-3rd', 'scorm2004', of2004),
	'SCORM 2004, 4th edition': () => scormHost('scorm2004-4th', 'scorm2004', of2004),
	cmi5: cmi5Host,
	'a thin package, SCORM 1.2': () => thinHost('scorm12', 'scorm12', of12),
	'a thin package, SCORM 2004': () => thinHost('scorm2004-4th', 'scorm2004', of2004),
};

function openOn({ origin }: Running): Host['open'] {
	return async (context) => {
		const page = await context.newPage();
		await page.goto(`${origin}/da/courses/${course.id}`);
		return { page, course: page };
	};
}

/** What our server has to say of the course, as record stores are told it. */
function recordOf({ dataDir }: Running): Host['record'] {
	return async () => {
		const said = statementsIn(dataDir).filter(({ object }) => object.id === courseIri(course.id));
		const last = (verb: Verb) => said.findLast((one) => one.verb.id === VERBS[verb]);
		const score = last('passed')?.result?.score?.raw;
		return {
			done: last('completed') !== undefined,
			passed: last('passed') !== undefined,
			...(score === undefined ? {} : { score }),
		};
	};
}

function statementsIn(dataDir: string): Statement[] {
	const db = new BetterSqlite3(join(dataDir, 'rygsamtalen.db'), { readonly: true });
	const rows = db.prepare('select body from statements order by seq').all() as { body: string }[];
	db.close();
	return rows.map(({ body }) => JSON.parse(body) as Statement);
}

/** What the events of a record come to. */
function standingOf(events: LearnerEvent[]) {
	const context = { steps: (unit: string) => stepsOf(course, unit), rules: rulesFor };
	const { standing, score } = courseStanding(outline(course, 'da'), reduce(context, events));
	const done = standing === 'done';
	return { done, passed: done, ...(done && score !== undefined ? { score } : {}) };
}

async function scormHost(
	format: string,
	version: ScormVersion,
	read: (data: Record<string, unknown>) => Awaited<ReturnType<Host['record']>>,
): Promise<Host> {
	const lms: Lms = await startLms({ tiny: { folder: makePackage('tiny', format), version } });
	return {
		open: (context) => lms.launch(context, 'tiny'),
		record: async (context) => read((await lms.record(context, 'tiny')).data),
		told: (context) => lms.record(context, 'tiny'),
		close: () => lms.close(),
	};
}

/** Our server's player in somebody else's LMS; both must say the same. */
async function thinHost(
	format: string,
	version: ScormVersion,
	read: (data: Record<string, unknown>) => Awaited<ReturnType<Host['record']>>,
): Promise<Host> {
	const server = await startServer(FIXTURES);
	const packages: Parameters<typeof startLms>[0] = {};
	const lms = await startLms(packages);
	const administrator = await becomeAdministrator(server);
	const id = await administrator.dispatch({ origins: lms.origin });
	packages.tiny = { folder: (await administrator.download(id, format)).folder, version };
	return {
		async open(context) {
			const { page, course: thin } = await lms.launch(context, 'tiny');
			return { page, course: thin.frameLocator('iframe') };
		},
		async record(context) {
			const told = read((await lms.record(context, 'tiny')).data);
			expect(await recordOf(server)(context)).toEqual(told);
			return told;
		},
		told: (context) => lms.record(context, 'tiny'),
		async close() {
			lms.close();
			await server.stop();
		},
	};
}

function of12({ core }: Record<string, unknown>) {
	const { lesson_status: status, score } = core as {
		lesson_status: string;
		score: { raw: string };
	};
	return {
		done: status === 'passed',
		passed: status === 'passed',
		...(score.raw === '' ? {} : { score: Number(score.raw) }),
	};
}

function of2004(data: Record<string, unknown>) {
	const { completion_status, success_status, score } = data as Record<string, string> & {
		score: { raw: string };
	};
	return {
		done: completion_status === 'completed',
		passed: success_status === 'passed',
		...(score.raw === '' ? {} : { score: Number(score.raw) }),
	};
}

async function cmi5Host(): Promise<Host> {
	const lms = await startCmi5Lms(makePackage('tiny', 'cmi5'));
	const said = (verb: Verb) =>
		lms.stored.filter(isDefined).find((one) => one.verb.id === VERBS[verb]);
	return {
		async open(context) {
			const page = await context.newPage();
			await page.goto(lms.launch());
			return { page, course: page };
		},
		async record() {
			// The last words are on their way while the tab closes.
			await expect
				.poll(() => lms.sessions.at(-1)!.statements.at(-1)?.verb.id)
				.toBe(VERBS.terminated);
			expect(lms.complaints).toEqual([]);
			const score = said('passed')?.result?.score?.raw;
			return {
				done: said('completed') !== undefined,
				passed: said('passed') !== undefined,
				...(score === undefined ? {} : { score }),
			};
		},
		close: () => lms.close(),
	};
}

/** The page that is no part of the course goes along with it, and needs nobody. */
async function tryTheCoach(surface: Surface): Promise<void> {
	const link = surface.getByRole('link', { name: t('coach_page_title'), exact: true });
	const home = surface.getByRole('link', { name: course.title.da, exact: true });
	if ((await link.count()) === 0) await home.first().click();
	await link.click();
	await surface.getByLabel(t('coach_page_label')).fill(TYPED);
	await expect(surface.locator('section.coach mark')).toHaveText(/hvordan/i);
}

for (const [name, start] of Object.entries(HOSTS))
	test(`the course is begun, left, taken up and finished: ${name}`, async ({ context }) => {
		test.setTimeout(180_000);
		const host = await start();
		const errors: string[] = [];
		context.on('weberror', (error) => errors.push(error.error().message));

		const missing: string[] = [];
		context.on('response', (one) => {
			// A record store says so of a record that nobody has begun.
			const isFile = !one.url().includes('/xapi/');
			if (isFile && one.status() >= 400) missing.push(one.url());
		});

		const sent: string[] = [];
		context.on('request', (one) => sent.push(`${one.url()} ${one.postData() ?? ''}`));

		const first = await host.open(context);
		await goOn(first.course, course);
		await first.course.getByRole('link', { name: 'Fortsæt', exact: true }).click();
		await sayFirst(first.course, vignette);
		await isKept(first.course);
		await closeTab(first.page);
		expect(await host.record(context)).toEqual({ done: false, passed: false });

		const second = await host.open(context);
		await goOn(second.course, course);
		await isWhereItWas(second.course, vignette);
		await finish(second.course, course, { lesson: lesson!.id, step: step.id, said: 1 });
		await isKept(second.course);
		await closeTab(second.page);
		expect(await host.record(context)).toEqual({ done: true, passed: true, score: 100 });

		// Whoever comes back finds it done.
		const third = await host.open(context);
		await expect(third.course.getByRole('heading', { level: 1 })).toBeVisible();
		await tryTheCoach(third.course);
		await closeTab(third.page);
		expect(await host.record(context)).toEqual({ done: true, passed: true, score: 100 });

		// Words of one's own, and what the coach thinks of them, stay where they were typed.
		const told = `${sent.join(' ')} ${JSON.stringify(await host.told?.(context))}`;
		expect(sent.length).toBeGreaterThan(0);
		expect(decodeURIComponent(told.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'))).not.toMatch(
			/zebrastrib/i,
		);
		expect(told).not.toMatch(/open-question|reflects|leading/);
		expect(errors).toEqual([]);
		expect(missing).toEqual([]);
		await host.close();
	});
