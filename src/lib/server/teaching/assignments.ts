import { and, eq } from 'drizzle-orm';
import { error } from '@sveltejs/kit';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { roundAt } from '#lib/teaching/rounds.ts';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import { enqueue } from '../mail/queue.ts';
import { noteOrigin } from '../origin.ts';
import type { SecretBox } from '../secret-box.ts';
import { askedOf, membersByAddress } from './asked.ts';
import type { Wish } from './assignment-form.ts';
import { assignmentLetters, type News } from './assignment-letters.ts';
import type { Group, Organisation } from './rights.ts';
import type { Assignment } from './tasks.ts';

/** Who changes something, and where; found by the guards of `rights.ts`. */
export interface Desk {
	db: Database;
	box: SecretBox;
	courses: Course[];
	/** For the links in letters. */
	origin: string;
	actor: string;
	group: Group;
	organisation: Organisation;
	now: Date;
}

/** @throws 404 when the group has no such assignment */
export async function assignmentOr404(
	{ tables: { assignments } }: Pick<Database, 'tables'>,
	queries: Queries,
	groupId: string,
	id: string,
): Promise<Assignment> {
	const [found] = await queries
		.select()
		.from(assignments)
		.where(and(eq(assignments.id, id), eq(assignments.groupId, groupId)));
	return found ?? error(404, { message: m.teach_assign_none_there() });
}

/** Addresses of the members who are asked, where that is not the whole group; in their order. */
export async function addressesOf(
	{ tables: { assignees, users } }: Pick<Database, 'tables'>,
	queries: Queries,
	assignmentId: string,
): Promise<string[]> {
	const rows = await queries
		.select({ email: users.email })
		.from(assignees)
		.innerJoin(users, eq(users.id, assignees.userId))
		.where(eq(assignees.assignmentId, assignmentId));
	return rows.flatMap(({ email }) => email ?? []).sort();
}

/** Asks a group for something, and tells those who have not done it already. */
export async function createAssignment(desk: Desk, wish: Wish): Promise<Outcome<{ id: string }>> {
	const { db, now } = desk;
	return db.tx(async (tx) => {
		const asked = await peopleOf(desk, tx, wish);
		if ('refused' in asked) return asked;
		const id = crypto.randomUUID();
		const assignment: Assignment = {
			...columnsOf(wish),
			id,
			groupId: desk.group.id,
			createdBy: desk.actor,
			createdAt: now,
			changedAt: now,
			withdrawnAt: null,
		};
		await tx.insert(db.tables.assignments).values(assignment);
		await keepAssignees(desk, tx, id, asked.ids);
		await record(desk, tx, 'assignment.created', id, {
			group: desk.group.id,
			people: asked.ids?.length ?? null,
		});
		if (wish.tell) await tell(desk, tx, 'new', assignment);
		return { id };
	});
}

/** Changes what is asked. Nobody loses what they did; rounds are counted anew from their events. */
export async function changeAssignment(
	desk: Desk,
	before: Assignment,
	wish: Wish,
): Promise<Outcome<{ id: string }>> {
	const { db, now } = desk;
	const { id } = before;
	if (before.withdrawnAt) return { refused: m.teach_assign_is_withdrawn() };
	return db.tx(async (tx) => {
		const asked = await peopleOf(desk, tx, wish);
		if ('refused' in asked) return asked;
		const { assignments } = db.tables;
		const assignment = { ...before, ...columnsOf(wish), changedAt: now };
		await tx
			.update(assignments)
			.set({ ...columnsOf(wish), changedAt: now })
			.where(eq(assignments.id, id));
		await keepAssignees(desk, tx, id, asked.ids);
		await record(desk, tx, 'assignment.changed', id, { people: asked.ids?.length ?? null });
		if (wish.tell) await tell(desk, tx, 'changed', assignment);
		return { id };
	});
}

/** Asks no more. What learners did stays theirs, and on record. */
export async function withdrawAssignment(
	desk: Desk,
	assignment: Assignment,
	shouldTell: boolean,
): Promise<void> {
	const { db, now } = desk;
	if (assignment.withdrawnAt) return;
	const { assignments } = db.tables;
	await db.tx(async (tx) => {
		const set = { withdrawnAt: now, changedAt: now };
		await tx.update(assignments).set(set).where(eq(assignments.id, assignment.id));
		await record(desk, tx, 'assignment.withdrawn', assignment.id, {});
		if (shouldTell) await tell(desk, tx, 'withdrawn', { ...assignment, ...set });
	});
}

function columnsOf({ people, tell: _tell, ...columns }: Wish) {
	return { ...columns, forEveryone: people === null };
}

/** Ids of those who are asked; null for everyone. */
async function peopleOf(
	{ db, group }: Desk,
	tx: Queries,
	{ people }: Wish,
): Promise<Outcome<{ ids: string[] | null }>> {
	if (people === null) return { ids: null };
	const { ids, missing } = await membersByAddress(db, tx, group.id, people);
	if (missing.length === 0) return { ids };
	return {
		refused: m.teach_assign_people_unknown({
			count: missing.length,
			people: missing.slice(0, 5).join(', '),
		}),
		field: 'people',
	};
}

async function keepAssignees(
	{ db: { tables } }: Desk,
	tx: Queries,
	assignmentId: string,
	ids: string[] | null,
): Promise<void> {
	const { assignees } = tables;
	await tx.delete(assignees).where(eq(assignees.assignmentId, assignmentId));
	for (let from = 0; from < (ids?.length ?? 0); from += 1000)
		await tx
			.insert(assignees)
			.values(ids!.slice(from, from + 1000).map((userId) => ({ assignmentId, userId })));
}

async function record(
	{ db, actor, origin, now }: Desk,
	tx: Queries,
	action: 'assignment.created' | 'assignment.changed' | 'assignment.withdrawn',
	id: string,
	details: Record<string, unknown>,
): Promise<void> {
	await noteOrigin(db, tx, origin);
	await note(db, tx, { actor, action, on: ['assignment', id], details }, now);
}

/** A letter to everybody who is asked and has not done it. */
async function tell(desk: Desk, tx: Queries, news: News, assignment: Assignment): Promise<void> {
	const { db, box, courses, organisation, now } = desk;
	const course = courses.find(({ id }) => id === assignment.course);
	if (!course) return;
	const round = roundAt({ ...assignment, timeZone: organisation.timeZone }, now);
	const letterTo = assignmentLetters(news, { ...desk, assignment, course, round });
	for await (const some of askedOf(db, tx, course, assignment, round)) {
		const asked = some.filter(({ standing }) => standing.standing !== 'done');
		await enqueue(db, tx, box, asked.map(letterTo), now);
	}
}
