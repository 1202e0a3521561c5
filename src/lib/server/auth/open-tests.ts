import { and, eq } from 'drizzle-orm';
import { FINAL_TEST, TEST_STEP } from '#lib/course/parts.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import { courseIri } from '#lib/xapi/iris.ts';
import type { Database } from '../db/database.ts';

/** Attempts at final tests that are under way: what they have earned is nobody's to see yet. */
export interface OpenTests {
	/** Ids. */
	attempts: Set<string>;
	/** When the oldest of them began, by course: ISO 8601, by the learner's clock. */
	since: Map<string, string>;
}

/** Which of a learner's attempts at final tests are under way. */
export async function openTests(db: Database, userId: string): Promise<OpenTests> {
	const { events } = db.tables;
	const rows = await db.read
		.select({ body: events.body })
		.from(events)
		.where(and(eq(events.userId, userId), eq(events.lesson, FINAL_TEST)));
	const tests = rows.map(({ body }) => body as LearnerEvent);
	const answers = new Set(
		tests.flatMap((event) =>
			event.type === 'answered' ? answerOf(event.attempt, event.item) : [],
		),
	);
	const open: OpenTests = { attempts: new Set(), since: new Map() };
	for (const event of tests) {
		if (event.type !== 'attempt-began') continue;
		if (event.items.every((item) => answers.has(answerOf(event.attempt, item)))) continue;
		open.attempts.add(event.attempt);
		const since = open.since.get(event.course);
		if (since === undefined || event.at < since) open.since.set(event.course, event.at);
	}
	return open;
}

const answerOf = (attempt: string, item: string) => `${attempt} ${item}`;

/** Whether an event's score must wait until its attempt is finished. */
export function isOfOpenTest({ attempts }: OpenTests, event: LearnerEvent): boolean {
	return event.lesson === FINAL_TEST && event.type === 'answered' && attempts.has(event.attempt);
}

/** A statement as its learner may see it: of an unfinished test neither what is right nor the result. */
export function withoutOpenResult(
	{ since }: OpenTests,
	course: string,
	statement: Statement,
): object {
	const began = since.get(course);
	const isOpen =
		began !== undefined &&
		statement.timestamp >= began &&
		statement.object.id.startsWith(`${courseIri(course)}/${FINAL_TEST}/${TEST_STEP}/`);
	if (!isOpen) return statement;
	const { result: _result, object, ...others } = statement;
	return { ...others, object: { id: object.id } };
}

export interface Statement {
	timestamp: string;
	object: { id: string };
	result?: unknown;
}
