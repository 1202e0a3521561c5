import { error } from '@sveltejs/kit';
import { and, asc, count, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { isTimeZone } from '#lib/teaching/rounds.ts';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import { contains, pagesFor } from '../search.ts';
import type { Organisation } from './rights.ts';

const name = v.pipe(
	v.string(),
	v.trim(),
	v.nonEmpty(() => m.admin_org_name_missing()),
	v.maxLength(100, () => m.admin_org_name_long()),
);
const timeZone = v.pipe(
	v.string(),
	v.check(isTimeZone, () => m.admin_org_zone_wrong()),
);

/** What the administrator's form about an organisation sends. Messages are in the language of the request. */
export const organisationForm = v.object({ name, timeZone });

const PAGE = 25;

/** Organisations by name, found by a part of it, with the figures that tell how busy they are. */
export async function listOrganisations(
	db: Database,
	{ search, page, archived }: { search: string; page: number; archived: boolean },
) {
	const { organisations } = db.tables;
	const where = and(
		archived ? isNotNull(organisations.archivedAt) : isNull(organisations.archivedAt),
		contains(organisations.name, search),
	);
	const found = await db.read
		.select()
		.from(organisations)
		.where(where)
		.orderBy(asc(organisations.name), asc(organisations.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const [counted] = await db.read.select({ total: count() }).from(organisations).where(where);
	const figures = await figuresOf(
		db,
		found.map(({ id }) => id),
	);
	const total = counted?.total ?? 0;
	return {
		organisations: found.map((one) => ({
			id: one.id,
			name: one.name,
			timeZone: one.timeZone,
			...figures(one.id),
		})),
		total,
		pages: pagesFor(total, PAGE),
	};
}

/** How many groups, educators and members each of some organisations has. */
async function figuresOf(db: Database, ids: string[]) {
	const { educators, groups, members } = db.tables;
	if (ids.length === 0) return () => ({ groups: 0, educators: 0, members: 0 });
	const perOrganisation = async (rows: Promise<{ id: string; count: number }[]>) =>
		new Map((await rows).map((row) => [row.id, row.count]));
	const groupCounts = await perOrganisation(
		db.read
			.select({ id: groups.organisationId, count: count() })
			.from(groups)
			.where(and(inArray(groups.organisationId, ids), isNull(groups.archivedAt)))
			.groupBy(groups.organisationId),
	);
	const educatorCounts = await perOrganisation(
		db.read
			.select({ id: educators.organisationId, count: count() })
			.from(educators)
			.where(inArray(educators.organisationId, ids))
			.groupBy(educators.organisationId),
	);
	const memberCounts = await perOrganisation(
		db.read
			.select({ id: groups.organisationId, count: count() })
			.from(members)
			.innerJoin(groups, eq(groups.id, members.groupId))
			.where(and(inArray(groups.organisationId, ids), isNull(groups.archivedAt)))
			.groupBy(groups.organisationId),
	);
	return (id: string) => ({
		groups: groupCounts.get(id) ?? 0,
		educators: educatorCounts.get(id) ?? 0,
		members: memberCounts.get(id) ?? 0,
	});
}

/** @throws 404 when there is none by that id */
export async function findOrganisation(
	{ tables: { organisations } }: Pick<Database, 'tables'>,
	queries: Queries,
	id: string,
): Promise<Organisation> {
	const [found] = await queries.select().from(organisations).where(eq(organisations.id, id));
	return found ?? error(404, { message: m.admin_org_unknown() });
}

/** One organisation as its administrator sees it; who learns in it is none of their business. */
export async function organisationPage(db: Database, id: string) {
	const { educators, users } = db.tables;
	const { name: called, timeZone: zone, archivedAt } = await findOrganisation(db, db.read, id);
	const figures = await figuresOf(db, [id]);
	return {
		organisation: { id, name: called, timeZone: zone, isArchived: archivedAt !== null },
		figures: figures(id),
		educators: await db.read
			.select({ id: users.id, name: users.name, email: users.email })
			.from(educators)
			.innerJoin(users, eq(users.id, educators.userId))
			.where(eq(educators.organisationId, id))
			.orderBy(asc(users.name), asc(users.id)),
		orphans: await groupsWithoutEducator(db, id),
	};
}

/** Groups that nobody follows any more, as the last educator of theirs was removed. */
async function groupsWithoutEducator(db: Database, organisationId: string) {
	const { educators, groupEducators, groups } = db.tables;
	return db.read
		.select({ id: groups.id, name: groups.name })
		.from(groups)
		.leftJoin(groupEducators, eq(groupEducators.groupId, groups.id))
		.leftJoin(
			educators,
			and(
				eq(educators.organisationId, groups.organisationId),
				eq(educators.userId, groupEducators.userId),
			),
		)
		.where(eq(groups.organisationId, organisationId))
		.groupBy(groups.id, groups.name)
		.having(eq(count(educators.userId), 0))
		.orderBy(asc(groups.name), asc(groups.id));
}

type Form = v.InferOutput<typeof organisationForm>;

export async function createOrganisation(
	db: Database,
	actor: string | null,
	form: Form,
	now = new Date(),
): Promise<Outcome<{ id: string }>> {
	const id = crypto.randomUUID();
	return db.tx(async (tx) => {
		if (await isTaken(db, tx, form.name))
			return { refused: m.admin_org_name_taken(), field: 'name' };
		await tx.insert(db.tables.organisations).values({ ...form, id, createdAt: now });
		await note(db, tx, { actor, action: 'organisation.created', on: ['organisation', id] }, now);
		return { id };
	});
}

/** @throws 404 when there is none by that id */
export async function changeOrganisation(
	db: Database,
	actor: string | null,
	id: string,
	form: Form,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	const { organisations } = db.tables;
	return db.tx(async (tx) => {
		const before = await findOrganisation(db, tx, id);
		if (await isTaken(db, tx, form.name, id))
			return { refused: m.admin_org_name_taken(), field: 'name' };
		await tx.update(organisations).set(form).where(eq(organisations.id, id));
		const details = {
			renamed: before.name !== form.name,
			timeZone: before.timeZone !== form.timeZone,
		};
		const on = ['organisation', id] as const;
		await note(db, tx, { actor, action: 'organisation.changed', on, details }, now);
		return { done: true };
	});
}

/** Two of the same name could not be told apart in a list. */
async function isTaken(
	{ tables: { organisations } }: Database,
	tx: Queries,
	wanted: string,
	besides?: string,
): Promise<boolean> {
	const same = await tx
		.select({ id: organisations.id })
		.from(organisations)
		.where(and(eq(organisations.name, wanted), isNull(organisations.archivedAt)));
	return same.some(({ id }) => id !== besides);
}

/** Nobody teaches in it while it is archived; nothing is lost. */
export async function setOrganisationArchived(
	db: Database,
	actor: string | null,
	id: string,
	archived: boolean,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	const { organisations } = db.tables;
	return db.tx(async (tx) => {
		const before = await findOrganisation(db, tx, id);
		if ((before.archivedAt !== null) === archived) return { done: true };
		if (!archived && (await isTaken(db, tx, before.name, id)))
			return { refused: m.admin_org_name_taken_restore() };
		const archivedAt = archived ? now : null;
		await tx.update(organisations).set({ archivedAt }).where(eq(organisations.id, id));
		const action = archived ? 'organisation.archived' : 'organisation.restored';
		await note(db, tx, { actor, action, on: ['organisation', id] }, now);
		return { done: true };
	});
}
