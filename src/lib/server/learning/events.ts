import * as v from 'valibot';
import { schemas } from '#lib/activities/schemas.ts';
import { rulesFor } from '#lib/activities/registry.ts';
import { activitiesOf, type Course, type Step } from '#lib/course/model.ts';
import { stepsOf } from '#lib/course/parts.ts';
import type { Score } from '#lib/course/scoring.ts';
import { learnerEvent, type LearnerEvent } from '#lib/progress/events.ts';
import { createSession, type Session, type SessionUser } from '../auth/sessions.ts';
import type { Database, Queries } from '../db/database.ts';
import { inserter } from '../db/insert-many.ts';
import { tellOf } from '../statements/record.ts';

/** What a browser posts: whose events it believes them to be, and the events, oldest first. */
export const batch = v.strictObject({
	learner: v.nullable(v.pipe(v.string(), v.maxLength(64))),
	events: v.pipe(
		v.array(v.looseObject({ id: v.pipe(v.string(), v.maxLength(64)) })),
		v.minLength(1),
		v.maxLength(100),
	),
});
export type Batch = v.InferOutput<typeof batch>;

export interface Receipt {
	learner: string;
	/** Ids that are on record now, whether they came with this batch or an earlier one. */
	accepted: string[];
	/** Ids that never will be, and why. */
	refused: { id: string; reason: string }[];
	/** Begun with this batch when there was no learner before. */
	session?: Session;
}

interface Row {
	course: Course;
	event: LearnerEvent;
	score?: Exclude<Score, { kind: 'invalid' }>;
}

/**
 * Puts a batch on record: each event checked against the course, each response scored here (events
 * bring no score of their own), all of it in one transaction. Somebody without a session becomes a
 * guest. What was received before is accepted again and changes nothing.
 */
export async function receive(
	db: Database,
	courses: (id: string) => Course | undefined,
	user: Pick<SessionUser, 'id'> | null,
	{ events }: Batch,
	language: string,
	now = new Date(),
): Promise<Receipt> {
	const refused: Receipt['refused'] = [];
	const rows: Row[] = [];
	for (const given of events) {
		const checked = check(given, courses);
		if (typeof checked === 'string') refused.push({ id: given.id, reason: checked });
		else rows.push(checked);
	}
	return db.tx(async (tx) => {
		const session = user ? undefined : await newGuest(db, tx, language, now);
		const learner = user?.id ?? session!.userId;
		if (rows.length > 0) await store(db, tx, learner, rows, now);
		return { learner, accepted: rows.map((row) => row.event.id), refused, session };
	});
}

/** The event and what it is worth, or why it cannot be one of ours. */
function check(given: unknown, courses: (id: string) => Course | undefined): Row | string {
	const parsed = v.safeParse(learnerEvent, given);
	if (!parsed.success) {
		const issue = parsed.issues[0];
		return `${v.getDotPath(issue) ?? 'event'}: ${issue.message}`;
	}
	const event = parsed.output;
	const course = courses(event.course);
	if (!course) return `course: there is no course "${event.course}"`;
	const steps = stepsOf(course, event.lesson);
	if (!steps) return `lesson: "${course.id}" has no lesson "${event.lesson}"`;
	const step = steps.find((one) => one.id === event.step);
	if (!step) return `step: "${event.lesson}" has no step "${event.step}"`;
	if (event.type === 'attempt-began') return checkItems(event, step) ?? { course, event };
	if (
		event.type === 'metaphor-used' &&
		!(step.kind === 'read' && step.metaphors.includes(event.metaphor))
	)
		return `metaphor: "${step.id}" shows no metaphor "${event.metaphor}"`;
	if (event.type !== 'answered') return { course, event };
	return answered(course, event, step);
}

function checkItems(
	event: Extract<LearnerEvent, { type: 'attempt-began' }>,
	step: Step,
): string | undefined {
	if (step.kind === 'set' && step.role === 'test')
		return 'type: the server itself draws the items of a final test';
	const known = new Set(activitiesOf(step).map((activity) => activity.id));
	const foreign = event.items.find((item) => !known.has(item));
	return foreign === undefined ? undefined : `items: "${step.id}" has no activity "${foreign}"`;
}

function answered(
	course: Course,
	event: Extract<LearnerEvent, { type: 'answered' }>,
	step: Step,
): Row | string {
	const activity = activitiesOf(step).find((one) => one.id === event.item);
	if (!activity) return `item: "${step.id}" has no activity "${event.item}"`;
	const shape = v.safeParse(schemas[activity.type]!.response, event.response);
	if (!shape.success) return `response: ${shape.issues[0].message}`;
	const score = rulesFor(activity.type)!.score(activity, event.response);
	return score.kind === 'invalid' ? `response: ${score.reason}` : { course, event, score };
}

/** A learner without an account, and their session. */
export async function newGuest(db: Database, tx: Queries, language: string, now: Date) {
	const guest = { id: crypto.randomUUID(), isGuest: true };
	await tx.insert(db.tables.users).values({
		...guest,
		name: '',
		role: 'learner',
		language,
		createdAt: now,
	});
	return { ...(await createSession(tx, db.tables, guest, now)), userId: guest.id };
}

const insertEvents = inserter<'events', 'id'>(
	'insert_events',
	'events',
	[
		'id',
		'userId',
		'course',
		'lesson',
		'step',
		'type',
		'at',
		'receivedAt',
		'body',
		'earned',
		'possible',
	],
	['id'],
);

/**
 * Adds events and what is to be told of them; events that are there already stay as they are, and
 * nothing is told of them again.
 */
export async function store(db: Database, tx: Queries, userId: string, rows: Row[], now: Date) {
	const added = await insertEvents(
		db,
		tx,
		rows.map(({ event, score }) => ({
			id: event.id,
			userId,
			course: event.course,
			lesson: event.lesson,
			step: event.step,
			type: event.type,
			at: event.at,
			receivedAt: now,
			body: event,
			earned: score?.earned ?? null,
			possible: score?.possible ?? null,
		})),
	);
	const fresh = new Set(added.map(({ id }) => id));
	for (const course of new Set(rows.map((row) => row.course))) {
		const theirs = rows.filter((row) => row.course === course && fresh.delete(row.event.id));
		const told = theirs.map(({ event }) => event);
		await tellOf(db, tx, course, userId, told, now);
	}
}
