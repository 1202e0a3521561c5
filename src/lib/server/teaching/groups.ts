import { error } from '@sveltejs/kit';
import { and, asc, count, eq, inArray, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import { followedGroup, groupToChange, organisationsOf } from './rights.ts';

/** Days without progress after which a member of a new group counts as stuck. */
const USUAL_STUCK_DAYS = 14;

const name = v.pipe(
	v.string(),
	v.trim(),
	v.nonEmpty(() => m.teach_group_name_missing()),
	v.maxLength(100, () => m.teach_group_name_long()),
);
const id = v.pipe(v.string(), v.maxLength(64));

/** What the forms about groups send. Messages are in the language of the request. */
export const groupForms = {
	create: v.object({ name, organisation: id }),
	change: v.object({
		name,
		stuckDays: v.pipe(
			v.string(),
			v.trim(),
			v.check(
				(text) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 365,
				() => m.teach_group_stuck_wrong(),
			),
			v.transform(Number),
		),
	}),
	person: v.object({ person: id }),
};

/** The groups that somebody follows, by name, with how many are in each. */
export async function followedGroups(db: Database, userId: string) {
	const { educators, groupEducators, groups, members, organisations } = db.tables;
	const found = await db.read
		.select({ group: groups, organisation: organisations.name })
		.from(groupEducators)
		.innerJoin(groups, eq(groups.id, groupEducators.groupId))
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.innerJoin(
			educators,
			and(eq(educators.organisationId, groups.organisationId), eq(educators.userId, userId)),
		)
		.where(and(eq(groupEducators.userId, userId), isNull(organisations.archivedAt)))
		.orderBy(asc(groups.name), asc(groups.id));
	const ids = found.map(({ group }) => group.id);
	const counted =
		ids.length === 0
			? []
			: await db.read
					.select({ id: members.groupId, count: count() })
					.from(members)
					.where(inArray(members.groupId, ids))
					.groupBy(members.groupId);
	const counts = new Map(counted.map((row) => [row.id, row.count]));
	return found.map(({ group, organisation }) => ({
		id: group.id,
		name: group.name,
		organisation,
		members: counts.get(group.id) ?? 0,
		isArchived: group.archivedAt !== null,
	}));
}

/** A new group; who makes it follows it. */
export async function createGroup(
	db: Database,
	actor: string,
	form: v.InferOutput<typeof groupForms.create>,
	now = new Date(),
): Promise<Outcome<{ id: string }>> {
	const { groupEducators, groups } = db.tables;
	const groupId = crypto.randomUUID();
	return db.tx(async (tx) => {
		const mine = await organisationsOf(db, tx, actor);
		const organisation = mine.find((one) => one.id === form.organisation);
		if (!organisation) return { refused: m.teach_group_no_organisation(), field: 'organisation' };
		await tx.insert(groups).values({
			id: groupId,
			organisationId: organisation.id,
			name: form.name,
			stuckDays: USUAL_STUCK_DAYS,
			createdAt: now,
		});
		await tx.insert(groupEducators).values({ groupId, userId: actor, createdAt: now });
		const details = { organisationId: organisation.id };
		const on = ['group', groupId] as const;
		await note(db, tx, { actor, action: 'group.created', on, details }, now);
		return { id: groupId };
	});
}

/** @throws 404 to who does not follow it, 403 when it is archived */
export async function changeGroup(
	db: Database,
	actor: string,
	groupId: string,
	form: v.InferOutput<typeof groupForms.change>,
	now = new Date(),
): Promise<{ done: true }> {
	const { groups } = db.tables;
	return db.tx(async (tx) => {
		const { group } = await groupToChange(db, tx, actor, groupId);
		await tx.update(groups).set(form).where(eq(groups.id, groupId));
		const details = { renamed: group.name !== form.name, stuckDays: form.stuckDays };
		const on = ['group', groupId] as const;
		await note(db, tx, { actor, action: 'group.changed', on, details }, now);
		return { done: true };
	});
}

/** An archived group is only looked at, asks nobody for anything, and can be had back. @throws 404 */
export async function setGroupArchived(
	db: Database,
	actor: string,
	groupId: string,
	archived: boolean,
	now = new Date(),
): Promise<{ done: true }> {
	const { groups } = db.tables;
	return db.tx(async (tx) => {
		const { group } = await followedGroup(db, tx, actor, groupId);
		if ((group.archivedAt !== null) === archived) return { done: true };
		const archivedAt = archived ? now : null;
		await tx.update(groups).set({ archivedAt }).where(eq(groups.id, groupId));
		const action = archived ? 'group.archived' : 'group.restored';
		await note(db, tx, { actor, action, on: ['group', groupId] }, now);
		return { done: true };
	});
}

/** Who follows a group, by name: its own educators who still teach in its organisation. */
export async function educatorsOfGroup(db: Pick<Database, 'tables'>, queries: Queries, id: string) {
	const { educators, groupEducators, groups, users } = db.tables;
	return queries
		.select({ id: users.id, name: users.name, email: users.email })
		.from(groupEducators)
		.innerJoin(groups, eq(groups.id, groupEducators.groupId))
		.innerJoin(
			educators,
			and(
				eq(educators.organisationId, groups.organisationId),
				eq(educators.userId, groupEducators.userId),
			),
		)
		.innerJoin(users, eq(users.id, groupEducators.userId))
		.where(eq(groupEducators.groupId, id))
		.orderBy(asc(users.name), asc(users.id));
}

/** Educators of an organisation, by name: whom one may ask to follow a group, too. */
export async function colleagues(db: Database, organisationId: string) {
	const { educators, users } = db.tables;
	return db.read
		.select({ id: users.id, name: users.name })
		.from(educators)
		.innerJoin(users, eq(users.id, educators.userId))
		.where(and(eq(educators.organisationId, organisationId), isNull(users.disabledAt)))
		.orderBy(asc(users.name), asc(users.id));
}

/** @throws 404 to who does not follow it, 403 when it is archived */
export async function addGroupEducator(
	db: Database,
	actor: string,
	groupId: string,
	userId: string,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	const { educators, groupEducators } = db.tables;
	return db.tx(async (tx) => {
		const { organisation } = await groupToChange(db, tx, actor, groupId);
		const [colleague] = await tx
			.select()
			.from(educators)
			.where(and(eq(educators.organisationId, organisation.id), eq(educators.userId, userId)));
		if (!colleague) return { refused: m.teach_people_no_colleague(), field: 'person' };
		const added = await tx
			.insert(groupEducators)
			.values({ groupId, userId, createdAt: now })
			.onConflictDoNothing()
			.returning({ id: groupEducators.userId });
		const on = ['group', groupId] as const;
		const details = { userId };
		if (added.length > 0)
			await note(db, tx, { actor, action: 'group.educator-added', on, details }, now);
		return { done: true };
	});
}

/** Somebody must be left who follows the group. @throws 404 to who does not, 403 when it is archived */
export async function removeGroupEducator(
	db: Database,
	actor: string,
	groupId: string,
	userId: string,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	const { groupEducators } = db.tables;
	return db.tx(async (tx) => {
		await groupToChange(db, tx, actor, groupId);
		const following = await educatorsOfGroup(db, tx, groupId);
		if (!following.some((one) => one.id === userId))
			error(404, { message: m.teach_people_no_colleague() });
		if (following.length === 1) return { refused: m.teach_people_last_educator() };
		await tx
			.delete(groupEducators)
			.where(and(eq(groupEducators.groupId, groupId), eq(groupEducators.userId, userId)));
		const on = ['group', groupId] as const;
		const details = { userId };
		await note(db, tx, { actor, action: 'group.educator-removed', on, details }, now);
		return { done: true };
	});
}
