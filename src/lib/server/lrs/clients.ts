import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, asc, eq, ne, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { note, type Action } from '../audit.ts';
import { prepared } from '../db/prepared.ts';
import type { Database, Queries } from '../db/database.ts';
import { SCOPES, type Scope } from './scopes.ts';

/*
 * Programs that may use the record store, each by a key and a secret (HTTP Basic). A secret is 256
 * random bits that we make and show once. Nobody can guess it from its SHA-256, so that the slow
 * hashing that protects people's passwords would only make every request slow.
 */

export interface Client {
	/** The key: a user name for HTTP Basic. */
	id: string;
	name: string;
	scopes: Scope[];
	/** From where browsers may call, such as `https://example.org`; `*` for any. */
	origins: string[];
	ratePerMinute: number;
	createdAt: Date;
	usedAt: Date | null;
	disabledAt: Date | null;
}

/**
 * The client that stands for all sessions of cmi5 packages (`cmi5/sessions.ts`): statements name it.
 * It has no secret, and no administrator sees or changes it.
 */
export const SESSIONS_CLIENT = 'cmi5';

/** The most requests in a minute, where nobody says otherwise. */
export const USUAL_RATE = 6_000;

const origin = v.pipe(
	v.string(),
	v.trim(),
	v.check(
		(text) => text === '*' || (URL.canParse(text) && new URL(text).origin === text),
		'must be * or scheme and host only, such as https://example.org',
	),
);

/** What an administrator says of a client. */
export const clientForm = v.object({
	name: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty('must not be empty'),
		v.maxLength(120, 'must have at most 120 characters'),
	),
	scopes: v.pipe(
		v.array(v.picklist(SCOPES, `must be among ${SCOPES.join(', ')}`)),
		v.minLength(1, 'must name at least one right'),
	),
	origins: v.optional(v.pipe(v.array(origin), v.maxLength(50, 'must be at most 50')), []),
	ratePerMinute: v.optional(
		v.pipe(
			v.number('must be a number'),
			v.integer('must be a whole number'),
			v.minValue(1, 'must be at least 1'),
			v.maxValue(1_000_000, 'must be at most 1000000'),
		),
		USUAL_RATE,
	),
});
export type ClientForm = v.InferOutput<typeof clientForm>;

/** Adds a client. Its secret is to be had only now. */
export async function createClient(
	db: Database,
	form: ClientForm,
	actor: string | null,
	now = new Date(),
): Promise<{ id: string; secret: string }> {
	const { lrsClients } = db.tables;
	const id = randomBytes(9).toString('hex');
	const secret = newSecret();
	await db.tx(async (tx) => {
		await tx.insert(lrsClients).values({ id, secretHash: hashOf(secret), createdAt: now, ...form });
		await noteOn(db, tx, actor, 'lrs-client.created', id, { scopes: form.scopes }, now);
	});
	return { id, secret };
}

/** Every client, the oldest first, without secrets. */
export async function listClients(db: Database): Promise<Client[]> {
	const { lrsClients } = db.tables;
	const rows = await db.read
		.select()
		.from(lrsClients)
		.where(ne(lrsClients.id, SESSIONS_CLIENT))
		.orderBy(asc(lrsClients.createdAt), asc(lrsClients.id));
	return rows.map(clientOf);
}

/** Changes what a client may do; its secret stays. @returns whether there is one */
export async function changeClient(
	db: Database,
	id: string,
	form: ClientForm,
	actor: string | null,
	now = new Date(),
): Promise<boolean> {
	return change(db, id, form, actor, { scopes: form.scopes }, now);
}

/** Shuts a client out at once, or lets it in again. @returns whether there is one */
export async function disableClient(
	db: Database,
	id: string,
	isDisabled: boolean,
	actor: string | null,
	now = new Date(),
): Promise<boolean> {
	return change(
		db,
		id,
		{ disabledAt: isDisabled ? now : null },
		actor,
		{ disabled: isDisabled },
		now,
	);
}

/** Gives a client another secret; the old one is good for nothing from now on. */
export async function renewSecret(
	db: Database,
	id: string,
	actor: string | null,
	now = new Date(),
): Promise<string | undefined> {
	const secret = newSecret();
	const isThere = await change(
		db,
		id,
		{ secretHash: hashOf(secret) },
		actor,
		{ secret: 'renewed' },
		now,
	);
	return isThere ? secret : undefined;
}

async function change(
	db: Database,
	id: string,
	set: Partial<Database['tables']['lrsClients']['$inferInsert']>,
	actor: string | null,
	details: Record<string, unknown>,
	now: Date,
): Promise<boolean> {
	const { lrsClients } = db.tables;
	return db.tx(async (tx) => {
		const changed = await tx
			.update(lrsClients)
			.set(set)
			.where(and(eq(lrsClients.id, id), ne(lrsClients.id, SESSIONS_CLIENT)))
			.returning({ id: lrsClients.id });
		if (changed.length === 0) return false;
		await noteOn(db, tx, actor, 'lrs-client.changed', id, details, now);
		return true;
	});
}

function noteOn(
	db: Database,
	tx: Queries,
	actor: string | null,
	action: Action,
	id: string,
	details: Record<string, unknown>,
	now: Date,
): Promise<void> {
	return note(db, tx, { actor, action, on: ['lrs-client', id], details }, now);
}

const findClient = prepared('find_lrs_client', ({ read, tables: { lrsClients } }) =>
	read
		.select()
		.from(lrsClients)
		.where(eq(lrsClients.id, sql.placeholder('id'))),
);

/** What a key may look like: nothing else is looked up, as not every database could. */
const KEY = /^[\x21-\x7e]+$/;

/** It is noted at most so often that a client was here: reading should not mean writing. */
const NOTED_EVERY = 5 * 60 * 1000;

/** Whose key and secret these are; undefined for every failure: unknown, wrong, disabled. */
export async function readClient(
	db: Database,
	id: string,
	secret: string,
	now = new Date(),
): Promise<Client | undefined> {
	if (!KEY.test(id)) return undefined;
	const [row] = await findClient(db, { id });
	if (!row || !sameHash(row.secretHash, hashOf(secret)) || row.disabledAt) return undefined;
	const { lrsClients } = db.tables;
	if (now.getTime() - (row.usedAt?.getTime() ?? 0) > NOTED_EVERY)
		await db.tx(async (tx) => {
			await tx.update(lrsClients).set({ usedAt: now }).where(eq(lrsClients.id, id));
		});
	return clientOf(row);
}

/** Whether pages of an origin may call by some client: what a browser asks before it shows a key. */
export async function isOriginOfAny(db: Database, from: string): Promise<boolean> {
	const clients = await listClients(db);
	return clients.some((client) => !client.disabledAt && allowsOrigin(client, from));
}

export function allowsOrigin({ origins }: Pick<Client, 'origins'>, from: string): boolean {
	return origins.includes('*') || origins.includes(from);
}

function clientOf({
	secretHash: _secretHash,
	scopes,
	...row
}: Database['tables']['lrsClients']['$inferSelect']): Client {
	return { ...row, scopes: SCOPES.filter((scope) => scopes.includes(scope)) };
}

/** In letters and digits alone, which no command line takes for an option. */
function newSecret(): string {
	return randomBytes(32).toString('hex');
}

function hashOf(secret: string): string {
	return hash('sha256', secret, 'base64url');
}

function sameHash(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
