import { and, asc, eq, sql } from 'drizzle-orm';
import { v5 } from 'uuid';
import { newCode } from '#lib/certificates/code.ts';
import { SHOWS_AT_FIRST, type States } from '#lib/certificates/states.ts';
import { lessonsOf, type Course } from '#lib/course/model.ts';
import { lessonsOfOutline } from '#lib/course/outline.ts';
import { note } from '../audit.ts';
import type { Database, Queries } from '../db/database.ts';
import { preparedIn, unseen } from '../db/prepared.ts';
import { EVER, mapOf } from '../learning/enrolments.ts';
import { readProvider, statedProvider } from './provider.ts';

export type Certificate = Database['tables']['certificates']['$inferSelect'];
type Enrolment = Database['tables']['enrolments']['$inferSelect'];

/** Under which ids of certificates are made. */
const IDS = '0c1d0a55-0f0e-5b64-9a57-5a2f4d8b6b1e';

/**
 * Issues what somebody with an account has earned and has no certificate of: for each course passed
 * once, and again for each later round of an assignment that comes again. What was passed by the very
 * same work is certified once. A guest gets nothing until they have an account.
 *
 * To be called in the transaction that stores the deed; anybody may call it again at any time.
 *
 * @param only of this course; of all of them when left out
 * @returns how many were issued
 */
export async function issueDue(
	db: Pick<Database, 'tables' | 'lists'>,
	tx: Queries,
	courses: (id: string) => Course | undefined,
	userId: string,
	now: Date,
	only?: string,
): Promise<number> {
	let issued = 0;
	for (const { enrolment, name } of await earnedBy(db, tx, { userId })) {
		if (only !== undefined && enrolment.course !== only) continue;
		const course = courses(enrolment.course);
		// Counted by the course as it is: what was done in another version is counted anew first.
		if (!course || enrolment.courseVersion !== course.version || !name.trim()) continue;
		if (await isCertified(db, tx, enrolment)) continue;
		if (await insert(db, tx, course, enrolment, name, now)) issued++;
	}
	return issued;
}

/** Whether there is anything to issue, without a transaction: most often there is not. */
export async function isAnythingDue(db: Database, userId: string): Promise<boolean> {
	const earned = await earnedBy(db, db.read, { userId });
	for (const { enrolment } of earned) if (!(await isCertified(db, db.read, enrolment))) return true;
	return false;
}

/** What somebody with an account has done all of. */
const earnedBy = preparedIn<Promise<{ enrolment: Enrolment; name: string }[]>>(
	'find_earned',
	({ tables: { enrolments, users } }, queries) =>
		queries
			.select({ enrolment: enrolments, name: users.name })
			.from(enrolments)
			.innerJoin(users, and(eq(users.id, enrolments.userId), sql`not ${users.isGuest}`))
			.where(and(eq(enrolments.userId, unseen('userId')), sql`${enrolments.standing} = 'done'`))
			.orderBy(asc(enrolments.course), asc(enrolments.since)),
);

async function isCertified(
	{ tables: { certificates } }: Pick<Database, 'tables'>,
	queries: Queries,
	{ userId, course, since, doneAt }: Enrolment,
): Promise<boolean> {
	const theirs = await queries
		.select({ since: certificates.since, completedAt: certificates.completedAt })
		.from(certificates)
		.where(and(eq(certificates.userId, userId), eq(certificates.course, course)));
	return theirs.some(
		(one) => one.since === since || one.completedAt.getTime() === doneAt?.getTime(),
	);
}

async function insert(
	db: Pick<Database, 'tables'>,
	tx: Queries,
	course: Course,
	enrolment: Enrolment,
	name: string,
	now: Date,
): Promise<boolean> {
	const { userId, since, doneAt } = enrolment;
	const provider = statedProvider(await readProvider(db, tx));
	return store(
		db,
		tx,
		{
			// By what it is of: two at the same moment cannot both be stored.
			id: v5(JSON.stringify([userId, course.id, since]), IDS),
			code: newCode(),
			userId,
			course: course.id,
			courseVersion: course.version,
			since,
			states: statesOf(course, enrolment, name, provider),
			shows: SHOWS_AT_FIRST,
			completedAt: doneAt ?? now,
			issuedAt: now,
		},
		{ actor: null, details: { course: course.id } },
		now,
	);
}

/** Stores a certificate, and on record that it was issued. @returns whether it was new */
export async function store(
	db: Pick<Database, 'tables'>,
	tx: Queries,
	row: Database['tables']['certificates']['$inferInsert'],
	{ actor, details }: { actor: string | null; details: Record<string, unknown> },
	now: Date,
): Promise<boolean> {
	const { certificates } = db.tables;
	const added = await tx
		.insert(certificates)
		.values(row)
		.onConflictDoNothing()
		.returning({ id: certificates.id });
	if (added.length === 0) return false;
	await note(
		db,
		tx,
		{ actor, action: 'certificate.issued', on: ['certificate', row.id], details },
		now,
	);
	return true;
}

/** The id of the certificate that takes another's place: one each, however often it is asked for. */
export function successorId(id: string): string {
	return v5(id, IDS);
}

/** What a certificate of a passed course states. */
export function statesOf(
	course: Course,
	enrolment: Pick<Enrolment, 'since' | 'beganAt' | 'doneAt' | 'lastAt' | 'seconds' | 'score'>,
	name: string,
	provider: States['provider'],
): States {
	const map = mapOf(course);
	const lessons = lessonsOf(course);
	const minutes = lessonsOfOutline(map).reduce((sum, lesson) => sum + lesson.minutes, 0);
	const { review } = course;
	return {
		v: 1,
		learner: { name: name.trim() },
		course: { id: course.id, version: course.version, title: course.title },
		provider,
		beganAt: enrolment.beganAt.toISOString(),
		completedAt: (enrolment.doneAt ?? enrolment.lastAt).toISOString(),
		isRenewal: enrolment.since !== EVER,
		hours: {
			estimatedMinutes: minutes + (course.finalTest?.minutes ?? 0),
			measuredSeconds: Math.max(0, Math.round(enrolment.seconds)),
		},
		objectives: lessons.map((lesson) => lesson.objective),
		result: {
			of: course.finalTest ? 'final-test' : 'quizzes',
			percent: enrolment.score,
			passMark: course.finalTest?.passMark ?? course.passMark,
			lessons: lessons.length,
		},
		review:
			review.state === 'signed'
				? { state: 'signed', by: review.by, on: review.on }
				: { state: 'pending' },
		authors: course.authors ?? [],
	};
}
