import { join } from 'node:path';
import { createSession } from '../../src/lib/server/auth/sessions.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import { openSqlite } from '../../src/lib/server/db/sqlite.ts';
import type { Role as SiteRole } from '../../src/lib/server/db/schema.ts';
import type { Running } from './server.ts';

/** Everybody who may ask for a page, by what they are to one group. */
export const ROLES = [
	'visitor',
	'guest',
	/** A learner of the group. */
	'member',
	/** A learner of no group. */
	'outsider',
	/** Follows the group. */
	'educator',
	/** Teaches in its organisation, and does not follow it. */
	'colleague',
	/** Followed it, and teaches there no more. */
	'former',
	/** Teaches in another organisation. */
	'foreign',
	'administrator',
] as const;
export type Role = (typeof ROLES)[number];

export interface World {
	/** The cookie of each; empty for the visitor. */
	cookies: Record<Role, string>;
	ids: Record<Exclude<Role, 'visitor'>, string>;
	organisation: string;
	/** With `member` in it. */
	group: string;
	/** Of the same organisation and educator, archived. */
	archived: string;
	/** Of the other organisation. */
	elsewhere: string;
	assignment: string;
}

/** The running server's own database; both may write. */
export function databaseOf({ dataDir }: Pick<Running, 'dataDir'>): Database {
	return openSqlite(join(dataDir, 'rygsamtalen.db'), 'migrations/sqlite');
}

/** A world of its own in a running server's database: people, two organisations, three groups. */
export async function makeWorld(db: Database, course: string): Promise<World> {
	const now = new Date();
	const uuid = () => crypto.randomUUID();
	const ids = Object.fromEntries(
		ROLES.filter((role) => role !== 'visitor').map((role) => [role, uuid()]),
	) as World['ids'];
	const world = {
		ids,
		organisation: uuid(),
		group: uuid(),
		archived: uuid(),
		elsewhere: uuid(),
		assignment: uuid(),
	};
	const foreignOrganisation = uuid();
	const cookies = await db.tx(async (tx) => {
		const { tables } = db;
		await tx.insert(tables.users).values(
			Object.entries(ids).map(([role, id]) => ({
				id,
				name: role,
				email: role === 'guest' ? null : `${role}-${id}@example.org`,
				role: siteRole(role as Role),
				isGuest: role === 'guest',
				language: 'en',
				createdAt: now,
			})),
		);
		await tx.insert(tables.organisations).values(
			[world.organisation, foreignOrganisation].map((id) => ({
				id,
				name: `Department ${id.slice(0, 4)}`,
				timeZone: 'Europe/Copenhagen',
				createdAt: now,
			})),
		);
		await tx.insert(tables.educators).values([
			{ organisationId: world.organisation, userId: ids.educator, createdAt: now },
			{ organisationId: world.organisation, userId: ids.colleague, createdAt: now },
			{ organisationId: foreignOrganisation, userId: ids.foreign, createdAt: now },
		]);
		const group = (id: string, organisationId: string, archivedAt: Date | null = null) => ({
			id,
			organisationId,
			name: `Group ${id.slice(0, 4)}`,
			stuckDays: 14,
			createdAt: now,
			archivedAt,
		});
		await tx
			.insert(tables.groups)
			.values([
				group(world.group, world.organisation),
				group(world.archived, world.organisation, now),
				group(world.elsewhere, foreignOrganisation),
			]);
		await tx.insert(tables.groupEducators).values([
			{ groupId: world.group, userId: ids.educator, createdAt: now },
			// What is left behind of somebody who was removed opens nothing.
			{ groupId: world.group, userId: ids.former, createdAt: now },
			{ groupId: world.archived, userId: ids.educator, createdAt: now },
			{ groupId: world.elsewhere, userId: ids.foreign, createdAt: now },
		]);
		await tx.insert(tables.members).values(
			[world.group, world.archived].map((groupId) => ({
				groupId,
				userId: ids.member,
				joinedAt: now,
			})),
		);
		await tx.insert(tables.assignments).values({
			id: world.assignment,
			groupId: world.group,
			course,
			scope: 'course',
			lessons: [],
			startsOn: '2026-01-01',
			dueOn: null,
			message: '',
			reminders: [],
			forEveryone: true,
			createdAt: now,
			changedAt: now,
		});
		const each: [string, string][] = [];
		for (const [role, id] of Object.entries(ids)) {
			const { token } = await createSession(tx, tables, { id, isGuest: role === 'guest' });
			each.push([role, `session=${token}`]);
		}
		return Object.fromEntries([['visitor', ''], ...each]) as World['cookies'];
	});
	return { ...world, cookies };
}

function siteRole(role: Role): SiteRole {
	if (role === 'administrator') return role;
	return ['educator', 'colleague', 'foreign'].includes(role) ? 'educator' : 'learner';
}
