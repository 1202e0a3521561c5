import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leaveTraces, REFERRING, tracesOf, type Person } from '../../../../tests/support/traces.ts';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { groupsFollowedAlone } from '../teaching/unattended.ts';
import { deleteAccount } from './accounts.ts';
import { forget } from './forget.ts';
import { sweepGuests } from './guests.ts';
import { createSession, sweepSessions, type SessionUser } from './sessions.ts';

const HOUR = 60 * 60 * 1000;
const now = new Date('2027-03-01T12:00:00Z');

function someone(): Person {
	const id = crypto.randomUUID();
	return { id, email: `${id.slice(0, 8)}@example.org` };
}

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterAll(() => db.close());

	test('who is deleted is nowhere but in the audit log, and takes nothing of others along', async () => {
		const [me, other] = [someone(), someone()];
		await leaveTraces(db, me);
		await leaveTraces(db, other);
		expect(await tracesOf(db, me)).toEqual(
			expect.arrayContaining(['users', 'letters', 'invitations', ...Object.keys(REFERRING)]),
		);
		const before = await tracesOf(db, other);
		await db.tx((tx) => forget(db, tx, [me.id]));
		expect(await tracesOf(db, me)).toEqual(['audit']);
		expect(await tracesOf(db, other)).toEqual(before);
	});

	test('a guest whose session has ended goes with everything; others stay', async () => {
		const [gone, back, seated, member] = [someone(), someone(), someone(), someone()];
		const guests = [gone, back, seated];
		for (const one of [...guests, member]) {
			await leaveTraces(db, one);
			await db.tx(async (tx) => {
				const { seats, sessions, users } = db.tables;
				await tx.delete(sessions).where(eq(sessions.userId, one.id));
				if (one !== seated) await tx.delete(seats).where(eq(seats.userId, one.id));
				const isGuest = guests.includes(one);
				const email = isGuest ? null : one.email;
				await tx.update(users).set({ isGuest, email }).where(eq(users.id, one.id));
				const lasting = one === back ? 2 * HOUR : HOUR;
				await createSession(tx, db.tables, { id: one.id, isGuest }, now, lasting);
			});
		}
		await sweepSessions(db, now);
		expect(await sweepGuests(db)).toBe(0);
		await sweepSessions(db, new Date(now.getTime() + 1.5 * HOUR));
		expect(await sweepGuests(db)).toBe(1);
		const ids = (await db.read.select().from(db.tables.users)).map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining([back.id, seated.id, member.id]));
		// Nobody had written to this guest: what was made up for the test is by address only.
		expect(await tracesOf(db, { ...gone, email: gone.id })).toEqual(['audit']);
	});
});

describe('an educator', () => {
	let db: Database;
	let world: World;
	beforeAll(async () => {
		db = await openTestSqlite();
		world = await makeWorld(db, 'tiny');
	}, 60_000);
	afterAll(() => db.close());

	const userOf = async (id: string): Promise<SessionUser> => {
		const [found] = await db.read.select().from(db.tables.users).where(eq(db.tables.users.id, id));
		// Nobody in this world has a password; a guest is asked for none.
		return { ...found!, isGuest: true };
	};

	test('is told of the groups that nobody else follows, archived ones left out', async () => {
		const alone = await groupsFollowedAlone(db, db.read, world.ids.educator);
		expect(alone.map(({ id }) => id)).toEqual([world.group]);
		expect(await groupsFollowedAlone(db, db.read, world.ids.colleague)).toEqual([]);
		// Who was removed from the organisation does not follow, whatever was left behind.
		expect(await groupsFollowedAlone(db, db.read, world.ids.former)).toEqual([]);
		await db.tx((tx) =>
			tx
				.insert(db.tables.groupEducators)
				.values({ groupId: world.group, userId: world.ids.colleague, createdAt: now }),
		);
		expect(await groupsFollowedAlone(db, db.read, world.ids.educator)).toEqual([]);
	});

	test('leaves the group to its members', async () => {
		await deleteAccount(db, await userOf(world.ids.educator), '', now);
		const { groups, members } = db.tables;
		const left = await db.read.select().from(groups).where(eq(groups.id, world.group));
		expect(left).toHaveLength(1);
		expect(
			await db.read.select().from(members).where(eq(members.groupId, world.group)),
		).toHaveLength(1);
	});
});
