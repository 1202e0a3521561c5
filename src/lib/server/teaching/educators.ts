import { error } from '@sveltejs/kit';
import { and, eq, inArray } from 'drizzle-orm';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import type { Role } from '../db/schema.ts';
import { findOrganisation } from './organisations.ts';

/** What the forms about an organisation's educators send. */
export const educatorForms = {
	add: v.object({
		email: v.pipe(
			v.string(),
			v.trim(),
			v.toLowerCase(),
			v.email(() => m.auth_email_wrong()),
			v.maxLength(200),
		),
	}),
	remove: v.object({ educator: v.pipe(v.string(), v.maxLength(64)) }),
	follow: v.object({
		group: v.pipe(v.string(), v.maxLength(64)),
		educator: v.pipe(v.string(), v.maxLength(64)),
	}),
};

/**
 * Makes somebody with an account an educator of an organisation. A learner becomes an educator of
 * this server, too; an administrator stays one.
 *
 * @throws 404 when there is no such organisation
 */
export async function addEducator(
	db: Database,
	actor: string | null,
	organisationId: string,
	email: string,
	now = new Date(),
): Promise<Outcome<{ name: string }>> {
	const { educators, users } = db.tables;
	return db.tx(async (tx) => {
		await findOrganisation(db, tx, organisationId);
		const [person] = await tx.select().from(users).where(eq(users.email, email));
		if (!person) return { refused: m.admin_org_no_account({ email }), field: 'email' };
		if (person.disabledAt) return { refused: m.admin_org_disabled({ email }), field: 'email' };
		const added = await tx
			.insert(educators)
			.values({ organisationId, userId: person.id, createdAt: now })
			.onConflictDoNothing()
			.returning({ id: educators.userId });
		if (added.length === 0)
			return { refused: m.admin_org_educator_already({ name: person.name }), field: 'email' };
		const details = { organisationId };
		const on = ['person', person.id] as const;
		await note(db, tx, { actor, action: 'educator.added', on, details }, now);
		if (person.role === 'learner') await changeRole(db, tx, actor, person.id, 'educator', now);
		return { name: person.name };
	});
}

/**
 * Ends somebody's teaching in an organisation at once: they follow none of its groups any more. Who
 * teaches nowhere is a learner of this server again, unless they administer it.
 *
 * @throws 404 when they do not teach there
 */
export async function removeEducator(
	db: Database,
	actor: string | null,
	organisationId: string,
	userId: string,
	now = new Date(),
): Promise<{ done: true }> {
	const { educators, groupEducators, groups, users } = db.tables;
	return db.tx(async (tx) => {
		const removed = await tx
			.delete(educators)
			.where(and(eq(educators.organisationId, organisationId), eq(educators.userId, userId)))
			.returning({ id: educators.userId });
		if (removed.length === 0) error(404, { message: m.admin_org_no_educator() });
		const theirs = tx
			.select({ id: groups.id })
			.from(groups)
			.where(eq(groups.organisationId, organisationId));
		await tx
			.delete(groupEducators)
			.where(and(eq(groupEducators.userId, userId), inArray(groupEducators.groupId, theirs)));
		const details = { organisationId };
		const on = ['person', userId] as const;
		await note(db, tx, { actor, action: 'educator.removed', on, details }, now);
		const [elsewhere] = await tx
			.select({ id: educators.organisationId })
			.from(educators)
			.where(eq(educators.userId, userId))
			.limit(1);
		const [person] = await tx.select().from(users).where(eq(users.id, userId));
		if (!elsewhere && person?.role === 'educator')
			await changeRole(db, tx, actor, userId, 'learner', now);
		return { done: true };
	});
}

/**
 * Gives a group that nobody follows an educator again, one who teaches in its organisation.
 *
 * @throws 404 when there is no such group or educator there
 */
export async function giveEducator(
	db: Database,
	actor: string | null,
	organisationId: string,
	{ group, educator }: v.InferOutput<typeof educatorForms.follow>,
	now = new Date(),
): Promise<{ done: true }> {
	const { educators, groupEducators, groups } = db.tables;
	return db.tx(async (tx) => {
		const [found] = await tx
			.select({ id: groups.id })
			.from(groups)
			.innerJoin(
				educators,
				and(eq(educators.organisationId, groups.organisationId), eq(educators.userId, educator)),
			)
			.where(and(eq(groups.id, group), eq(groups.organisationId, organisationId)));
		if (!found) error(404, { message: m.admin_org_no_educator() });
		await tx
			.insert(groupEducators)
			.values({ groupId: group, userId: educator, createdAt: now })
			.onConflictDoNothing();
		const details = { userId: educator };
		const on = ['group', group] as const;
		await note(db, tx, { actor, action: 'group.educator-added', on, details }, now);
		return { done: true };
	});
}

async function changeRole(
	db: Database,
	tx: Queries,
	actor: string | null,
	userId: string,
	role: Role,
	now: Date,
): Promise<void> {
	await tx.update(db.tables.users).set({ role }).where(eq(db.tables.users.id, userId));
	const on = ['person', userId] as const;
	await note(db, tx, { actor, action: 'person.role-changed', on, details: { role } }, now);
}
