import { sql } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import type { Detail } from '#lib/xapi/statement.ts';
import type { Dialect } from './dialect.ts';
import { defineCmi5Courses, defineCmi5Registrations, defineCmi5Sessions } from './schema-cmi5.ts';
import {
	defineActivities,
	defineAgents,
	defineAttachments,
	defineDocuments,
	defineRecordClients,
	defineStatementTerms,
	isNotNull,
} from './schema-records.ts';
import { defineTeaching } from './schema-teaching.ts';

/**
 * The one schema of both engines. A dialect supplies the columns; names and shapes are decided here.
 * A change needs a new migration in `migrations/sqlite` and `migrations/postgres` (`CONTRIBUTING.md`).
 */
export function defineSchema(dialect: Dialect) {
	const { table, column, index, uniqueIndex, primaryKey } = dialect;
	const users = table(
		'users',
		{
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
		},
		(row) => [index('users_created').on(row.createdAt)],
	);

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

	/**
	 * What a learner's events in a lesson add up to, so that nobody has to count them again. Made of
	 * `events` alone: it may be thrown away at any time.
	 */
	const lessonStandings = table(
		'lesson_standings',
		{
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			lesson: column.text('lesson').notNull(),
			/** What it was counted by; another version is counted anew. */
			courseVersion: column.text('course_version').notNull(),
			progress: column.json('progress').notNull(),
			/** The last event that is counted in. */
			lastAt: column.text('last_at').notNull(),
			lastId: column.id('last_id').notNull(),
		},
		(row) => [primaryKey({ columns: [row.userId, row.course, row.lesson] })],
	);

	/** A learner's visit to a course, while it lasts: what is told of when it ends. */
	const visits = table(
		'visits',
		{
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			/** Absent between its first event and the end of that event's transaction. */
			visit: column.json('visit'),
			/** By the server's clock. */
			seenAt: column.time('seen_at').notNull(),
		},
		(row) => [
			primaryKey({ columns: [row.userId, row.course] }),
			index('visits_seen').on(row.seenAt),
		],
	);

	const lrsClients = defineRecordClients(dialect);

	/**
	 * xAPI statements in the order in which they were stored; never changed. Our own have a user, a
	 * course and a detail; those of clients have a client, no user, and both texts empty. What a cmi5
	 * package said has the client that stands for all of them, and the learner; what we say as its LMS
	 * has the learner alone.
	 */
	const statements = table(
		'statements',
		{
			seq: column.serial('seq'),
			id: column.id('id').notNull().unique(),
			userId: column.id('user_id').references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			detail: column.text('detail').$type<Detail | ''>().notNull(),
			storedAt: column.time('stored_at').notNull(),
			/** As JSON text, so that not a space of it changes. */
			body: column.text('body').notNull(),
			clientId: column.id('client_id').references(() => lrsClients.id),
			/** The id of the statement that it refers to. */
			refersTo: column.id('refers_to'),
			/** Whether it voids that one: only where the same client wrote it, or whoever did. */
			voids: column.text('voids').$type<'own' | 'any'>(),
			isVoided: column.boolean('is_voided').notNull().default(false),
		},
		(row) => [
			index('statements_user').on(row.userId),
			index('statements_stored').on(row.storedAt),
			index('statements_refers_to').on(row.refersTo).where(isNotNull(row.refersTo)),
		],
	);

	const statementTerms = defineStatementTerms(dialect);
	const lrsAttachments = defineAttachments(dialect);
	/** Which statement brought what. */
	const statementAttachments = table(
		'statement_attachments',
		{
			seq: column
				.serialId('seq')
				.notNull()
				.references(() => statements.seq, { onDelete: 'cascade' }),
			sha2: column
				.id('sha2')
				.notNull()
				.references(() => lrsAttachments.sha2),
		},
		(row) => [
			primaryKey({ columns: [row.seq, row.sha2] }),
			// Whether anybody still names one is asked when it may go.
			index('statement_attachments_sha2').on(row.sha2),
		],
	);
	const lrsActivities = defineActivities(dialect);
	const lrsAgents = defineAgents(dialect);
	const lrsDocuments = defineDocuments(dialect);

	/** Learning record stores that get our statements. */
	const destinations = table('destinations', {
		id: column.id('id').primaryKey(),
		name: column.text('name').notNull(),
		/** The address below which `statements` lies. */
		endpoint: column.text('endpoint').notNull(),
		version: column.text('version').$type<'1.0.3' | '2.0.0'>().notNull(),
		detail: column.text('detail').$type<Detail>().notNull(),
		/** How to sign in, encrypted with the server's own key. */
		credentials: column.text('credentials').notNull(),
		/** Given by the environment rather than by an administrator. */
		isFixed: column.boolean('is_fixed').notNull(),
		isPaused: column.boolean('is_paused').notNull(),
		createdAt: column.time('created_at').notNull(),
		/** Failures in a row, what the last one was, and when it is tried again. */
		failures: column.integer('failures').notNull(),
		trouble: column.text('trouble'),
		retryAt: column.time('retry_at'),
		lastSentAt: column.time('last_sent_at'),
		/** Which process sends, and until when no other one may. */
		leasedBy: column.text('leased_by'),
		leasedUntil: column.time('leased_until'),
	});

	/** What a destination has not got yet, and what it refused. */
	const outbox = table(
		'outbox',
		{
			destinationId: column
				.id('destination_id')
				.notNull()
				.references(() => destinations.id, { onDelete: 'cascade' }),
			seq: column
				.serialId('seq')
				.notNull()
				.references(() => statements.seq, { onDelete: 'cascade' }),
			/** Set once it was refused for what it says; it then waits for a person. */
			refusedAt: column.time('refused_at'),
			reason: column.text('reason'),
		},
		(row) => [
			primaryKey({ columns: [row.destinationId, row.seq] }),
			index('outbox_statement').on(row.seq),
			// Few are refused, of a million that may wait.
			index('outbox_refused')
				.on(row.destinationId, row.seq)
				.where(sql`${row.refusedAt} is not null`),
		],
	);

	/** Who may open a course from an LMS of theirs, by a thin package that leads here. */
	const dispatches = table('dispatches', {
		id: column.id('id').primaryKey(),
		/** Whom it was made for. */
		name: column.text('name').notNull(),
		course: column.text('course').notNull(),
		/** The first one is that of titles. */
		languages: column.json('languages').$type<Language[]>().notNull(),
		/** SHA-256 of the token in the package, base64url. */
		tokenHash: column.text('token_hash').notNull(),
		/** The token, encrypted with the server's own key, so that the package can be fetched again. */
		tokenSealed: column.text('token_sealed').notNull(),
		/** The most learners; null for as many as come. */
		seats: column.integer('seats'),
		expiresAt: column.time('expires_at'),
		revokedAt: column.time('revoked_at'),
		/** Who may frame the course; empty for any page by https. */
		origins: column.json('origins').$type<string[]>().notNull(),
		createdBy: column.id('created_by').references(() => users.id, { onDelete: 'set null' }),
		createdAt: column.time('created_at').notNull(),
		usedAt: column.time('used_at'),
	});

	/** Who came by a dispatch: a learner without account, whom only the LMS can name. */
	const seats = table(
		'dispatch_seats',
		{
			dispatchId: column
				.id('dispatch_id')
				.notNull()
				.references(() => dispatches.id, { onDelete: 'cascade' }),
			/** HMAC-SHA-256 of what the LMS calls the learner, keyed by the token. */
			learner: column.text('learner').notNull(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			firstSeenAt: column.time('first_seen_at').notNull(),
			lastSeenAt: column.time('last_seen_at').notNull(),
		},
		(row) => [
			primaryKey({ columns: [row.dispatchId, row.learner] }),
			uniqueIndex('dispatch_seats_user').on(row.userId),
		],
	);

	/** What administrators have set for this server, by name; see `settings.ts`. */
	const settings = table('settings', {
		name: column.text('name').primaryKey(),
		value: column.json('value').notNull(),
		changedAt: column.time('changed_at').notNull(),
	});

	/** Mail that is to be sent, or was. Once it is settled, only its envelope stays. */
	const letters = table(
		'letters',
		{
			id: column.id('id').primaryKey(),
			/** Who gets it, where that is somebody with an account. */
			userId: column.id('user_id').references(() => users.id, { onDelete: 'cascade' }),
			to: column.text('to').notNull(),
			/** What it is about, for example `invitation`. */
			kind: column.text('kind').notNull(),
			subject: column.text('subject').notNull(),
			/** Text, HTML and attachments; encrypted, as it may hold links that let somebody in. Null once settled. */
			body: column.text('body'),
			createdAt: column.time('created_at').notNull(),
			/** Not before this. */
			dueAt: column.time('due_at').notNull(),
			failures: column.integer('failures').notNull(),
			trouble: column.text('trouble'),
			sentAt: column.time('sent_at'),
			/** Given up: the address refuses it, or it was tried too often. */
			failedAt: column.time('failed_at'),
		},
		(row) => [
			index('letters_waiting')
				.on(row.dueAt)
				.where(sql`${row.sentAt} is null and ${row.failedAt} is null`),
			index('letters_to').on(row.to),
			// Without it, deleting anybody reads every letter ever sent.
			index('letters_user').on(row.userId),
			index('letters_created').on(row.createdAt),
		],
	);

	/** Who did what to whom, when. Only ever added to: the database itself refuses anything else. */
	const audit = table(
		'audit',
		{
			seq: column.serial('seq'),
			at: column.time('at').notNull(),
			/** A user's id, or null for the server and its command line. No reference: it outlives people. */
			actor: column.id('actor'),
			action: column.text('action').notNull(),
			/** What it was done to: a kind and an id. */
			subject: column.text('subject').notNull(),
			subjectId: column.id('subject_id').notNull(),
			/** Ids and figures; no names, addresses or texts. */
			details: column.json('details').$type<Record<string, unknown>>().notNull(),
		},
		(row) => [
			index('audit_actor').on(row.actor),
			index('audit_subject').on(row.subject, row.subjectId),
		],
	);

	/** Keys by which other programs read what an educator may see. */
	const apiTokens = table(
		'api_tokens',
		{
			id: column.id('id').primaryKey(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			name: column.text('name').notNull(),
			secretHash: column.text('secret_hash').notNull(),
			createdAt: column.time('created_at').notNull(),
			expiresAt: column.time('expires_at').notNull(),
			usedAt: column.time('used_at'),
		},
		(row) => [index('api_tokens_user').on(row.userId)],
	);

	const cmi5Courses = defineCmi5Courses(dialect);
	const cmi5Registrations = defineCmi5Registrations(dialect, users, cmi5Courses);
	const cmi5Sessions = defineCmi5Sessions(dialect, cmi5Registrations);

	return {
		users,
		sessions,
		tokens,
		events,
		reflections,
		reminders,
		lessonStandings,
		visits,
		statements,
		lrsClients,
		statementTerms,
		lrsAttachments,
		statementAttachments,
		lrsActivities,
		lrsAgents,
		lrsDocuments,
		destinations,
		outbox,
		dispatches,
		seats,
		...defineTeaching(dialect, users),
		settings,
		letters,
		audit,
		apiTokens,
		cmi5Courses,
		cmi5Registrations,
		cmi5Sessions,
	};
}

export type Role = 'learner' | 'educator' | 'administrator';
export const ROLES = ['learner', 'educator', 'administrator'] as const satisfies readonly Role[];
