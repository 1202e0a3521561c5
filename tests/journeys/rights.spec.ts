import { createApiToken } from '../../src/lib/server/api/tokens.ts';
import { makeBackup } from '../../src/lib/server/backup/backups.ts';
import { createSession } from '../../src/lib/server/auth/sessions.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import { createDispatch } from '../../src/lib/server/dispatch/dispatches.ts';
import { ownKey, secretBox, type SecretBox } from '../../src/lib/server/secret-box.ts';
import { newToken } from '../../src/lib/server/teaching/invitation-token.ts';
import { makeCertificate } from '../support/certificate.ts';
import { PLACES, ruleOf, withoutDoor, type Answer, type Place } from '../support/rights.ts';
import { doors, type Door } from '../support/routes.ts';
import type { Running } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { databaseOf, makeWorld, ROLES, type Role, type World } from '../support/world.ts';

const DOORS = doors();

test('every door of the server has a rule that says who may use it, and every rule a door', () => {
	expect(DOORS.length).toBeGreaterThan(60);
	const unruled = DOORS.filter((door) => !ruleOf(door)).map(({ route, how }) => `${how} ${route}`);
	expect(unruled, 'doors without a line in tests/support/rights.ts').toEqual([]);
	expect(withoutDoor(DOORS), 'lines in tests/support/rights.ts without a door').toEqual([]);
});

interface Ask {
	door: Door;
	role: Role;
	place: Place;
	wanted: Answer;
	cookie: string;
	/** Of the API. */
	key: string | undefined;
}

test('every door answers every role as its rule says', async ({ tiny }) => {
	const db = databaseOf(tiny);
	const world = await makeWorld(db, 'tiny');
	const params = await paramsOf(db, tiny, world);
	const keys = await keysOf(db, world);
	const asks: Ask[] = [];
	for (const door of DOORS) {
		const rule = ruleOf(door)!;
		for (const place of rule.everywhere ? PLACES : (['own'] as const))
			for (const role of ROLES) {
				const wanted = rule.answer(role, place);
				if (rule.doesAtOnce && wanted === 'in') continue;
				const cookie = rule.spends ? await ownSession(db, world, role) : world.cookies[role];
				asks.push({
					door,
					role,
					place,
					wanted,
					cookie,
					key: rule.byKey ? keys.get(role) : undefined,
				});
			}
	}
	const before = await whatMatters(db);
	const failures: string[] = [];
	await atOnce(12, asks, async (ask) => {
		const address = fill(ask.door.route, { ...params(ask.door), group: groupOf(world, ask.place) });
		const got = await request(tiny.origin, address, ask);
		if (got !== ask.wanted)
			failures.push(
				`${ask.door.how} ${ask.door.route} as ${ask.role}${ask.place === 'own' ? '' : ` (${ask.place})`}: should be ${ask.wanted}, is ${got}`,
			);
	});
	expect(failures.sort(), `${failures.length} of ${asks.length}`).toEqual([]);
	expect(asks.length).toBeGreaterThan(500);
	expect(await whatMatters(db), 'an empty request has changed something').toEqual(before);
	await db.close();
});

/** What stands in addresses. Every name of a parameter that any route has needs a value here. */
async function paramsOf(db: Database, { dataDir, origin }: Running, world: World) {
	const box = secretBox(ownKey(undefined, dataDir));
	const dispatch = await createDispatch(
		db,
		box,
		{
			name: 'An LMS',
			course: 'tiny',
			languages: ['da', 'en'],
			seats: null,
			expiresAt: null,
			origins: [],
		},
		null,
	);
	const backup = await makeBackup(
		{ db, config: { DATA_DIR: dataDir, SECRET_KEY: undefined } },
		null,
	);
	const certificate = await makeCertificate(db, world.ids.member);
	const join = await makeExpiredLink(db, box, world);
	// The first badge makes the key that signs it.
	const headers = { cookie: world.cookies.member };
	await fetch(`${origin}/en/certificates/${certificate.id}/badge`, { headers });
	const published = await fetch(`${origin}/.well-known/jwks.json`);
	const [key] = ((await published.json()) as { keys: { kid: string }[] }).keys;
	const values = {
		lang: 'en',
		course: 'tiny',
		lesson: 'hello',
		step: 'check',
		metaphor: 'kettle',
		lms: 'moodle',
		token: 'no.token',
		dispatch: dispatch.id,
		format: 'scorm12',
		file: 'index.html',
		rest: 'nowhere/at/all',
		backup: 'name' in backup ? backup.name : '',
		organisation: world.organisation,
		assignment: world.assignment,
		learner: world.ids.member,
		table: 'members',
		certificate: certificate.id,
		code: certificate.code,
		key: key!.kid.split('/').at(-1)!,
	};
	return ({ route }: Door): Record<string, string> => ({
		...values,
		...(route.includes('/join/') ? { token: join } : {}),
		...(route.includes('/export/') ? { format: 'csv' } : {}),
		// One that knows every method.
		...(route.startsWith('/xapi/') ? { resource: 'activities/state' } : {}),
	});
}

/** A key of the API for each who has an account, whatever it may be good for. */
async function keysOf(db: Database, { ids }: World): Promise<Map<Role, string>> {
	const keys = new Map<Role, string>();
	for (const [role, id] of Object.entries(ids)) {
		if (role === 'guest') continue;
		const made = await createApiToken(db, id, { name: role, days: 30 });
		keys.set(role as Role, made!.token);
	}
	return keys;
}

async function makeExpiredLink(db: Database, box: SecretBox, { group }: World): Promise<string> {
	const { id, token, secretHash } = newToken();
	await db.tx((tx) =>
		tx.insert(db.tables.invitations).values({
			...{ id, secretHash, groupId: group, kind: 'link', language: 'en', used: 0 },
			tokenSealed: box.seal(token),
			createdAt: new Date('2026-01-01T00:00:00Z'),
			expiresAt: new Date('2026-02-01T00:00:00Z'),
		}),
	);
	return token;
}

function groupOf(world: World, place: Place): string {
	return { own: world.group, archived: world.archived, elsewhere: world.elsewhere }[place];
}

/** `/[lang=lang]/teach/[group]` with its values. */
function fill(route: string, values: Record<string, string>): string {
	return route.replaceAll(/\[+(?:\.\.\.)?(\w+)(?:=\w+)?\]+/g, (_, name: string) => {
		const value = values[name];
		if (value === undefined)
			throw new Error(`${route}: say in paramsOf() what stands for "${name}"`);
		return value;
	});
}

/** Asks with nothing in hand, so that who is let in is told what is missing, and nothing happens. */
async function request(
	origin: string,
	address: string,
	{ door: { how }, cookie, key }: Ask,
): Promise<Answer | number | string> {
	const isAction = how.startsWith('?');
	const isForm = isAction || how === 'GET';
	const response = await fetch(origin + address + (isAction && how !== '?' ? how : ''), {
		method: isAction ? 'POST' : how,
		headers: {
			origin,
			cookie,
			accept: 'text/html',
			...(key ? { authorization: `Bearer ${key}` } : {}),
			...(how === 'GET'
				? {}
				: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
		},
		...(how === 'GET' ? {} : { body: isForm ? '' : '{}' }),
		redirect: 'manual',
	});
	await response.body?.cancel();
	const to = response.headers.get('location') ?? '';
	if (/^\/\w\w\/login$/.test(to)) return 'login';
	const isRefused = [401, 403, 404, 405].includes(response.status) || response.status >= 500;
	return isRefused ? response.status : 'in';
}

async function ownSession(db: Database, world: World, role: Role): Promise<string> {
	if (role === 'visitor') return '';
	const { token } = await db.tx((tx) =>
		createSession(tx, db.tables, { id: world.ids[role], isGuest: role === 'guest' }),
	);
	return `session=${token}`;
}

/** Everything that somebody would miss. Backups are made by a request that needs nothing. */
async function whatMatters({ read, tables }: Database) {
	const { assignments, destinations, dispatches, educators, groupEducators } = tables;
	const { groups, members, organisations, users } = tables;
	return {
		users: await read.select().from(users),
		organisations: await read.select().from(organisations),
		educators: await read.select().from(educators),
		groups: await read.select().from(groups),
		groupEducators: await read.select().from(groupEducators),
		members: await read.select().from(members),
		assignments: await read.select().from(assignments),
		destinations: await read.select().from(destinations),
		dispatches: await read.select().from(dispatches),
	};
}

async function atOnce<T>(many: number, all: T[], each: (one: T) => Promise<void>): Promise<void> {
	const left = all.values();
	await Promise.all(
		Array.from({ length: many }, async () => {
			for (const one of left) await each(one);
		}),
	);
}
