import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Language } from '#lib/course/language.ts';
import type { Standing } from '#lib/progress/completion.ts';
import type { UnitCell } from '#lib/progress/enrolment.ts';
import type { Dialect } from './dialect.ts';

/*
 * Teaching: who teaches whom and asks for what, where learners stand, and what they get for it.
 */

/** @param users everybody with an account or a guest's session */
export function defineTeaching(
	{ table, column, index, uniqueIndex, primaryKey }: Dialect,
	users: { id: AnySQLiteColumn },
) {
	/** A department or a school, with its educators and groups. */
	const organisations = table('organisations', {
		id: column.id('id').primaryKey(),
		name: column.text('name').notNull(),
		/** IANA name, for example `Europe/Copenhagen`: dates of assignments are days there. */
		timeZone: column.text('time_zone').notNull(),
		createdAt: column.time('created_at').notNull(),
		archivedAt: column.time('archived_at'),
	});

	/** Who teaches in an organisation. */
	const educators = table(
		'educators',
		{
			organisationId: column
				.id('organisation_id')
				.notNull()
				.references(() => organisations.id, { onDelete: 'cascade' }),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			createdAt: column.time('created_at').notNull(),
		},
		(row) => [
			primaryKey({ columns: [row.organisationId, row.userId] }),
			index('educators_user').on(row.userId),
		],
	);

	/** A cohort of learners. */
	const groups = table(
		'groups',
		{
			id: column.id('id').primaryKey(),
			organisationId: column
				.id('organisation_id')
				.notNull()
				.references(() => organisations.id, { onDelete: 'cascade' }),
			name: column.text('name').notNull(),
			/** Days without progress after which a member counts as stuck. */
			stuckDays: column.integer('stuck_days').notNull(),
			createdAt: column.time('created_at').notNull(),
			archivedAt: column.time('archived_at'),
		},
		(row) => [index('groups_organisation').on(row.organisationId)],
	);

	/** Which of an organisation's educators follow a group; nobody else sees its members' results. */
	const groupEducators = table(
		'group_educators',
		{
			groupId: column
				.id('group_id')
				.notNull()
				.references(() => groups.id, { onDelete: 'cascade' }),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			createdAt: column.time('created_at').notNull(),
		},
		(row) => [
			primaryKey({ columns: [row.groupId, row.userId] }),
			index('group_educators_user').on(row.userId),
		],
	);

	/** Learners of a group; who leaves is no longer here, and keeps what they did. */
	const members = table(
		'members',
		{
			groupId: column
				.id('group_id')
				.notNull()
				.references(() => groups.id, { onDelete: 'cascade' }),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			joinedAt: column.time('joined_at').notNull(),
		},
		(row) => [
			primaryKey({ columns: [row.groupId, row.userId] }),
			index('members_user').on(row.userId),
		],
	);

	/** Ways into a group: a link for as many as it has seats, or a letter to one person. */
	const invitations = table(
		'invitations',
		{
			id: column.id('id').primaryKey(),
			groupId: column
				.id('group_id')
				.notNull()
				.references(() => groups.id, { onDelete: 'cascade' }),
			kind: column.text('kind').$type<'link' | 'mail'>().notNull(),
			/** Of the person who is invited by mail; lower case. */
			email: column.text('email'),
			name: column.text('name'),
			profession: column.text('profession'),
			/** In which the letter is written. */
			language: column.text('language').$type<Language>().notNull(),
			/** SHA-256 of the secret half of the token, base64url. */
			secretHash: column.text('secret_hash').notNull(),
			/** The token, encrypted with the server's own key, so that it can be shown or sent again. */
			tokenSealed: column.text('token_sealed').notNull(),
			/** The most people; null for as many as come. */
			seats: column.integer('seats'),
			used: column.integer('used').notNull(),
			createdBy: column.id('created_by').references(() => users.id, { onDelete: 'set null' }),
			createdAt: column.time('created_at').notNull(),
			expiresAt: column.time('expires_at').notNull(),
			revokedAt: column.time('revoked_at'),
			declinedAt: column.time('declined_at'),
		},
		(row) => [
			uniqueIndex('invitations_person').on(row.groupId, row.email),
			index('invitations_email').on(row.email),
			index('invitations_creator').on(row.createdBy),
		],
	);

	/** People read from an uploaded file, until an educator has looked at them and says yes. */
	const imports = table('imports', {
		id: column.id('id').primaryKey(),
		groupId: column
			.id('group_id')
			.notNull()
			.references(() => groups.id, { onDelete: 'cascade' }),
		createdBy: column
			.id('created_by')
			.notNull()
			.references(() => users.id, { onDelete: 'cascade' }),
		createdAt: column.time('created_at').notNull(),
		rows: column.json('rows').notNull(),
	});

	/** What a group, or some of its members, is asked to do, and by when. */
	const assignments = table(
		'assignments',
		{
			id: column.id('id').primaryKey(),
			groupId: column
				.id('group_id')
				.notNull()
				.references(() => groups.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			scope: column.text('scope').$type<'course' | 'lessons' | 'final-test'>().notNull(),
			/** Ids, where the scope is lessons. */
			lessons: column.json('lessons').$type<string[]>().notNull(),
			/** Days in the organisation's time zone, `2027-02-01`; the last one is included. */
			startsOn: column.text('starts_on').notNull(),
			dueOn: column.text('due_on'),
			/** Comes again after so many months; null for once. */
			everyMonths: column.integer('every_months'),
			/** 0–100, of the course's score (final test or quizzes). */
			requiredScore: column.integer('required_score'),
			/** The most attempts at the final test in one round. */
			attempts: column.integer('attempts'),
			message: column.text('message').notNull(),
			/** Days before the due day (positive) and after it (negative) on which to remind. */
			reminders: column.json('reminders').$type<number[]>().notNull(),
			/** False when only those in `assignees` are asked. */
			forEveryone: column.boolean('for_everyone').notNull(),
			createdBy: column.id('created_by').references(() => users.id, { onDelete: 'set null' }),
			createdAt: column.time('created_at').notNull(),
			changedAt: column.time('changed_at').notNull(),
			withdrawnAt: column.time('withdrawn_at'),
		},
		(row) => [
			index('assignments_group').on(row.groupId),
			index('assignments_creator').on(row.createdBy),
		],
	);

	const assignees = table(
		'assignees',
		{
			assignmentId: column
				.id('assignment_id')
				.notNull()
				.references(() => assignments.id, { onDelete: 'cascade' }),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
		},
		(row) => [
			primaryKey({ columns: [row.assignmentId, row.userId] }),
			index('assignees_user').on(row.userId),
		],
	);

	/** Which reminders somebody has had, so that none comes twice. */
	const remindersSent = table(
		'reminders_sent',
		{
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			assignmentId: column
				.id('assignment_id')
				.notNull()
				.references(() => assignments.id, { onDelete: 'cascade' }),
			/** The round's due day, `2027-02-01`, and how many days before it. */
			dueOn: column.text('due_on').notNull(),
			daysBefore: column.integer('days_before').notNull(),
			sentAt: column.time('sent_at').notNull(),
		},
		(row) => [
			primaryKey({ columns: [row.userId, row.assignmentId, row.dueOn, row.daysBefore] }),
			index('reminders_sent_at').on(row.userId, row.sentAt),
		],
	);

	/**
	 * Where a learner stands in a course, in the few figures that lists need. Made of `events` alone
	 * by `progress/enrolment.ts`: it may be thrown away at any time.
	 */
	const enrolments = table(
		'enrolments',
		{
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			/** Empty for everything ever done; else the start of a round, ISO 8601 in UTC: only what was done since counts. */
			since: column.text('since').notNull(),
			/** What it was counted by; another version is counted anew. */
			courseVersion: column.text('course_version').notNull(),
			standing: column.text('standing').$type<Standing>().notNull(),
			stepsDone: column.integer('steps_done').notNull(),
			steps: column.integer('steps').notNull(),
			/** 0–100, of the course. */
			score: column.integer('score'),
			/** The most failed attempts at one quiz, or at the final test, that is not passed yet. */
			failed: column.integer('failed').notNull(),
			testAttempts: column.integer('test_attempts').notNull(),
			/** Seconds spent, by the learner's clock. */
			seconds: column.integer('seconds').notNull(),
			/** By unit id: see `UnitCell`. */
			cells: column.json('cells').$type<Record<string, UnitCell>>().notNull(),
			beganAt: column.time('began_at').notNull(),
			lastAt: column.time('last_at').notNull(),
			/** When a step was last completed, or the course begun. */
			progressedAt: column.time('progressed_at').notNull(),
			doneAt: column.time('done_at'),
			testPassedAt: column.time('test_passed_at'),
		},
		(row) => [primaryKey({ columns: [row.userId, row.course, row.since] })],
	);

	/**
	 * The answer that a learner gave to each activity in the first finished attempt that it was part of,
	 * for educators' figures of activities. Made of `events` alone by `progress/first-answers.ts`: it
	 * may be thrown away at any time. Holds ids and numbers, never free text. One row of each learner
	 * and course, without lesson, step and item, sums the others up: see `SUMMARY` there.
	 */
	const firstAnswers = table(
		'first_answers',
		{
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			/** A lesson, the final test or the confidence measure. */
			lesson: column.text('lesson').notNull(),
			step: column.text('step').notNull(),
			item: column.text('item').notNull(),
			/** As JSON text with its keys in one order, so that equal answers are equal texts. */
			response: column.text('response').notNull(),
			earned: column.integer('earned').notNull(),
			possible: column.integer('possible').notNull(),
			/** Of the attempt's other activities, for discrimination. */
			restEarned: column.integer('rest_earned').notNull(),
			restPossible: column.integer('rest_possible').notNull(),
			/** When the attempt was finished. */
			at: column.time('at').notNull(),
		},
		(row) => [primaryKey({ columns: [row.userId, row.course, row.lesson, row.step, row.item] })],
	);

	/** Proof of a passed course, as it was on the day. */
	const certificates = table(
		'certificates',
		{
			id: column.id('id').primaryKey(),
			/** What people type to verify it; says nothing by itself. */
			code: column.text('code').notNull().unique(),
			userId: column
				.id('user_id')
				.notNull()
				.references(() => users.id, { onDelete: 'cascade' }),
			course: column.text('course').notNull(),
			courseVersion: column.text('course_version').notNull(),
			/** Tells renewals apart: the start of the round, or empty. */
			since: column.text('since').notNull(),
			/** Everything that it states; see `certificates/states.ts`. */
			states: column.json('states').notNull(),
			/** What the holder lets others see by its code. */
			shows: column.json('shows').$type<{ name: boolean; result: boolean }>().notNull(),
			/** The signed Open Badges credential. */
			credential: column.text('credential'),
			completedAt: column.time('completed_at').notNull(),
			issuedAt: column.time('issued_at').notNull(),
			revokedAt: column.time('revoked_at'),
			revokedBecause: column.text('revoked_because'),
		},
		(row) => [index('certificates_user').on(row.userId, row.course)],
	);

	return {
		organisations,
		educators,
		groups,
		groupEducators,
		members,
		invitations,
		imports,
		assignments,
		assignees,
		remindersSent,
		enrolments,
		firstAnswers,
		certificates,
	};
}
