import { error } from '@sveltejs/kit';
import { and, asc, count, desc, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Database, Queries } from '../db/database.ts';
import type { LetterKind } from '../mail/queue.ts';
import { contains, pagesFor } from '../search.ts';
import { groupToChange } from './rights.ts';

const PAGE = 50;
/** Letters that a group gives reason for; others are nobody else's business. */
const OF_GROUPS: LetterKind[] = ['invitation', 'assignment', 'reminder'];

/** A group's members by name, found by part of a name or address. Begin with `followedGroup`. */
export async function listMembers(
	db: Database,
	groupId: string,
	{ search, page }: { search: string; page: number },
) {
	const { members, users } = db.tables;
	const wanted = or(contains(users.name, search), contains(users.email, search));
	const where = and(eq(members.groupId, groupId), wanted);
	const people = await db.read
		.select({
			id: users.id,
			name: users.name,
			email: users.email,
			profession: users.profession,
			joinedAt: members.joinedAt,
		})
		.from(members)
		.innerJoin(users, eq(users.id, members.userId))
		.where(where)
		.orderBy(asc(users.name), asc(users.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const total = await countMembers(db, groupId, wanted);
	const bounced = await bouncedTo(
		db,
		people.flatMap(({ email }) => email ?? []),
	);
	return {
		members: people.map((one) => ({ ...one, bounced: bounced.get(one.email ?? '') ?? null })),
		total,
		pages: pagesFor(total, PAGE),
	};
}

async function countMembers(db: Database, groupId: string, wanted: ReturnType<typeof or>) {
	const { members, users } = db.tables;
	const [counted] = wanted
		? await db.read
				.select({ total: count() })
				.from(members)
				.innerJoin(users, eq(users.id, members.userId))
				.where(and(eq(members.groupId, groupId), wanted))
		: await db.read.select({ total: count() }).from(members).where(eq(members.groupId, groupId));
	return counted?.total ?? 0;
}

/**
 * Which addresses a group's letter could not be brought to, where it is the latest one, and what the
 * mail server said.
 *
 * @param addresses a page of them
 */
export async function bouncedTo(db: Database, addresses: string[]): Promise<Map<string, string>> {
	const { letters } = db.tables;
	if (addresses.length === 0) return new Map();
	const settled = await db.read
		.select({ to: letters.to, failedAt: letters.failedAt, trouble: letters.trouble })
		.from(letters)
		.where(
			and(
				inArray(letters.to, addresses),
				inArray(letters.kind, OF_GROUPS),
				or(isNotNull(letters.failedAt), isNotNull(letters.sentAt)),
			),
		)
		.orderBy(desc(letters.createdAt));
	const latest = new Map<string, (typeof settled)[number]>();
	for (const letter of settled) if (!latest.has(letter.to)) latest.set(letter.to, letter);
	return new Map(
		[...latest.values()]
			.filter(({ failedAt }) => failedAt !== null)
			.map(({ to, trouble }) => [to, trouble ?? '']),
	);
}

/**
 * Takes somebody out of a group; what they did stays theirs.
 *
 * @throws 404 to who does not follow it, or when they are not in it; 403 when it is archived
 */
export async function removeMember(
	db: Database,
	actor: string,
	groupId: string,
	userId: string,
	now = new Date(),
): Promise<{ done: true }> {
	return db.tx(async (tx) => {
		await groupToChange(db, tx, actor, groupId);
		if (!(await takeOut(db, tx, groupId, userId))) error(404, { message: m.teach_no_learner() });
		const on = ['group', groupId] as const;
		await note(db, tx, { actor, action: 'member.removed', on, details: { userId } }, now);
		return { done: true };
	});
}

/**
 * Leaves a group, archived or not: its educators see nothing of the person any more.
 *
 * @returns whether they were in it
 */
export async function leaveGroup(
	db: Database,
	userId: string,
	groupId: string,
	now = new Date(),
): Promise<boolean> {
	return db.tx(async (tx) => {
		const left = await takeOut(db, tx, groupId, userId);
		if (left)
			await note(db, tx, { actor: userId, action: 'member.left', on: ['group', groupId] }, now);
		return left;
	});
}

async function takeOut({ tables }: Database, tx: Queries, groupId: string, userId: string) {
	const { members } = tables;
	const gone = await tx
		.delete(members)
		.where(and(eq(members.groupId, groupId), eq(members.userId, userId)))
		.returning({ id: members.userId });
	return gone.length > 0;
}

/** A group as a member of it knows it. */
export interface OwnGroup {
	id: string;
	name: string;
	organisation: string;
	/** Of the organisation. */
	timeZone: string;
	/** Days without progress after which its educators are told. */
	stuckDays: number;
	joinedAt: Date;
	/** Names of who follows it, and so sees how the person gets on. */
	educators: string[];
	isArchived: boolean;
}

/** The groups that somebody is in, by name. */
export async function groupsOf(db: Database, userId: string): Promise<OwnGroup[]> {
	const { groups, members, organisations } = db.tables;
	const found = await db.read
		.select({ group: groups, organisation: organisations, joinedAt: members.joinedAt })
		.from(members)
		.innerJoin(groups, eq(groups.id, members.groupId))
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.where(eq(members.userId, userId))
		.orderBy(asc(groups.name), asc(groups.id));
	const names = await educatorNames(
		db,
		found.map(({ group }) => group.id),
	);
	return found.map(({ group, organisation, joinedAt }) => ({
		id: group.id,
		name: group.name,
		organisation: organisation.name,
		timeZone: organisation.timeZone,
		stuckDays: group.stuckDays,
		joinedAt,
		educators: names.get(group.id) ?? [],
		isArchived: group.archivedAt !== null || organisation.archivedAt !== null,
	}));
}

/** Names of who follows each of some groups. */
export async function educatorNames(db: Database, ids: string[]): Promise<Map<string, string[]>> {
	const { educators, groupEducators, groups, users } = db.tables;
	const names = new Map<string, string[]>();
	if (ids.length === 0) return names;
	const rows = await db.read
		.select({ group: groups.id, name: users.name })
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
		.where(inArray(groups.id, ids))
		.orderBy(asc(users.name));
	for (const { group, name } of rows) names.set(group, [...(names.get(group) ?? []), name]);
	return names;
}
