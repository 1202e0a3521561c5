import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf } from '#lib/cmi5/launch.ts';
import { CMI5 } from '#lib/xapi/iris.ts';
import { forget } from '../auth/forget.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { abandonSilent, SILENCE } from './abandon.ts';
import { archiveCourse, offeredCourse, type Cmi5Course } from './courses.ts';
import { ownView } from './own.ts';
import { fetchToken, GRACE, isOriginOfSession, readSessionKey } from './sessions.ts';
import {
	makeCourse,
	makeLearner,
	PACKAGES,
	SITE,
	toldOf,
	Unit,
	verbsOf,
	type Told,
} from './testing.ts';
import { registrationsOf } from './traces.ts';

const COMPLETION = { completion: true, duration: 'PT5S' };
const PASS = { success: true, duration: 'PT5S', score: { scaled: 0.9 } };

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let course: Cmi5Course;
	beforeAll(async () => {
		db = await open();
		course = await makeCourse(db);
	}, 60_000);
	afterAll(() => db.close());

	const told = (registration: string) => toldOf(db, registration);
	const refusal = async (response: Response) => {
		const { error } = (await response.json()) as { error: string };
		return `${response.status} ${error}`;
	};

	test('a launch writes what the unit is to know, says "launched" first, and gives the token once', async () => {
		const learner = await makeLearner(db);
		const unit = await Unit.open(db, course, learner, { at: 1 });
		expect(unit.launch.href).toContain(`${PACKAGES}/cmi5/${course.key}/index.html?part=two&`);
		expect(unit.given('endpoint')).toBe(`${SITE}/xapi/`);
		expect(unit.given('activityId')).toBe(`${course.iri}/units/2`);
		const data = await (
			await unit.ask('GET', 'activities/state', unit.state('LMS.LaunchData'))
		).json();
		expect(data).toEqual({
			contextTemplate: {
				contextActivities: { grouping: [{ objectType: 'Activity', id: 'urn:two' }] },
				extensions: { [CMI5.sessionId]: unit.session },
			},
			...{ launchMode: 'Normal', launchMethod: 'AnyWindow', moveOn: 'Passed', masteryScore: 0.8 },
			returnURL: `${SITE}/da/cmi5/${course.id}`,
		});
		expect(await (await unit.preferences()).json()).toEqual({
			languagePreference: 'da,en',
			audioPreference: 'on',
		});
		const [launched, ...others] = await told(unit.given('registration'));
		expect(others).toEqual([]);
		expect(launched).toMatchObject({
			verb: { id: 'http://adlnet.gov/expapi/verbs/launched' },
			actor: actorOf(
				(JSON.parse(unit.given('actor')) as { account: { homePage: string } }).account.homePage,
				learner,
			),
			object: { id: unit.given('activityId') },
			context: {
				contextActivities: { grouping: [{ id: 'urn:two' }], category: [{ id: CMI5.category }] },
				extensions: {
					[CMI5.sessionId]: unit.session,
					[CMI5.masteryScore]: 0.8,
					'https://w3id.org/xapi/cmi5/context/extensions/launchmode': 'Normal',
					'https://w3id.org/xapi/cmi5/context/extensions/moveon': 'Passed',
					'https://w3id.org/xapi/cmi5/context/extensions/launchurl': `${PACKAGES}/cmi5/${course.key}/index.html?part=two`,
				},
			},
		});
		const again = await fetchToken(db, unit.key);
		expect(again).toMatchObject({ origin: PACKAGES, answer: { 'error-code': '1' } });
		const guessed = await fetchToken(db, `${unit.session}.${'A'.repeat(43)}`);
		expect(guessed.answer).toMatchObject({ 'error-code': '2' });
		expect(guessed.origin).toBeUndefined();
		expect(await isOriginOfSession(db, PACKAGES)).toBe(true);
		expect(await isOriginOfSession(db, 'https://evil.example')).toBe(false);
	});

	test('done, unit by unit: blocks and course are satisfied in their order, once', async () => {
		const learner = await makeLearner(db);
		const one = await Unit.open(db, course, learner);
		const registration = one.given('registration');
		expect((await ownView(db, course, learner, 'en')).children[0]).toMatchObject({
			children: [{ children: [{ state: 'not-begun' }] }, { state: 'not-begun' }],
		});
		await one.begin();
		expect((await one.say('completed', COMPLETION)).status).toBe(200);
		expect((await one.say('terminated', { duration: 'PT6S' })).status).toBe(200);
		expect(verbsOf(await told(registration))).toEqual([
			'launched',
			'initialized',
			'completed',
			'satisfied',
			'terminated',
		]);
		const two = await Unit.open(db, course, learner, { at: 1 });
		expect(two.given('registration')).toBe(registration);
		await two.begin();
		const below = await two.say('passed', { ...PASS, score: { scaled: 0.5 } });
		expect(await refusal(below)).toContain('400 cmi5 9.3.4.0-2');
		expect((await two.say('passed', PASS)).status).toBe(200);
		const all = await told(registration);
		const satisfied = all.filter(({ verb }) => verb.id.endsWith('/satisfied'));
		expect(satisfied.map(({ object }) => object.id)).toEqual([
			`${course.iri}/blocks/1`,
			`${course.iri}/blocks/2`,
			course.iri,
		]);
		expect(satisfied.map(({ object }) => object.definition?.type?.split('/').at(-1))).toEqual([
			'block',
			'block',
			'course',
		]);
		expect(satisfied.map(({ context }) => context.extensions[CMI5.sessionId])).toEqual([
			one.session,
			two.session,
			two.session,
		]);
		expect(satisfied.map(({ context }) => context.contextActivities.grouping![0]!.id)).toEqual([
			'urn:inner',
			'urn:outer',
			'urn:course',
		]);
		expect(await ownView(db, course, learner, 'en')).toMatchObject({
			// The third asks for nothing.
			...{ isSatisfied: true, done: 2, units: 2, optional: 1 },
			children: [
				{
					isSatisfied: true,
					children: [{ isSatisfied: true }, { state: 'satisfied', score: 0.9 }],
				},
				{ state: 'not-begun' },
			],
		});
		// Once a registration, whatever session says it.
		const again = await Unit.open(db, course, learner);
		await again.begin();
		expect(await refusal(await again.say('completed', COMPLETION))).toContain('403 cmi5 9.3.0.0-6');
	});

	test('a batch is taken whole or not at all, and what was stored may be sent again', async () => {
		const unit = await Unit.open(db, course, await makeLearner(db));
		await unit.begin();
		const good = unit.statement('completed', COMPLETION);
		const bad = unit.statement('completed', COMPLETION);
		const batch = await unit.ask('POST', 'statements', {}, [good, bad]);
		expect(await refusal(batch)).toContain('403 cmi5 9.3.0.0-2: [1].verb');
		expect(verbsOf(await told(unit.given('registration')))).toEqual(['launched', 'initialized']);
		const last = unit.statement('terminated', { duration: 'PT1S' });
		for (const round of [1, 2])
			expect((await unit.ask('POST', 'statements', {}, [good, last])).status, `${round}`).toBe(200);
		// What the unit sent at once is stored at once; what follows from it comes after.
		expect(verbsOf(await told(unit.given('registration'))).slice(2)).toEqual([
			'completed',
			'terminated',
			'satisfied',
		]);
	});

	test('preferences come before "initialized", which comes before everything', async () => {
		const unit = await Unit.open(db, course, await makeLearner(db));
		expect(await refusal(await unit.say('initialized'))).toContain('403 cmi5 11.0.0.0-3');
		await unit.preferences();
		expect(await refusal(await unit.say('completed', COMPLETION))).toContain('403 cmi5 9.3.0.0-4');
		expect((await unit.say('initialized')).status).toBe(200);
	});

	test('after "terminated" nothing is taken, and soon the token opens nothing', async () => {
		const unit = await Unit.open(db, course, await makeLearner(db));
		await unit.begin();
		await unit.say('terminated', { duration: 'PT1S' });
		expect(await refusal(await unit.say('completed', COMPLETION))).toContain('403 cmi5 9.3.0.0-5');
		const kept = await unit.ask('PUT', 'activities/state', unit.state('progress'), { page: 3 });
		expect(kept.status).toBe(204);
		const secret = unit.credentials;
		const now = Date.now();
		expect(await readSessionKey(db, ...secret, new Date(now))).toBeDefined();
		expect(await readSessionKey(db, ...secret, new Date(now + GRACE + 1000))).toBeUndefined();
		const again = await Unit.open(db, course, await makeLearner(db));
		expect(await readSessionKey(db, `cmi5-${again.session}`, secret[1])).toBeUndefined();
		// A unit that ended has no token to give either.
		expect((await fetchToken(db, unit.key)).answer).toMatchObject({ 'error-code': '2' });
	});

	test('a new launch of the unit abandons the session before: said with its duration, and shut out', async () => {
		const learner = await makeLearner(db);
		const began = new Date(Date.now() - 60_000);
		const first = await Unit.open(db, course, learner, { now: began });
		await first.begin();
		const other = await Unit.open(db, course, learner, { at: 1 });
		await Unit.open(db, course, learner);
		const all = await told(first.given('registration'));
		expect(verbsOf(all)).toEqual(['launched', 'initialized', 'launched', 'abandoned', 'launched']);
		const abandoned = all[3]!;
		expect(abandoned.object.id).toBe(first.given('activityId'));
		expect(abandoned.context.extensions[CMI5.sessionId]).toBe(first.session);
		expect(abandoned.result?.duration).toMatch(/^PT1M\d?/);
		expect((await first.say('completed', COMPLETION)).status).toBe(401);
		// The other unit goes on.
		expect((await other.preferences()).status).toBe(200);
	});

	test('a session of which nothing is heard is abandoned, once', async () => {
		const learner = await makeLearner(db);
		const long = new Date(Date.now() - SILENCE - 60_000);
		const silent = await Unit.open(db, course, learner, { now: long });
		const lively = await Unit.open(db, course, await makeLearner(db));
		expect(await abandonSilent(db)).toBe(1);
		expect(await abandonSilent(db)).toBe(0);
		expect(verbsOf(await told(silent.given('registration')))).toEqual(['launched', 'abandoned']);
		expect((await told(silent.given('registration')))[1]!.result).toEqual({ duration: 'PT0S' });
		expect((await silent.preferences()).status).toBe(401);
		expect((await lively.preferences()).status).toBe(200);
	});

	test('a token opens what is its session’s, and nothing else', async () => {
		const [learner, somebody] = [await makeLearner(db), await makeLearner(db)];
		const mine = await Unit.open(db, course, learner);
		const theirs = await Unit.open(db, course, somebody);
		const sibling = await Unit.open(db, course, learner, { at: 1 });
		await mine.begin();
		const status = async (...asked: Parameters<Unit['ask']>) => (await mine.ask(...asked)).status;
		const state = mine.state('progress');
		expect(await status('PUT', 'activities/state', state, { page: 1 })).toBe(204);
		expect(await status('GET', 'activities/state', state)).toBe(200);
		const { stateId: _, ...all } = state;
		expect(await status('GET', 'activities/state', all)).toBe(200);
		const foreign: Record<string, string>[] = [
			{ agent: theirs.given('actor') },
			{ registration: theirs.given('registration') },
			{ activityId: sibling.given('activityId') },
		];
		for (const wrong of foreign)
			for (const method of ['GET', 'PUT', 'DELETE'])
				expect(
					await status(
						method,
						'activities/state',
						{ ...state, ...wrong },
						method === 'PUT' ? {} : undefined,
					),
					`${method} ${Object.keys(wrong)}`,
				).toBe(403);
		const { registration: __, ...without } = state;
		expect(await status('GET', 'activities/state', without)).toBe(403);
		const launch = mine.state('LMS.LaunchData');
		expect(await status('PUT', 'activities/state', launch, {})).toBe(403);
		expect(await status('DELETE', 'activities/state', all)).toBe(403);

		const profile = { agent: mine.given('actor'), profileId: 'cmi5LearnerPreferences' };
		expect(await status('GET', 'agents/profile', { ...profile, profileId: 'x' })).toBe(403);
		expect(
			await status('GET', 'agents/profile', { ...profile, agent: theirs.given('actor') }),
		).toBe(403);
		const chosen = { languagePreference: 'en-GB,da', audioPreference: 'off' };
		const over = { 'if-match': '*' };
		expect(
			(await mine.ask('PUT', 'agents/profile', profile, { language: 'da' }, over)).status,
		).toBe(400);
		expect((await mine.ask('PUT', 'agents/profile', profile, chosen, over)).status).toBe(204);
		expect(await (await sibling.preferences()).json()).toEqual(chosen);
		expect(
			await status('GET', 'activities/profile', { activityId: mine.given('activityId') }),
		).toBe(403);

		expect(
			await refusal(
				await mine.say('completed', COMPLETION, {
					actor: JSON.parse(theirs.given('actor')) as object,
				}),
			),
		).toContain('403 cmi5 8.1.3.0-3');
		const about = mine.statement('completed', COMPLETION);
		about.context.registration = theirs.given('registration');
		expect(await refusal(await mine.ask('POST', 'statements', {}, about))).toContain(
			'403 cmi5 9.6.1.0-1',
		);
		const page = (await (await mine.ask('GET', 'statements')).json()) as { statements: Told[] };
		expect(verbsOf(page.statements)).toEqual(['initialized', 'launched', 'launched']);
		const [other] = await told(theirs.given('registration'));
		expect(await status('GET', 'statements', { statementId: other!.id })).toBe(404);
		expect(await status('GET', 'statements', { statementId: page.statements[0]!.id })).toBe(200);
		expect(await status('GET', 'statements', { registration: theirs.given('registration') })).toBe(
			403,
		);

		const answer = await mine.ask('GET', 'statements');
		expect(answer.headers.get('access-control-allow-origin')).toBe(PACKAGES);
		const elsewhere = await mine.ask('GET', 'statements', {}, undefined, {
			origin: 'https://evil.example',
		});
		expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
	});

	test('a learner who goes takes everything along', async () => {
		const learner = await makeLearner(db);
		const unit = await Unit.open(db, course, learner);
		await unit.begin();
		await unit.ask('PUT', 'activities/state', unit.state('progress'), { page: 7 });
		const [record] = await registrationsOf(db, learner);
		expect(record).toMatchObject({ sessions: [{ id: unit.session, said: ['initialized'] }] });
		expect(record!.documents.map(({ name }) => name).sort()).toEqual([
			'LMS.LaunchData',
			'cmi5LearnerPreferences',
			'progress',
		]);
		expect(JSON.stringify(record)).not.toMatch(/hash/i);
		await db.tx((tx) => forget(db, tx, [learner]));
		expect(await told(unit.given('registration'))).toEqual([]);
		const { lrsDocuments, statements } = db.tables;
		const documents = await db.read.select().from(lrsDocuments);
		expect(documents.filter((one) => one.agent?.includes(learner))).toEqual([]);
		const left = await db.read.select().from(statements);
		expect(left.filter(({ body }) => body.includes(learner))).toEqual([]);
		expect((await unit.preferences()).status).toBe(401);
	});

	test('a course is archived and comes back, and both are on record', async () => {
		const { id } = await makeCourse(db);
		const actor = await makeLearner(db);
		expect(await archiveCourse(db, id, true, actor)).toBe(true);
		expect(await offeredCourse(db, id)).toBeUndefined();
		expect(await archiveCourse(db, id, false, actor)).toBe(true);
		expect(await offeredCourse(db, id)).toMatchObject({ id });
		expect(await archiveCourse(db, crypto.randomUUID(), true, actor)).toBe(false);
		const noted = await db.read.select().from(db.tables.audit);
		expect(noted.filter((one) => one.subjectId === id).map(({ action }) => action)).toEqual([
			'cmi5-course.archived',
			'cmi5-course.restored',
		]);
	});
});
