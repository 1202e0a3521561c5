import {
	and,
	asc,
	count,
	countDistinct,
	eq,
	inArray,
	isNull,
	isNotNull,
	notExists,
} from 'drizzle-orm';
import { agentKey } from '#lib/xapi/rules/index.ts';
import { note } from '../audit.ts';
import type { Database, Queries } from '../db/database.ts';
import { dropUnnamed } from './attachments.ts';
import { clientKey, keysFor, removeTerms, termKeysOf } from './index-terms.ts';
import { forgetNames } from './known.ts';
import { valueOf } from './own-statements.ts';
import { termsBelow } from './references.ts';

/*
 * Statements are never changed, but people may ask to be forgotten. What this server itself keeps of
 * them goes with their account (`auth/forget.ts`); what other systems wrote here about somebody is
 * found by how they name the person, and goes by this.
 */

/** What there is of somebody, or was. */
export interface Traces {
	/** Where the person is actor, object or in the context, and those that refer to such ones. */
	statements: number;
	/** State, and profiles of the agent. */
	documents: number;
}

/** Statements in one transaction: others want to write, too. */
const FEW = 200;

/** What other systems have stored here about an agent. */
export async function tracesOf(db: Database, agent: unknown): Promise<Traces> {
	const { statements, statementTerms, lrsDocuments } = db.tables;
	const [found] = await db.read
		.select({ statements: countDistinct(statements.seq) })
		.from(statementTerms)
		.innerJoin(statements, eq(statements.seq, statementTerms.seq))
		.where(about(db, agent));
	const [beside] = await db.read
		.select({ documents: count() })
		.from(lrsDocuments)
		.where(eq(lrsDocuments.agent, agentKey(agent)));
	return { statements: found!.statements, documents: beside!.documents };
}

/**
 * Deletes what other systems have stored here about an agent: statements with their attachments,
 * documents and names. It goes step by step; when it is broken off, it can be called again.
 *
 * @param actor who has it done; null for the command line
 */
export async function forgetAgent(
	db: Database,
	agent: unknown,
	actor: string | null,
): Promise<Traces> {
	let deleted = 0;
	for (;;) {
		const some = await db.tx(async (tx) => {
			// Nobody is told that a statement is there already while it goes.
			await db.hold(tx, 'statements', 'alone');
			return deleteSome(db, tx, agent);
		});
		deleted += some;
		if (some === 0) break;
	}
	const { lrsDocuments } = db.tables;
	return db.tx(async (tx) => {
		await db.hold(tx, 'statements', 'alone');
		await dropUnnamed(db, tx);
		const gone = await tx
			.delete(lrsDocuments)
			.where(eq(lrsDocuments.agent, agentKey(agent)))
			.returning({ key: lrsDocuments.key });
		await forgetNames(db, tx, agent);
		await removeOrphans(db, tx, agent);
		const traces = { statements: deleted, documents: gone.length };
		await note(db, tx, {
			...{ actor, action: 'statements.deleted', on: ['lrs-agent', 'agent'] },
			details: { ...traces },
		});
		return traces;
	});
}

/** Statements of other systems that the broad filter finds. */
function about({ tables: { statements, statementTerms } }: Database, agent: unknown) {
	const keys = keysFor({ kind: 'agent-related', value: agentKey(agent) });
	return and(
		inArray(statementTerms.term, keys),
		isNotNull(statements.clientId),
		isNull(statements.userId),
	);
}

/** What referred to a statement that was deleted before it could not be traced to all that it was found by. */
async function removeOrphans(
	{ tables: { statements, statementTerms } }: Database,
	tx: Queries,
	agent: unknown,
): Promise<void> {
	const keys = keysFor({ kind: 'agent-related', value: agentKey(agent) });
	const there = tx
		.select({ seq: statements.seq })
		.from(statements)
		.where(eq(statements.seq, statementTerms.seq));
	await tx.delete(statementTerms).where(and(inArray(statementTerms.term, keys), notExists(there)));
}

/** @returns how many */
async function deleteSome(db: Database, tx: Queries, agent: unknown): Promise<number> {
	const { statements, statementTerms } = db.tables;
	const { seq, id, body, clientId, storedAt, refersTo } = statements;
	const rows = await tx
		.selectDistinct({ seq, id, body, clientId, storedAt, refersTo })
		.from(statementTerms)
		.innerJoin(statements, eq(seq, statementTerms.seq))
		.where(about(db, agent))
		.orderBy(asc(seq))
		.limit(FEW);
	if (rows.length === 0) return 0;
	const indexed: { seq: number; terms: string[] }[] = [];
	for (const row of rows) {
		const own = { ...row, terms: termKeysOf(valueOf(row)) };
		const terms = [...(await termsBelow(db, tx, own)), clientKey(row.clientId!)];
		indexed.push({ seq: row.seq, terms });
	}
	await removeTerms(db, tx, indexed);
	await tx.delete(statements).where(
		inArray(
			seq,
			rows.map((row) => row.seq),
		),
	);
	return rows.length;
}
