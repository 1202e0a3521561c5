import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { loadCourse } from '../../../authoring/loader.ts';
import { everything } from '../../../../tests/support/everything.ts';
import { makeWorld, type Role, type World } from '../../../../tests/support/world.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { store } from '../learning/events.ts';
import { activitiesResource, activityResource } from './activities.ts';
import { groupResource, groupsResource } from './groups.ts';
import { learnerResource, learnersResource } from './learners.ts';
import { openApi } from './openapi.ts';
import { RESOURCES } from './registry.ts';
import type { Resource } from './resource.ts';
import {
	createApiToken,
	listApiTokens,
	MOST_TOKENS,
	readApiToken,
	revokeApiToken,
} from './tokens.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const now = new Date('2027-03-01T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
/** PostgreSQL in WebAssembly takes its time to start on a busy machine. */
const START = 60_000;

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let world: World;
	beforeAll(async () => {
		db = await open();
		world = await makeWorld(db, course.id);
		const events = everything(course).map((event) => ({ course, event }));
		await db.tx((tx) => store(db, tx, world.ids.member, events, now));
	}, START);
	afterAll(() => db.close());

	/** An answer as a program gets it, which is held against its description. */
	async function ask<Query extends v.GenericSchema, Answer extends v.GenericSchema>(
		{ query, answer, read }: Resource<Query, Answer>,
		{ as = 'educator', params = {}, given = {} }: Asking = {},
	): Promise<v.InferOutput<Answer>> {
		const told = await read({
			...{ db, courses: [course], userId: world.ids[as], params, language: 'en', now },
			query: v.parse(query, given),
		});
		return v.parse(answer, JSON.parse(JSON.stringify(told)));
	}
	interface Asking {
		as?: Exclude<Role, 'visitor'>;
		params?: Record<string, string>;
		given?: Record<string, string>;
	}

	test('groups are those that the user follows, also an archived one', async () => {
		const { groups } = await ask(groupsResource);
		expect(groups.map(({ id }) => id).sort()).toEqual([world.group, world.archived].sort());
		expect(groups[0]).toMatchObject({ members: 1, stuckDays: 14 });
		for (const as of ['colleague', 'former', 'administrator', 'member'] as const)
			expect(await ask(groupsResource, { as })).toEqual({ groups: [] });
	});

	test('a group tells what is asked of it and what courses consist of', async () => {
		const group = await ask(groupResource, { params: { group: world.group } });
		expect(group.assignments).toMatchObject([{ id: world.assignment, scope: 'course', round: 0 }]);
		expect(group.courses).toMatchObject([
			{ id: 'tiny', title: 'Tiny course', finalTest: true, lessons: [{ id: 'hello' }, {}] },
		]);
	});

	test('learners and their lessons, as described', async () => {
		const params = { group: world.group };
		const { of, learners, next } = await ask(learnersResource, { params });
		expect({ of, next }).toEqual({ of: world.assignment, next: null });
		expect(learners).toMatchObject([
			{ id: world.ids.member, status: 'done', score: 100, units: [{ id: 'hello' }, {}, {}] },
		]);
		const asked = { params, given: { of: 'course:tiny', limit: '1' } };
		expect(await ask(learnersResource, asked)).toMatchObject({ of: 'course:tiny', next: null });
		await expect(
			ask(learnersResource, { params, given: { of: 'course:none' } }),
		).rejects.toMatchObject({ status: 404 });
	});

	test('read on by cursor, everybody comes once', async () => {
		const { members, users } = db.tables;
		const ids = Array.from({ length: 7 }, () => crypto.randomUUID());
		const person = { name: '', role: 'learner', isGuest: false, language: 'da' } as const;
		await db.tx(async (tx) => {
			await tx.insert(users).values(ids.map((id) => ({ ...person, id, createdAt: now })));
			await tx
				.insert(members)
				.values(ids.map((userId) => ({ groupId: world.group, userId, joinedAt: now })));
		});
		const seen: string[] = [];
		let cursor: string | null = null;
		do {
			const given: Record<string, string> = cursor ? { limit: '3', cursor } : { limit: '3' };
			const answer: { learners: { id: string }[]; next: string | null } = await ask(
				learnersResource,
				{ params: { group: world.group }, given },
			);
			seen.push(...answer.learners.map(({ id }) => id));
			cursor = answer.next;
		} while (cursor);
		expect(seen).toEqual([...ids, world.ids.member].sort());
	});

	test('one learner, as described', async () => {
		const params = { group: world.group, learner: world.ids.member };
		const learner = await ask(learnerResource, { params });
		expect(learner).toMatchObject({
			name: 'member',
			assignments: [{ standing: 'done', unitsDone: 3, units: 3 }],
			courses: [{ finalTest: { best: 100, attempts: [{ percent: 0 }, { percent: 100 }] } }],
		});
	});

	test('activities and each of them, as described', async () => {
		const group = { group: world.group };
		const { activities } = await ask(activitiesResource, { params: group });
		expect(activities.map(({ kind }) => kind)).toContain('vignette');
		for (const { lesson, step, kind } of activities) {
			const one = await ask(activityResource, { params: { ...group, lesson, step } });
			expect(one).toMatchObject({ lesson, step, activity: kind });
			// One person's confidence is nobody else's business.
			if (one.kind === 'confidence') expect(one).toMatchObject({ people: 1, statements: null });
			if (one.kind === 'vignette') expect(one).toMatchObject({ played: 1 });
			if (one.kind === 'items') expect(one.items.some(({ answered }) => answered === 1)).toBe(true);
		}
		for (const given of [{ course: 'none' }, {}] as Record<string, string>[])
			await expect(
				ask(activityResource, { params: { ...group, lesson: 'none', step: 'none' }, given }),
			).rejects.toMatchObject({ status: 404 });
	});

	test.each(['colleague', 'former', 'foreign', 'administrator', 'member', 'outsider'] as const)(
		'what the user may not see does not exist: %s',
		async (as) => {
			const place = { lesson: 'hello', step: 'check' };
			const params = { group: world.group, learner: world.ids.member, ...place };
			for (const one of RESOURCES.filter(({ path }) => path.includes('{group}')))
				await expect(ask(one, { as, params })).rejects.toMatchObject({ status: 404 });
		},
	);

	test('somebody who is in no group of theirs does not exist', async () => {
		const params = { group: world.group, learner: world.ids.outsider };
		await expect(ask(learnerResource, { params })).rejects.toMatchObject({ status: 404 });
	});

	test('a token opens until it expires, is revoked or its owner is disabled', async () => {
		const { audit, apiTokens, users } = db.tables;
		const owner = world.ids.educator;
		const made = (await createApiToken(db, owner, { name: 'Tal', days: 30 }, now))!;
		const read = (at = now, token = made.token) => readApiToken(db, token, at);
		expect(await read()).toEqual({ id: made.id, userId: owner });
		const [row] = await db.read.select().from(apiTokens).where(eq(apiTokens.id, made.id));
		expect(row).toMatchObject({ usedAt: now });
		expect(JSON.stringify(row)).not.toContain(made.token.split('.')[1]);

		for (const wrong of ['', 'x', `${made.id}.x`, `${made.token}.x`, `x.${made.token}`])
			expect(await read(now, wrong)).toBeUndefined();
		expect(await read(new Date(now.getTime() + 30 * DAY - 1))).toBeDefined();
		expect(await read(new Date(now.getTime() + 30 * DAY))).toBeUndefined();

		const disable = (disabledAt: Date | null) =>
			db.tx((tx) => tx.update(users).set({ disabledAt }).where(eq(users.id, owner)));
		await disable(now);
		expect(await read()).toBeUndefined();
		await disable(null);

		expect(await revokeApiToken(db, world.ids.colleague, made.id)).toBe(false);
		expect(await read()).toBeDefined();
		expect(await revokeApiToken(db, owner, made.id)).toBe(true);
		expect(await read()).toBeUndefined();
		const deeds = await db.read
			.select({ action: audit.action })
			.from(audit)
			.where(and(eq(audit.actor, owner), eq(audit.subjectId, made.id)));
		expect(deeds.map(({ action }) => action)).toEqual(['token.created', 'token.revoked']);
	});

	test('nobody keeps more tokens than they can keep an eye on', async () => {
		const owner = world.ids.foreign;
		const make = () => createApiToken(db, owner, { name: 'x', days: 30 }, now);
		for (let n = 0; n < MOST_TOKENS; n++) expect(await make()).toBeDefined();
		expect(await make()).toBeUndefined();
		expect(await listApiTokens(db, owner)).toHaveLength(MOST_TOKENS);
	});
});

test('the description names every address, its parameters and what comes back', () => {
	const { paths, components, openapi } = openApi('https://kursus.example.dk') as {
		openapi: string;
		paths: Record<string, { get: Operation }>;
		components: Record<string, Record<string, unknown>>;
	};
	interface Operation {
		operationId: string;
		parameters: { name: string; in: string }[];
		responses: Record<string, { content?: unknown; $ref?: string }>;
	}
	expect(openapi).toBe('3.1.0');
	const operations = Object.entries(paths);
	expect(operations).toHaveLength(RESOURCES.length);
	expect(new Set(operations.map(([, { get }]) => get.operationId)).size).toBe(RESOURCES.length);
	for (const [path, { get }] of operations) {
		const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
		const declared = get.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
		expect(declared).toEqual(named);
		expect(get.responses['200']!.content).toBeDefined();
		for (const { $ref } of Object.values(get.responses))
			if ($ref) expect(components.responses).toHaveProperty($ref.split('/').at(-1)!);
		const route = path.replaceAll('{', '[').replaceAll('}', ']');
		expect(existsSync(`src/routes/api/v1${route}/+server.ts`), path).toBe(true);
	}
	const learners = paths['/groups/{group}/learners']!.get.parameters.map(({ name }) => name);
	expect(learners).toEqual(['group', 'of', 'limit', 'cursor']);
});
