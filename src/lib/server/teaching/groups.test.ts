import { asc, eq, gt } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import { isRefusal } from '../auth/outcome.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { addEducator, giveEducator, removeEducator } from './educators.ts';
import {
	addGroupEducator,
	changeGroup,
	createGroup,
	educatorsOfGroup,
	followedGroups,
	removeGroupEducator,
	setGroupArchived,
} from './groups.ts';
import { groupsOf, leaveGroup, listMembers, removeMember } from './members.ts';
import {
	changeOrganisation,
	createOrganisation,
	listOrganisations,
	organisationPage,
	setOrganisationArchived,
} from './organisations.ts';

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let world: World;
	let admin: string;
	/** How many deeds were on record when the test began. */
	let before: number;
	beforeAll(async () => {
		db = await open();
	}, 120_000);
	beforeEach(async () => {
		world = await makeWorld(db, 'tiny');
		admin = world.ids.administrator;
		before = (await db.read.select().from(db.tables.audit)).length;
	});
	afterAll(() => db.close());

	const deeds = async () => {
		const { audit } = db.tables;
		const rows = await db.read
			.select()
			.from(audit)
			.where(gt(audit.seq, before))
			.orderBy(asc(audit.seq));
		return rows.map(({ action, actor }) => [action, actor]);
	};
	const roleOf = async (id: string) => {
		const { users } = db.tables;
		const [found] = await db.read.select().from(users).where(eq(users.id, id));
		return found!.role;
	};
	const emailOf = (who: keyof World['ids']) => `${who}-${world.ids[who]}@example.org`;
	const zone = 'Europe/Copenhagen';

	test('an organisation is made, renamed, archived and restored; each is on record', async () => {
		const made = await createOrganisation(db, admin, { name: 'Ærø Sygehus', timeZone: zone });
		if (isRefusal(made)) throw new Error(made.refused);
		expect(
			isRefusal(await createOrganisation(db, admin, { name: 'Ærø Sygehus', timeZone: zone })),
		).toBe(true);
		await changeOrganisation(db, admin, made.id, { name: 'Ærø', timeZone: 'America/Nuuk' });
		await setOrganisationArchived(db, admin, made.id, true);
		const asked = { search: 'ærø', page: 1 };
		expect((await listOrganisations(db, { ...asked, archived: false })).total).toBe(0);
		const archived = await listOrganisations(db, { ...asked, archived: true });
		expect(archived.organisations).toMatchObject([{ name: 'Ærø', timeZone: 'America/Nuuk' }]);
		await setOrganisationArchived(db, admin, made.id, false);
		expect((await listOrganisations(db, { ...asked, archived: false })).total).toBe(1);
		expect(await deeds()).toEqual(
			['created', 'changed', 'archived', 'restored'].map((what) => [`organisation.${what}`, admin]),
		);
		await expect(
			changeOrganisation(db, admin, 'nothing', { name: 'x', timeZone: zone }),
		).rejects.toMatchObject({ status: 404 });
	});

	test('figures of an organisation leave archived groups out', async () => {
		const { figures, educators, orphans } = await organisationPage(db, world.organisation);
		expect(figures).toEqual({ groups: 1, educators: 2, members: 1 });
		expect(educators.map(({ name }) => name)).toEqual(['colleague', 'educator']);
		expect(orphans).toEqual([]);
	});

	test('a learner who teaches is an educator here, until they teach nowhere', async () => {
		const { outsider } = world.ids;
		const [first, second] = [world.organisation, await organisationOf(world.elsewhere)];
		expect(await addEducator(db, admin, first, emailOf('outsider'))).toEqual({ name: 'outsider' });
		expect(isRefusal(await addEducator(db, admin, first, emailOf('outsider')))).toBe(true);
		expect(isRefusal(await addEducator(db, admin, first, 'nobody@example.org'))).toBe(true);
		await addEducator(db, admin, second, emailOf('outsider'));
		expect(await roleOf(outsider)).toBe('educator');
		await removeEducator(db, admin, first, outsider);
		expect(await roleOf(outsider)).toBe('educator');
		await removeEducator(db, admin, second, outsider);
		expect(await roleOf(outsider)).toBe('learner');
		await expect(removeEducator(db, admin, second, outsider)).rejects.toMatchObject({
			status: 404,
		});
		await addEducator(db, admin, first, emailOf('administrator'));
		await removeEducator(db, admin, first, admin);
		expect(await roleOf(admin)).toBe('administrator');
	});

	test('who is removed from an organisation follows its groups no more, also when they come back', async () => {
		const { educator } = world.ids;
		await removeEducator(db, admin, world.organisation, educator);
		const form = { name: 'x', stuckDays: 7 };
		await expect(changeGroup(db, educator, world.group, form)).rejects.toMatchObject({
			status: 404,
		});
		expect(await followedGroups(db, educator)).toEqual([]);
		await addEducator(db, admin, world.organisation, emailOf('educator'));
		expect(await followedGroups(db, educator)).toEqual([]);
		const { orphans } = await organisationPage(db, world.organisation);
		expect(orphans.map(({ id }) => id).sort()).toEqual([world.group, world.archived].sort());

		const wanted = { group: world.group, educator };
		const other = await organisationOf(world.elsewhere);
		await expect(giveEducator(db, admin, other, wanted)).rejects.toMatchObject({ status: 404 });
		await giveEducator(db, admin, world.organisation, wanted);
		expect((await followedGroups(db, educator)).map(({ id }) => id)).toEqual([world.group]);
	});

	test('an educator makes groups where they teach, and nowhere else', async () => {
		const { colleague, foreign, outsider } = world.ids;
		const form = { name: 'Hold 3', organisation: world.organisation };
		for (const actor of [foreign, outsider, admin])
			expect(isRefusal(await createGroup(db, actor, form))).toBe(true);
		const made = await createGroup(db, colleague, form);
		if (isRefusal(made)) throw new Error(made.refused);
		expect(await followedGroups(db, colleague)).toMatchObject([
			{ id: made.id, name: 'Hold 3', members: 0, isArchived: false },
		]);
	});

	test('only who follows a group changes it, and nobody while it is archived', async () => {
		const { educator, colleague, former, foreign } = world.ids;
		const form = { name: 'Nyt navn', stuckDays: 7 };
		for (const actor of [colleague, former, foreign, admin]) {
			const refused = { status: 404 };
			await expect(changeGroup(db, actor, world.group, form)).rejects.toMatchObject(refused);
			await expect(setGroupArchived(db, actor, world.group, true)).rejects.toMatchObject(refused);
			await expect(
				addGroupEducator(db, actor, world.group, world.ids.colleague),
			).rejects.toMatchObject(refused);
			await expect(removeMember(db, actor, world.group, world.ids.member)).rejects.toMatchObject(
				refused,
			);
		}
		await changeGroup(db, educator, world.group, form);
		await setGroupArchived(db, educator, world.group, true);
		await expect(changeGroup(db, educator, world.group, form)).rejects.toMatchObject({
			status: 403,
		});
		await expect(removeMember(db, educator, world.group, world.ids.member)).rejects.toMatchObject({
			status: 403,
		});
		await setGroupArchived(db, educator, world.group, false);
		expect((await followedGroups(db, educator)).find(({ id }) => id === world.group)).toMatchObject(
			{ name: 'Nyt navn', isArchived: false },
		);
	});

	test('a colleague may follow, too; somebody always does', async () => {
		const { educator, colleague, foreign } = world.ids;
		expect(isRefusal(await addGroupEducator(db, educator, world.group, foreign))).toBe(true);
		// Whoever was left behind follows nothing, and does not count.
		expect(isRefusal(await removeGroupEducator(db, educator, world.group, educator))).toBe(true);
		await addGroupEducator(db, educator, world.group, colleague);
		await removeGroupEducator(db, colleague, world.group, educator);
		const left = await educatorsOfGroup(db, db.read, world.group);
		expect(left.map(({ id }) => id)).toEqual([colleague]);
	});

	test('who is removed or leaves is gone from the group, and it is on record by whom', async () => {
		const { educator, member, outsider } = world.ids;
		const asked = { search: '', page: 1 };
		expect((await listMembers(db, world.group, asked)).total).toBe(1);
		expect((await listMembers(db, world.group, { search: 'MEMB', page: 1 })).total).toBe(1);
		expect((await listMembers(db, world.group, { search: 'else', page: 1 })).total).toBe(0);
		expect((await groupsOf(db, member)).map(({ isArchived }) => isArchived).sort()).toEqual([
			false,
			true,
		]);
		expect((await groupsOf(db, member)).find(({ id }) => id === world.group)!.educators).toEqual([
			'educator',
		]);
		await removeMember(db, educator, world.group, member);
		await expect(removeMember(db, educator, world.group, member)).rejects.toMatchObject({
			status: 404,
		});
		expect(await leaveGroup(db, member, world.group)).toBe(false);
		expect(await leaveGroup(db, outsider, world.archived)).toBe(false);
		expect(await leaveGroup(db, member, world.archived)).toBe(true);
		expect(await groupsOf(db, member)).toEqual([]);
		expect(await deeds()).toEqual([
			['member.removed', educator],
			['member.left', member],
		]);
	});

	test('a letter that came back is told, unless a later one arrived', async () => {
		const { letters } = db.tables;
		const email = emailOf('member');
		const letter = (kind: string, createdAt: Date, failed: boolean) => ({
			id: crypto.randomUUID(),
			to: email,
			kind,
			subject: 'x',
			createdAt,
			dueAt: createdAt,
			failures: 1,
			trouble: failed ? '550 no such mailbox' : null,
			sentAt: failed ? null : createdAt,
			failedAt: failed ? createdAt : null,
		});
		const bounced = async () =>
			(await listMembers(db, world.group, { search: '', page: 1 })).members[0]!.bounced;
		const add = (...rows: ReturnType<typeof letter>[]) =>
			db.tx((tx) => tx.insert(letters).values(rows));
		await add(letter('reset', new Date(2027, 1, 1), true));
		expect(await bounced()).toBeNull();
		await add(letter('invitation', new Date(2027, 1, 2), true));
		expect(await bounced()).toBe('550 no such mailbox');
		await add(letter('reminder', new Date(2027, 1, 3), false));
		expect(await bounced()).toBeNull();
	});

	async function organisationOf(groupId: string): Promise<string> {
		const { groups } = db.tables;
		const [found] = await db.read.select().from(groups).where(eq(groups.id, groupId));
		return found!.organisationId;
	}
});
