import { error, redirect } from '@sveltejs/kit';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { m } from '#lib/paraglide/messages.js';
import type { SessionUser } from '../auth/sessions.ts';
import type { Database, Queries } from '../db/database.ts';

/*
 * Who may do what in teaching. Every load and action of the area begins with one of these.
 *
 * - An administrator creates organisations and says who teaches in them. That gives no right to see
 *   anybody's results: for that an administrator, too, must be made an educator, which is on record.
 * - An educator of an organisation makes groups there, and follows those that they are an educator of.
 * - What somebody may not see does not exist for them (404), so that ids tell nothing.
 */

export type Organisation = Database['tables']['organisations']['$inferSelect'];
export type Group = Database['tables']['groups']['$inferSelect'];

/** Somebody with an account, or off to sign in. */
export function mustBeMember({ user }: App.Locals, lang: string): SessionUser {
	if (!user || user.isGuest) redirect(303, `/${lang}/login`);
	return user;
}

/** @throws 403 */
export function mustAdminister({ user }: App.Locals): SessionUser {
	if (!user || user.isGuest || user.role !== 'administrator')
		error(403, { message: m.admin_only() });
	return user;
}

/** The organisations in which somebody teaches, by name; archived ones are left out. */
export async function organisationsOf(
	{ tables: { educators, organisations } }: Pick<Database, 'tables'>,
	queries: Queries,
	userId: string,
): Promise<Organisation[]> {
	const rows = await queries
		.select({ organisation: organisations })
		.from(educators)
		.innerJoin(organisations, eq(organisations.id, educators.organisationId))
		.where(and(eq(educators.userId, userId), isNull(organisations.archivedAt)))
		.orderBy(asc(organisations.name), asc(organisations.id));
	return rows.map((row) => row.organisation);
}

/**
 * Somebody who teaches in an organisation, or off to sign in.
 *
 * @throws 403
 */
export async function mustTeachSomewhere(
	db: Database,
	locals: App.Locals,
	lang: string,
): Promise<SessionUser> {
	const user = mustBeMember(locals, lang);
	const organisations = await organisationsOf(db, db.read, user.id);
	if (organisations.length === 0) error(403, { message: m.teach_only() });
	return user;
}

/**
 * The group, if the person follows it: an educator of the organisation and of the group.
 *
 * @throws 404 for everybody else, whether the group exists or not
 */
export async function followedGroup(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	userId: string,
	groupId: string,
): Promise<{ group: Group; organisation: Organisation }> {
	const { educators, groupEducators, groups, organisations } = db.tables;
	const [found] = await queries
		.select({ group: groups, organisation: organisations })
		.from(groups)
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.innerJoin(
			groupEducators,
			and(eq(groupEducators.groupId, groups.id), eq(groupEducators.userId, userId)),
		)
		.innerJoin(
			educators,
			and(eq(educators.organisationId, groups.organisationId), eq(educators.userId, userId)),
		)
		.where(and(eq(groups.id, groupId), isNull(organisations.archivedAt)));
	return found ?? error(404, { message: m.teach_no_group() });
}

/**
 * The same for whoever wants to change something in it.
 *
 * @throws 404 as above; 403 when the group is archived, which leaves it to be looked at
 */
export async function groupToChange(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	userId: string,
	groupId: string,
): Promise<{ group: Group; organisation: Organisation }> {
	const found = await followedGroup(db, queries, userId, groupId);
	if (found.group.archivedAt) error(403, { message: m.teach_group_archived() });
	return found;
}

/**
 * Somebody in a group that the person follows.
 *
 * @throws 404 for anybody else
 */
export async function followedLearner(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	userId: string,
	groupId: string,
	learnerId: string,
) {
	const found = await followedGroup(db, queries, userId, groupId);
	const { members, users } = db.tables;
	const [learner] = await queries
		.select({
			id: users.id,
			name: users.name,
			email: users.email,
			profession: users.profession,
			joinedAt: members.joinedAt,
		})
		.from(members)
		.innerJoin(users, eq(users.id, members.userId))
		.where(and(eq(members.groupId, groupId), eq(members.userId, learnerId)));
	if (!learner) error(404, { message: m.teach_no_learner() });
	return { ...found, learner };
}
