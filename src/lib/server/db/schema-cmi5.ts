import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { Mode, Standing } from '#lib/cmi5/session.ts';
import type { Structure } from '#lib/cmi5/structure.ts';
import type { Dialect } from './dialect.ts';

/*
 * Courses that come as cmi5 packages (docs/cmi5.md): what is offered, who takes it, and each launch.
 */

/** Packages that were taken. Their files lie beside the database, in a folder called by the id. */
export function defineCmi5Courses({ table, column }: Dialect) {
	return table('cmi5_courses', {
		id: column.id('id').primaryKey(),
		/** Opens the files on the origin of packages: 192 random bits. */
		key: column.text('key').notNull().unique(),
		/** Of the course's activity; those of its blocks and units lie below it. Kept, whatever the server's address. */
		iri: column.text('iri').notNull(),
		/** The name of the zip. */
		name: column.text('name').notNull(),
		structure: column.json('structure').$type<Structure>().notNull(),
		createdAt: column.time('created_at').notNull(),
		archivedAt: column.time('archived_at'),
	});
}

/** A learner in such a course, once each. */
export function defineCmi5Registrations(
	{ table, column, index, uniqueIndex }: Dialect,
	users: { id: AnySQLiteColumn },
	courses: { id: AnySQLiteColumn },
) {
	return table(
		'cmi5_registrations',
		{
			/** A UUID; it stands in every statement. */
			id: column.id('id').primaryKey(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			courseId: column
				.id('course_id')
				.notNull()
				.references(() => courses.id),
			/** Of the learner's account, as statements name them. */
			homePage: column.text('home_page').notNull(),
			/** By the unit's id in the course structure. */
			standings: column.json('standings').$type<Record<string, Standing>>().notNull(),
			/** Ids of blocks, and of the course, that "satisfied" was said of. */
			satisfied: column.json('satisfied').$type<string[]>().notNull(),
			createdAt: column.time('created_at').notNull(),
			seenAt: column.time('seen_at').notNull(),
		},
		(row) => [
			uniqueIndex('cmi5_registrations_learner').on(row.userId, row.courseId),
			index('cmi5_registrations_course').on(row.courseId),
		],
	);
}

/** Launches of a unit, each with its own key to the record store. */
export function defineCmi5Sessions(
	{ table, column, index }: Dialect,
	registrations: { id: AnySQLiteColumn },
) {
	return table(
		'cmi5_sessions',
		{
			/** The session id of cmi5. */
			id: column.id('id').primaryKey(),
			registrationId: column
				.id('registration_id')
				.notNull()
				.references(() => registrations.id, { onDelete: 'cascade' }),
			/** The unit's id in the course structure, and that of its activity. */
			au: column.text('au').notNull(),
			activityId: column.text('activity_id').notNull(),
			mode: column.text('mode').$type<Mode>().notNull(),
			/** As JSON, so that a fraction stays what it was: null where the course has none. */
			masteryScore: column.json('mastery_score').$type<number>(),
			/** From where the unit's pages may call. */
			origin: column.text('origin').notNull(),
			/** SHA-256 of what opens the fetch URL, and of the token's secret half; base64url. */
			fetchHash: column.text('fetch_hash').notNull(),
			tokenHash: column.text('token_hash'),
			launchedAt: column.time('launched_at').notNull(),
			/** When the learner's preferences were read, which comes before "initialized". */
			preferredAt: column.time('preferred_at'),
			/** The last request, noted now and then, and the last statement. */
			seenAt: column.time('seen_at').notNull(),
			statedAt: column.time('stated_at'),
			/** Verbs of the statements that cmi5 defines. */
			said: column.json('said').$type<string[]>().notNull(),
			endedAt: column.time('ended_at'),
			/** By whom: the unit said "terminated", or we said "abandoned". */
			ended: column.text('ended').$type<'terminated' | 'abandoned'>(),
		},
		(row) => [
			index('cmi5_sessions_registration').on(row.registrationId),
			index('cmi5_sessions_origin').on(row.origin, row.launchedAt),
			index('cmi5_sessions_open')
				.on(row.seenAt)
				.where(sql`${row.endedAt} is null`),
		],
	);
}
