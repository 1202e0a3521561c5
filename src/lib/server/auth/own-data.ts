import { eq, or } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import type { Database, Tables } from '../db/database.ts';
import { tasksOf } from '../teaching/tasks.ts';

/*
 * What is on record about a person, table by table: the parts of the export that are short. Long ones
 * stand in `own-record.ts`.
 */

/** Whose data, and what is needed to read them. */
export interface Own {
	db: Database;
	courses: Course[];
	id: string;
	email: string | null;
	now: Date;
}

/** Rows of a table that holds nothing but what is the person's own. */
export async function mine(
	{ db: { read, tables }, id }: Own,
	name: 'certificates' | 'enrolments' | 'firstAnswers' | 'reflections' | 'reminders' | 'visits',
): Promise<unknown[]> {
	const table = tables[name] as Tables['reflections'];
	const rows = await read.select().from(table).where(eq(table.userId, id));
	return rows.map(({ userId: _userId, ...row }) => row);
}

export async function sessionsOf({ db: { read, tables }, id }: Own) {
	const { createdAt, expiresAt, userId } = tables.sessions;
	return read.select({ createdAt, expiresAt }).from(tables.sessions).where(eq(userId, id));
}

export async function linksOf({ db: { read, tables }, id }: Own) {
	const { purpose, createdAt, expiresAt, usedAt, userId } = tables.tokens;
	return read
		.select({ purpose, createdAt, expiresAt, usedAt })
		.from(tables.tokens)
		.where(eq(userId, id));
}

export async function apiTokensOf({ db: { read, tables }, id }: Own) {
	const { name, createdAt, expiresAt, usedAt, userId } = tables.apiTokens;
	return read
		.select({ name, createdAt, expiresAt, usedAt })
		.from(tables.apiTokens)
		.where(eq(userId, id));
}

export async function invitationsTo({ db: { read, tables }, email }: Own) {
	if (email === null) return [];
	const { groups, invitations } = tables;
	const { name, profession, language, createdAt, expiresAt, revokedAt, declinedAt } = invitations;
	const said = { name, profession, language, createdAt, expiresAt, revokedAt, declinedAt };
	return read
		.select({ group: groups.name, ...said })
		.from(invitations)
		.innerJoin(groups, eq(groups.id, invitations.groupId))
		.where(eq(invitations.email, email));
}

export async function assignmentsOf({ db, courses, id, now }: Own) {
	const tasks = await tasksOf(db, db.read, courses, id, now);
	return tasks.map(({ assignment, group, organisation, ...where }) => {
		const { createdBy: _createdBy, groupId: _groupId, ...asked } = assignment;
		return { ...asked, group: group.name, organisation: organisation.name, ...where };
	});
}

/** Also where the assignment was withdrawn, or its group archived. */
export async function askedByName({ db: { read, tables }, id }: Own) {
	const { assignees } = tables;
	return read
		.select({ assignment: assignees.assignmentId })
		.from(assignees)
		.where(eq(assignees.userId, id));
}

export async function remindersOf({ db: { read, tables }, id }: Own) {
	const { assignmentId, dueOn, daysBefore, sentAt, userId } = tables.remindersSent;
	return read
		.select({ assignment: assignmentId, dueOn, daysBefore, sentAt })
		.from(tables.remindersSent)
		.where(eq(userId, id));
}

/** Envelopes; what they say is kept only until they are sent. */
export async function lettersTo({ db: { read, tables }, id, email }: Own) {
	const { to, kind, subject, createdAt, sentAt, failedAt, trouble, userId } = tables.letters;
	return read
		.select({ to, kind, subject, createdAt, sentAt, failedAt, trouble })
		.from(tables.letters)
		.where(or(eq(userId, id), email === null ? undefined : eq(to, email)));
}

export async function launchesOf({ db: { read, tables }, id }: Own) {
	const { dispatchId, firstSeenAt, lastSeenAt, userId } = tables.seats;
	return read
		.select({ dispatch: dispatchId, firstSeenAt, lastSeenAt })
		.from(tables.seats)
		.where(eq(userId, id));
}

export async function teaches({ db: { read, tables }, id }: Own) {
	const { educators, organisations } = tables;
	return read
		.select({ organisation: organisations.name, since: educators.createdAt })
		.from(educators)
		.innerJoin(organisations, eq(organisations.id, educators.organisationId))
		.where(eq(educators.userId, id));
}

export async function follows({ db: { read, tables }, id }: Own) {
	const { groupEducators, groups } = tables;
	return read
		.select({ group: groups.name, since: groupEducators.createdAt })
		.from(groupEducators)
		.innerJoin(groups, eq(groups.id, groupEducators.groupId))
		.where(eq(groupEducators.userId, id));
}

/** What somebody who teaches or administers has made: which and when; it is about other people. */
export async function madeBy({ db: { read, tables }, id }: Own) {
	const kinds = ['assignments', 'dispatches', 'imports', 'invitations'] as const;
	const made = await Promise.all(
		kinds.map(async (kind) => {
			const table = tables[kind] as Tables['imports'];
			const { id: own, createdAt, createdBy } = table;
			const rows = await read.select({ id: own, createdAt }).from(table).where(eq(createdBy, id));
			return rows.map((row) => ({ kind, ...row }));
		}),
	);
	return made.flat();
}
