import type { Dialect } from './dialect.ts';

/**
 * The one schema of both engines. A dialect supplies the columns; names and shapes are decided here.
 * A change needs a new migration in `migrations/sqlite` and `migrations/postgres` (`CONTRIBUTING.md`).
 */
export function defineSchema({ table, column, index, uniqueIndex, primaryKey }: Dialect) {
	const users = table('users', {
		id: column.id('id').primaryKey(),
		/** Lower case; null for guests. */
		email: column.text('email').unique(),
		name: column.text('name').notNull(),
		profession: column.text('profession'),
		role: column.text('role').$type<Role>().notNull(),
		passwordHash: column.text('password_hash'),
		isGuest: column.boolean('is_guest').notNull(),
		language: column.text('language').notNull(),
		createdAt: column.time('created_at').notNull(),
		disabledAt: column.time('disabled_at'),
	});

	const sessions = table(
		'sessions',
		{
			id: column.id('id').primaryKey(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			/** SHA-256 of the secret half of the token, base64url. The secret itself is only in the cookie. */
			secretHash: column.text('secret_hash').notNull(),
			createdAt: column.time('created_at').notNull(),
			expiresAt: column.time('expires_at').notNull(),
		},
		(row) => [index('sessions_user').on(row.userId), index('sessions_expiry').on(row.expiresAt)],
	);

	/** Single-use links sent by mail or printed at the first start. */
	const tokens = table(
		'tokens',
		{
			id: column.id('id').primaryKey(),
			userId: column.id('user_id').references(() => users.id, { onDelete: 'cascade' }),
			purpose: column.text('purpose').$type<'setup' | 'reset'>().notNull(),
			secretHash: column.text('secret_hash').notNull(),
			createdAt: column.time('created_at').notNull(),
			expiresAt: column.time('expires_at').notNull(),
			usedAt: column.time('used_at'),
		},
		(row) => [index('tokens_user').on(row.userId)],
	);

	/** Learner events as received, with what the server found the response worth. Only ever added to. */
	const events = table(
		'events',
		{
			id: column.id('id').notNull(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			lesson: column.text('lesson').notNull(),
			step: column.text('step').notNull(),
			type: column.text('type').notNull(),
			/** The learner's clock, ISO 8601 as sent: events are ordered by it. */
			at: column.text('at').notNull(),
			receivedAt: column.time('received_at').notNull(),
			body: column.json('body').notNull(),
			earned: column.integer('earned'),
			possible: column.integer('possible'),
		},
		(row) => [
			// Per learner, so that nobody's events can stand in the way of another's.
			primaryKey({ columns: [row.userId, row.id] }),
			index('events_learner').on(row.userId, row.course, row.at),
			index('events_received').on(row.userId, row.course, row.receivedAt),
		],
	);

	/** The learner's own log. Nobody else can read it. */
	const reflections = table(
		'reflections',
		{
			id: column.id('id').primaryKey(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			lesson: column.text('lesson').notNull(),
			activity: column.text('activity').notNull(),
			text: column.text('text').notNull(),
			createdAt: column.time('created_at').notNull(),
			updatedAt: column.time('updated_at').notNull(),
		},
		(row) => [
			uniqueIndex('reflections_place').on(row.userId, row.course, row.lesson, row.activity),
		],
	);

	/** Who wants a letter when something is due for practice. */
	const reminders = table('reminders', {
		userId: column
			.id('user_id')
			.primaryKey()
			.references(() => users.id, { onDelete: 'cascade' }),
		/** Where the person uses this server, for the links in the letter: `https://kursus.example.dk`. */
		origin: column.text('origin').notNull(),
		lastSentAt: column.time('last_sent_at'),
	});

	return { users, sessions, tokens, events, reflections, reminders };
}

export type Role = 'learner' | 'educator' | 'administrator';
export const ROLES = ['learner', 'educator', 'administrator'] as const satisfies readonly Role[];
