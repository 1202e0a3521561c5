import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StageInfo } from './package.ts';
import { StatementStore, type StoreRequest } from './store.ts';

const item = {
	id: 'https://x.example/au',
	title: 'Unit',
	href: 'unit.html?a=1',
	masteryScore: 0.8,
};
const info: StageInfo = {
	format: 'cmi5',
	title: 'Course',
	id: 'https://x.example/c',
	items: [item],
	name: 'a.zip',
	learner: { id: 'preview-1', name: 'Preview' },
};
const BASE = 'http://127.0.0.1:1/token/';
const VERB = 'http://adlnet.gov/expapi/verbs/';
const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/';

/** A session that was launched, with its token fetched. */
function launched(mode: 'normal' | 'browse' = 'normal', store = new StatementStore(info)) {
	const launch = new URL(store.launch({ item, mode, how: 'resumed' }, BASE)).searchParams;
	const { 'auth-token': token } = JSON.parse(store.fetch().body!) as { 'auth-token': string };
	const ask = (method: string, path: string, body: unknown = '', more = {}) => {
		const [resource = '', query] = path.split('?');
		return store.answer({
			method,
			resource,
			query: new URLSearchParams(query),
			headers: {
				authorization: `Basic ${token}`,
				'x-experience-api-version': '1.0.3',
				...more,
			},
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	};
	const state = (stateId: string) =>
		`activities/state?${new URLSearchParams({
			stateId,
			activityId: launch.get('activityId')!,
			agent: launch.get('actor')!,
			registration: launch.get('registration')!,
		}).toString()}`;
	const { contextTemplate } = JSON.parse(ask('GET', state('LMS.LaunchData')).body!) as {
		contextTemplate: { extensions: object };
	};
	const statement = (verb: string, result?: object, ...categories: string[]) => ({
		id: crypto.randomUUID(),
		actor: JSON.parse(launch.get('actor')!) as object,
		verb: { id: VERB + verb },
		object: { id: launch.get('activityId') },
		...(result ? { result } : {}),
		context: {
			registration: launch.get('registration'),
			extensions: contextTemplate.extensions,
			contextActivities: {
				category: ['cmi5', ...categories].map((one) => ({ id: CATEGORY + one })),
			},
		},
	});
	const complaints = (given: object) => {
		ask('POST', 'statements', given);
		const heard = store.heard.findLast((one) => one.kind === 'stated');
		return heard?.kind === 'stated' ? heard.complaints : [];
	};
	return { store, launch, ask, state, statement, complaints };
}

describe('a launch', () => {
	test('tells units apart though they were read anew', () => {
		const two = { ...item, id: 'https://x.example/au/2' };
		const store = new StatementStore({ ...info, items: [item, two] });
		const of = (one: typeof item) =>
			new URL(store.launch({ item: { ...one }, mode: 'normal', how: 'new' }, BASE)).searchParams;
		expect(of(item).get('activityId')).not.toBe(of(two).get('activityId'));
	});

	test('keeps the address of the unit and adds what cmi5 asks for', () => {
		const { launch, ask, state } = launched();
		expect(launch.get('a')).toBe('1');
		expect(launch.get('endpoint')).toBe(`${BASE}xapi/`);
		expect(JSON.parse(ask('GET', state('LMS.LaunchData')).body!)).toMatchObject({
			launchMode: 'Normal',
			masteryScore: 0.8,
			moveOn: 'NotApplicable',
		});
	});

	test('gives its token once, and an error with status 200 afterwards', () => {
		const { store } = launched();
		expect(store.fetch()).toMatchObject({ status: 200 });
		expect(JSON.parse(store.fetch().body!)).toMatchObject({ 'error-code': '1' });
	});

	test('resumes an attempt with its state, or without what was lost', () => {
		const first = launched();
		first.ask('PUT', first.state('place'), '"here"');
		const second = launched('normal', first.store);
		expect(second.launch.get('registration')).toBe(first.launch.get('registration'));
		expect(second.ask('GET', second.state('place')).body).toBe('"here"');
		second.store.launch({ item, mode: 'normal', how: 'lost' }, BASE);
		expect(Object.keys(second.store.documents())).toEqual(['LMS.LaunchData']);
	});
});

describe('the store', () => {
	test('refuses without version or token', () => {
		const { ask } = launched();
		expect(ask('GET', 'statements', '', { 'x-experience-api-version': undefined }).status).toBe(
			400,
		);
		expect(ask('GET', 'statements', '', { authorization: 'Basic x' }).status).toBe(401);
	});

	test('takes a statement once, and gives it back', () => {
		const { ask, statement, store } = launched();
		const one = statement('initialized');
		expect(JSON.parse(ask('POST', 'statements', [one]).body!)).toEqual([one.id]);
		ask('POST', 'statements', one);
		expect(store.heard.filter(({ kind }) => kind === 'stated')).toHaveLength(1);
		expect(JSON.parse(ask('GET', `statements?statementId=${one.id}`).body!)).toMatchObject(one);
	});

	test('takes all of a batch or nothing, and says what is wrong', () => {
		const { ask, statement } = launched();
		const wrong = { ...statement('completed'), result: { score: { scaled: 2 } } };
		const good = statement('initialized');
		const { status, body } = ask('POST', 'statements', [good, wrong]);
		expect([status, body]).toEqual([400, expect.stringContaining('result.score.scaled')]);
		expect(ask('GET', `statements?statementId=${good.id}`).status).toBe(404);
	});

	test('keeps documents, merges JSON, and guards profiles against being overwritten unseen', () => {
		const { ask, state } = launched();
		ask('PUT', state('a'), { x: 1 });
		ask('POST', state('a'), { y: 2 });
		expect(JSON.parse(ask('GET', state('a')).body!)).toEqual({ x: 1, y: 2 });
		const profile = `agents/profile?profileId=p&agent=${encodeURIComponent('{"mbox":"mailto:a@b.c"}')}`;
		expect(ask('PUT', profile, '1').status).toBe(204);
		expect(ask('PUT', profile, '2').status).toBe(409);
		const { etag } = ask('GET', profile).headers!;
		expect(ask('PUT', profile, '2', { 'if-match': etag }).status).toBe(204);
		expect(ask('PUT', profile, '3', { 'if-match': etag }).status).toBe(412);
	});

	test('answers anything, and never throws', () => {
		const { store } = launched();
		fc.assert(
			fc.property(
				fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'X'),
				fc.constantFrom('statements', 'activities/state', 'agents/profile', 'about', ''),
				fc.string(),
				fc.oneof(fc.string(), fc.json()),
				(method, resource, name, body) => {
					const request: StoreRequest = {
						method,
						resource,
						query: new URLSearchParams({ stateId: name, agent: body }),
						headers: { 'x-experience-api-version': '1.0.3' },
						body,
					};
					store.launch({ item, mode: 'normal', how: 'new' }, BASE);
					const { 'auth-token': secret } = JSON.parse(store.fetch().body!) as Record<
						string,
						string
					>;
					request.headers.authorization = `Basic ${secret}`;
					expect(store.answer(request).status).toBeGreaterThanOrEqual(200);
				},
			),
		);
	});
});

describe('statements are measured by cmi5', () => {
	const completed = { completion: true, duration: 'PT1S' };
	test('and a right session has no complaints', () => {
		const { statement, complaints } = launched();
		expect(complaints(statement('initialized'))).toEqual([]);
		expect(complaints(statement('completed', completed, 'moveon'))).toEqual([]);
		const passed = { success: true, score: { scaled: 0.8 }, duration: 'PT1S' };
		expect(complaints(statement('passed', passed, 'moveon'))).toEqual([]);
		expect(complaints(statement('terminated', { duration: 'PT9S' }))).toEqual([]);
	});

	test.each([
		['before "initialized"', 'completed', completed, ['moveon'], '9.3.2'],
		['without duration', 'terminated', {}, [], '9.5.4'],
		['without the moveOn category', 'completed', completed, [], '9.6.2.2'],
		[
			'with a score where none belongs',
			'completed',
			{ ...completed, score: { scaled: 1 } },
			['moveon'],
			'9.5.1',
		],
		[
			'passed below the mastery score',
			'passed',
			{ success: true, score: { scaled: 0.5 } },
			['moveon'],
			'9.3.4',
		],
		['with a verb that is not its own', 'answered', undefined, [], '9.3'],
	] as const)('%s', (_, verb, result, categories, section) => {
		const { statement, complaints } = launched();
		if (section !== '9.3.2') complaints(statement('initialized'));
		const found = complaints(statement(verb, result, ...categories));
		expect(found.some((one) => one.includes(`(${section})`))).toBe(true);
	});

	test('but what a lesson in it begins and ends is its own affair', () => {
		const { statement, complaints } = launched();
		const ofLesson = (verb: string) => {
			const one = statement(verb);
			return { ...one, context: { ...one.context, contextActivities: {} } };
		};
		complaints(statement('initialized'));
		expect(complaints(ofLesson('initialized'))).toEqual([]);
		expect(complaints(ofLesson('terminated'))).toEqual([]);
		expect(complaints(statement('terminated', { duration: 'PT9S' }))).toEqual([]);
		expect(complaints(ofLesson('terminated')).join()).toContain('9.3.8');
	});

	test('once for each attempt, and no "failed" after "passed"', () => {
		const first = launched();
		first.complaints(first.statement('initialized'));
		first.complaints(first.statement('passed', { success: true, duration: 'PT1S' }, 'moveon'));
		const second = launched('normal', first.store);
		second.complaints(second.statement('initialized'));
		expect(
			second.complaints(second.statement('failed', { success: false }, 'moveon')).join(),
		).toContain('9.3.5');
		expect(
			second.complaints(second.statement('passed', { success: true }, 'moveon')).join(),
		).toContain('9.3.4');
	});

	test('who only looks around says nothing but that they came and went', () => {
		const { statement, complaints } = launched('browse');
		expect(complaints(statement('initialized'))).toEqual([]);
		expect(complaints(statement('completed', completed, 'moveon')).join()).toContain('10.2.2');
	});
});
