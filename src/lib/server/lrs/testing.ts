import { checkStatement, type XapiVersion } from '#lib/xapi/rules/index.ts';
import type { Database } from '../db/database.ts';
import { authorityOf } from './own-statements.ts';
import type { Author, Received } from './store.ts';

/* What tests of the record store begin with. */

export type Made = Record<string, unknown> & { id: string };

/** A valid statement; what is given stands in the place of what it would have. */
export function statement(own: Record<string, unknown> = {}): Made {
	return {
		id: crypto.randomUUID(),
		actor: { objectType: 'Agent', mbox: 'mailto:ida@example.org' },
		verb: { id: 'https://example.org/verbs/did' },
		object: { objectType: 'Activity', id: 'https://example.org/activities/one' },
		...own,
	};
}

export const refTo = (id: string) => ({ objectType: 'StatementRef', id });
export const voiding = (id: string, own: Record<string, unknown> = {}) =>
	statement({ verb: { id: 'http://adlnet.gov/expapi/verbs/voided' }, object: refTo(id), ...own });

/** Statements as they come in. */
export function received(
	values: Record<string, unknown>[],
	version: XapiVersion = '1.0.3',
): Received[] {
	return values.map((value) => {
		const problems = checkStatement(value, version);
		if (problems.length > 0) throw new Error(JSON.stringify(problems));
		return { value, text: JSON.stringify(value) };
	});
}

export function author(clientId: string, own: Partial<Author> = {}): Author {
	return {
		clientId,
		authority: authorityOf(clientId, clientId),
		mayVoidAny: false,
		mayDefine: true,
		...own,
	};
}

/** Takes everything out of a record store: opening PostgreSQL anew for each test takes its time. */
export async function emptied({ tables, tx }: Database): Promise<void> {
	await tx(async (queries) => {
		await queries.delete(tables.statementTerms);
		await queries.delete(tables.statements);
		await queries.delete(tables.lrsAttachments);
		await queries.delete(tables.lrsActivities);
		await queries.delete(tables.lrsAgents);
		await queries.delete(tables.lrsDocuments);
		await queries.delete(tables.lrsClients);
		await queries.delete(tables.settings);
	});
}
