import { inArray, sql } from 'drizzle-orm';
import {
	isSameStatement,
	referencedBy,
	toUtc,
	voidedBy,
	type XapiVersion,
} from '#lib/xapi/rules/index.ts';
import { inArrays, withMembers, withNewMembers } from '#lib/xapi/text/index.ts';
import type { Database, Queries } from '../db/database.ts';
import { inserter } from '../db/insert-many.ts';
import { preparedIn } from '../db/prepared.ts';
import { keepAttachments, type Attachment } from './attachments.ts';
import { addTerms, clientKey, termKeysOf } from './index-terms.ts';
import { keepKnown, newsIn } from './known.ts';
import { settleReferences } from './references.ts';

/** Who writes. */
export interface Author {
	clientId: string;
	/** Set on every statement. */
	authority: Record<string, unknown>;
	/** Whether it may void what others wrote. */
	mayVoidAny: boolean;
	/** Whether what it says of activities and agents becomes part of what is known of them. */
	mayDefine: boolean;
}

/** A statement that keeps the rules, as it came. */
export interface Received {
	/** Without space around it. */
	text: string;
	value: Record<string, unknown>;
}

/** A statement on its way into the store. */
export interface Draft {
	/** Which of those that came together, from 0. */
	at: number;
	id: string;
	received: Received;
	refersTo: string | null;
	voids: 'own' | 'any' | null;
	/** What it is found by, besides the client. */
	terms: string[];
}

/** A draft that is stored. */
export interface Kept extends Draft {
	seq: number;
}

/**
 * Looks at what was stored, in the transaction that stores it, and may add to it. Whatever it throws
 * leaves nothing stored.
 */
export type Judge = (db: Database, tx: Queries, kept: Kept[], storedAt: Date) => Promise<void>;

/** Another statement has the id. Nothing was stored. */
export class StatementConflict extends Error {
	readonly id: string;
	constructor(id: string) {
		super(
			`Another statement with the id ${id} is stored already. Statements are never changed: send the new one with an id of its own.`,
		);
		this.id = id;
	}
}

const insertStatements = inserter<'statements', 'id' | 'seq'>(
	'insert_statements',
	'statements',
	['id', 'course', 'detail', 'storedAt', 'body', 'clientId', 'refersTo', 'voids', 'isVoided'],
	['id', 'seq'],
);
const knownBodies = preparedIn<Promise<{ id: string; body: string }[]>>(
	'statements_known',
	({ tables: { statements }, lists }, tx) =>
		tx
			.select({ id: statements.id, body: statements.body })
			.from(statements)
			.where(inArray(statements.id, lists.texts(sql.placeholder('ids')))),
);

/**
 * Stores statements of a client: all of them or none. They are on disk when the promise resolves. One
 * that is stored already, and says the same, changes nothing.
 *
 * @param received in the order in which they are to stand
 * @returns their ids, in the same order
 * @throws StatementConflict; VoidingRefused; whatever `judge` throws
 */
export async function storeStatements(
	db: Database,
	author: Author,
	version: XapiVersion,
	received: Received[],
	{
		attachments = [] as Attachment[],
		now = () => new Date(),
		judge = undefined as Judge | undefined,
	} = {},
): Promise<string[]> {
	const drafts = received.map((one, at) => draftOf(one, at, author));
	const news = author.mayDefine ? newsIn(db, drafts) : undefined;
	// One that refers to another, and that other one, have to see each other, whichever comes first.
	const how = drafts.some(({ refersTo }) => refersTo !== null) ? 'alone' : 'shared';
	await db.tx(async (tx) => {
		await db.hold(tx, 'statements', how);
		await db.hold(tx, 'storing', 'shared');
		// Taken here, where SQLite stores one after the other, so that it grows with `seq` there.
		const storedAt = now();
		const kept = await insertFresh(db, tx, drafts, author, version, storedAt);
		if (kept.length === 0) return;
		await addTerms(
			db,
			tx,
			kept.flatMap(({ seq, terms }) =>
				[...terms, clientKey(author.clientId)].map((term) => ({ term, seq })),
			),
		);
		await settleReferences(db, tx, kept, author);
		await keepAttachments(db, tx, kept, attachments, storedAt);
		if (news) await keepKnown(db, tx, news, storedAt);
		await judge?.(db, tx, kept, storedAt);
	});
	return drafts.map(({ received: { value }, id }) => (value.id as string | undefined) ?? id);
}

function draftOf(received: Received, at: number, author: Author): Draft {
	const { value } = received;
	const refersTo = referencedBy(value)?.toLowerCase() ?? null;
	return {
		at,
		id: typeof value.id === 'string' ? value.id.toLowerCase() : crypto.randomUUID(),
		received,
		refersTo,
		voids: voidedBy(value) === undefined ? null : author.mayVoidAny ? 'any' : 'own',
		terms: termKeysOf({ ...value, authority: author.authority }),
	};
}

/** Stores what is not stored yet. */
async function insertFresh(
	db: Database,
	tx: Queries,
	drafts: Draft[],
	author: Author,
	version: XapiVersion,
	storedAt: Date,
): Promise<Kept[]> {
	const rows = drafts.map((draft) => ({
		id: draft.id,
		course: '',
		detail: '' as const,
		storedAt,
		body: textToStore(draft, author, version, storedAt),
		clientId: author.clientId,
		refersTo: draft.refersTo,
		voids: draft.voids,
		isVoided: false,
	}));
	const inserted = await insertStatements(db, tx, rows);
	const seqs = new Map(inserted.map(({ id, seq }) => [id, seq]));
	if (seqs.size < drafts.length)
		await checkKnown(
			db,
			tx,
			drafts.filter(({ id }) => !seqs.has(id)),
		);
	return drafts.flatMap((draft) => {
		const seq = seqs.get(draft.id);
		return seq === undefined ? [] : [{ ...draft, seq }];
	});
}

/** @throws StatementConflict when one that is stored already says something else */
async function checkKnown(db: Database, tx: Queries, drafts: Draft[]): Promise<void> {
	const known = await knownBodies(db, tx, { ids: JSON.stringify(drafts.map(({ id }) => id)) });
	const bodies = new Map(known.map(({ id, body }) => [id, body]));
	for (const { id, received } of drafts)
		if (!isSameStatement(JSON.parse(bodies.get(id)!), received.value))
			throw new StatementConflict(id);
}

/**
 * The statement as it came, with what a record store sets (xAPI 1.0.3 Data, sections 2.4.1 and 2.4.7
 * to 2.4.10): in 2.0 the timestamp is in UTC, and in both an activity that stands alone in
 * `contextActivities` becomes a list of one (section 2.4.6.2).
 */
function textToStore(
	{ id, received: { text, value } }: Draft,
	{ authority }: Author,
	version: XapiVersion,
	storedAt: Date,
): string {
	const stored = storedAt.toISOString();
	const members = {
		...(value.id === undefined ? { id } : {}),
		...timestampOf(value, version, stored),
		stored,
		authority,
		...(value.version === undefined ? { version: version === '1.0.3' ? '1.0.0' : version } : {}),
	};
	// Few senders set what is ours to set.
	const isThere = Object.keys(members).some((name) => Object.hasOwn(value, name));
	const whole = isThere ? withMembers(text, members) : withNewMembers(text, members);
	return hasLoneActivity(value) ? inArrays(whole, isActivityPath) : whole;
}

function timestampOf(
	{ timestamp }: Record<string, unknown>,
	version: XapiVersion,
	stored: string,
): { timestamp?: string } {
	if (timestamp === undefined) return { timestamp: stored };
	const isInUtc = version === '1.0.3' || String(timestamp).endsWith('Z');
	return isInUtc ? {} : { timestamp: toUtc(String(timestamp)) };
}

/** `context.contextActivities.parent`, also in a sub-statement. */
function isActivityPath(path: readonly (string | number)[]): boolean {
	const [context, activities, kind, ...rest] = path[0] === 'object' ? path.slice(1) : path;
	return (
		context === 'context' &&
		activities === 'contextActivities' &&
		kind !== undefined &&
		rest.length === 0
	);
}

function hasLoneActivity({ context, object }: Record<string, unknown>): boolean {
	const lists = (context as { contextActivities?: Record<string, unknown> } | undefined)
		?.contextActivities;
	if (Object.values(lists ?? {}).some((list) => !Array.isArray(list))) return true;
	const { objectType } = object as { objectType?: unknown };
	return objectType === 'SubStatement' && hasLoneActivity(object as Record<string, unknown>);
}
