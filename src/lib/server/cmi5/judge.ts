import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Breach } from '#lib/cmi5/breach.ts';
import { satisfied } from '#lib/cmi5/lms-statements.ts';
import { keyOf, newlySatisfied } from '#lib/cmi5/move-on.ts';
import type { Sent } from '#lib/cmi5/sent.ts';
import { after, breachOf, NOT_BEGUN, type Said, type Standing } from '#lib/cmi5/session.ts';
import type { Database, Queries } from '../db/database.ts';
import { Refusal } from '../lrs/http/refusal.ts';
import type { Judge } from '../lrs/store.ts';
import { courseBy } from './courses.ts';
import { sayAll } from './say.ts';
import { askingOf, sessionBy, type Asking } from './sessions.ts';

/** How many one query names: engines take so many parameters and no more. */
const FEW = 500;

/**
 * Holds statements of a session against the rules of cmi5, in the transaction that stores them: one
 * that breaks a rule is refused with its number, and then none of them is stored. What they change is
 * kept, and what is satisfied by them is said, block before course.
 *
 * @param isList whether they came as a list, for the place of what is wrong
 * @throws Refusal 400 or 403
 */
export function judgeFor({ id, registration, userId }: Asking, isList: boolean): Judge {
	return async (db, tx, kept, storedAt) => {
		const { cmi5Registrations, cmi5Sessions, statements } = db.tables;
		// First of all: on PostgreSQL this keeps the learner's other sessions waiting until the end.
		const [taken] = await tx
			.update(cmi5Registrations)
			.set({ seenAt: storedAt })
			.where(eq(cmi5Registrations.id, registration))
			.returning();
		const found = await sessionBy(db, tx, id);
		if (!taken || !found) throw new Refusal(403, 'The learner is no longer here.');
		const session = askingOf(found.session, taken);
		let said: Said = {
			verbs: found.session.said as Said['verbs'],
			hasPreferences: session.hasPreferences,
			...(session.ended ? { ended: session.ended } : {}),
		};
		const before = taken.standings[session.publisherId] ?? NOT_BEGUN;
		let standing = before;
		for (const { at, received } of kept) {
			const sent = received.value as unknown as Sent;
			const breach = breachOf(session, said, standing, sent);
			if (breach) throw refusalOf(breach, isList ? `[${at}].` : '');
			const then = after(said, standing, sent);
			({ said } = then);
			// Who looks around, or back, has not begun anything by that.
			if (session.mode === 'Normal') ({ standing } = then);
		}
		// They go when the learner is deleted.
		const seqs = kept.map(({ seq }) => seq);
		for (let from = 0; from < seqs.length; from += FEW)
			await tx
				.update(statements)
				.set({ userId })
				.where(inArray(statements.seq, seqs.slice(from, from + FEW)));
		const [isOpen] = await tx
			.update(cmi5Sessions)
			.set({
				...{ said: [...said.verbs], seenAt: storedAt, statedAt: storedAt },
				...(said.ended ? { ended: said.ended, endedAt: storedAt } : {}),
			})
			.where(and(eq(cmi5Sessions.id, id), isNull(cmi5Sessions.endedAt)))
			.returning({ id: cmi5Sessions.id });
		// On PostgreSQL it may have been abandoned since it was read.
		if (!isOpen) throw new Refusal(403, 'The session has ended. Launch the unit again.');
		if (standing !== before) await keepStanding(db, tx, session, taken, standing, storedAt);
	};
}

type Registration = Database['tables']['cmi5Registrations']['$inferSelect'];

async function keepStanding(
	db: Database,
	tx: Queries,
	session: Asking,
	{ standings, satisfied: known }: Registration,
	standing: Standing,
	now: Date,
): Promise<void> {
	const { cmi5Registrations } = db.tables;
	const all = { ...standings, [session.publisherId]: standing };
	const course = await courseBy(db, tx, session.courseId);
	const done = course ? newlySatisfied(course.structure, all, known) : [];
	await tx
		.update(cmi5Registrations)
		.set({ standings: all, satisfied: [...known, ...done.map(keyOf)] })
		.where(eq(cmi5Registrations.id, session.registration));
	const said = done.map((whole) =>
		satisfied(
			{ id: crypto.randomUUID(), at: now.toISOString(), session },
			course!.structure,
			course!.iri,
			whole,
		),
	);
	await sayAll(db, tx, session.userId, said);
}

function refusalOf({ requirement, status, at, message }: Breach, where: string): Refusal {
	const place = `${where}${at}`;
	return new Refusal(status, `cmi5 ${requirement}: ${place}: ${message}`, {
		problems: [{ at: place, message: `cmi5 ${requirement}: ${message}` }],
	});
}
