import { eq } from 'drizzle-orm';
import { readCode } from '#lib/certificates/code.ts';
import { readRevocation, readStates, type Reason } from '#lib/certificates/states.ts';
import type { Text } from '#lib/course/text.ts';
import type { Database } from '../db/database.ts';

/** What anybody with the code is told: what holds for every certificate, and what its holder allows. */
export interface Told {
	code: string;
	status: 'valid' | 'revoked';
	/** When and why it was revoked. */
	revokedOn?: string;
	reason?: Reason;
	course: { title: Text; version: string };
	provider: string;
	/** ISO 8601. */
	completedAt: string;
	issuedAt: string;
	review: { state: 'pending' } | { state: 'signed'; by: string; on: string };
	/** Absent where the holder does not show it. */
	name?: string;
	result?: { percent: number | null; passMark: number; of: 'final-test' | 'quizzes' };
}

export type Answer = Told | { status: 'unknown' } | { status: 'unreadable'; why: Wrong };
type Wrong = Extract<ReturnType<typeof readCode>, { wrong: unknown }>['wrong'];

/**
 * Answers who asks about a code. A code that was mistyped is told by its check character, without a
 * question to the database; a well-formed one that belongs to nothing is unknown, whatever it once was.
 */
export async function verify(db: Database, typed: string): Promise<Answer> {
	const read = readCode(typed);
	if ('wrong' in read) return { status: 'unreadable', why: read.wrong };
	const { certificates } = db.tables;
	const [row] = await db.read.select().from(certificates).where(eq(certificates.code, read.code));
	if (!row) return { status: 'unknown' };
	const { course, provider, review, learner, result } = readStates(row.states);
	const told: Told = {
		code: row.code,
		status: 'valid',
		course: { title: course.title, version: course.version },
		provider: provider.name,
		completedAt: row.completedAt.toISOString(),
		issuedAt: row.issuedAt.toISOString(),
		review,
	};
	if (row.revokedAt) {
		// What is no longer vouched for is not repeated.
		const { reason } = readRevocation(row.revokedBecause);
		return { ...told, status: 'revoked', revokedOn: row.revokedAt.toISOString(), reason };
	}
	if (row.shows.name) told.name = learner.name;
	const { of, percent, passMark } = result;
	if (row.shows.result) told.result = { of, percent, passMark };
	return told;
}
