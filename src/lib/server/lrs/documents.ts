import { hash } from 'node:crypto';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { agentKey } from '#lib/xapi/rules/index.ts';
import { problemsOfJson } from '#lib/xapi/text/index.ts';
import type { Database, Queries } from '../db/database.ts';
import type { DocumentKind } from '../db/schema-records.ts';
import { nearest } from './moments.ts';

/*
 * Documents of the state, activity profile and agent profile resources (xAPI 1.0.3 Communication,
 * section 2.2).
 */

/** What belongs together: all state of somebody in an activity, or the profiles of one of them. */
export interface Shelf {
	kind: DocumentKind;
	activity?: string;
	agent?: unknown;
	registration?: string;
}

/** One document on it, by its `stateId` or `profileId`. */
export interface Name extends Shelf {
	name: string;
}

export interface Document {
	contentType: string;
	content: Buffer;
	/** Hexadecimal, without quotes. */
	etag: string;
	updatedAt: Date;
}

/** What a request says must be so, as entity tags without quotes or `*` (RFC 9110, section 13.1). */
export interface Precondition {
	match?: string[];
	noneMatch?: string[];
	/**
	 * Whether who puts a document must say what is there: `old` where one is replaced, `always` also
	 * where there is none.
	 */
	mustSay: 'never' | 'old' | 'always';
}

/**
 * The document is not what the request says it is: 412; the request does not say it: 409 where one is
 * there, else 400.
 */
export class PreconditionFailed extends Error {
	readonly status: 412 | 409 | 400;
	constructor(status: 412 | 409 | 400, message: string) {
		super(message);
		this.status = status;
	}
}

/** A document cannot be merged with another. */
export class NotMergeable extends Error {}

export async function readDocument(db: Database, name: Name): Promise<Document | undefined> {
	return find(db, db.read, name);
}

/** Puts a document in the place of what is there. @throws PreconditionFailed */
export async function putDocument(
	db: Database,
	name: Name,
	{ contentType, content }: Pick<Document, 'contentType' | 'content'>,
	precondition: Precondition,
	now = new Date(),
): Promise<void> {
	await db.tx((tx) => putDocumentIn(db, tx, name, { contentType, content }, precondition, now));
}

/** The same as a part of what else is done at once. @throws PreconditionFailed */
export async function putDocumentIn(
	db: Database,
	tx: Queries,
	name: Name,
	{ contentType, content }: Pick<Document, 'contentType' | 'content'>,
	precondition: Precondition,
	now: Date,
): Promise<void> {
	await changeIn(db, tx, name, async (old) => {
		check(old, precondition);
		checkSaid(old, precondition);
		return write(db, tx, name, old, { contentType, content }, now);
	});
}

/**
 * Puts the members of a JSON object over those of the document that is there; where there is none, this
 * is the document.
 *
 * @throws PreconditionFailed; NotMergeable when either of them is no JSON object
 */
export async function mergeDocument(
	db: Database,
	name: Name,
	{ contentType, content }: Pick<Document, 'contentType' | 'content'>,
	precondition: Precondition,
	now = new Date(),
): Promise<void> {
	await change(db, name, async (tx, old) => {
		check(old, precondition);
		if (isJson(contentType)) objectIn(content, 'What was sent');
		const whole = old ? mergedWith(old, contentType, content) : content;
		return write(db, tx, name, old, { contentType, content: whole }, now);
	});
}

function mergedWith(old: Document, contentType: string, content: Buffer): Buffer {
	if (!isJson(contentType) || !isJson(old.contentType))
		throw new NotMergeable(
			`Only JSON is merged: what is stored is ${old.contentType}, what was sent is ${contentType}. Use PUT to replace it.`,
		);
	const before = objectIn(old.content, 'What is stored');
	const after = objectIn(content, 'What was sent');
	return Buffer.from(JSON.stringify({ ...before, ...after }));
}

/** @throws NotMergeable when it is no JSON at all */
export function jsonIn(content: Buffer, what: string): unknown {
	const text = content.toString('utf8');
	const [problem] = problemsOfJson(text);
	if (problem) throw new NotMergeable(`${what} cannot be read as JSON: ${problem.message}`);
	return JSON.parse(text);
}

/** @throws NotMergeable */
function objectIn(content: Buffer, what: string): Record<string, unknown> {
	const value = jsonIn(content, what);
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		throw new NotMergeable(`${what} is no JSON object, so that there is nothing to merge.`);
	return value as Record<string, unknown>;
}

export function isJson(contentType: string): boolean {
	return contentType.split(';')[0]!.trim().toLowerCase() === 'application/json';
}

/** Takes a document away, where there is one. @throws PreconditionFailed */
export async function deleteDocument(
	db: Database,
	name: Name,
	precondition: Precondition,
): Promise<void> {
	const { lrsDocuments } = db.tables;
	await change(db, name, async (tx, old) => {
		check(old, precondition);
		if (!old) return true;
		const gone = await tx
			.delete(lrsDocuments)
			.where(and(eq(lrsDocuments.key, keyOf(name)), eq(lrsDocuments.etag, old.etag)))
			.returning({ key: lrsDocuments.key });
		return gone.length > 0;
	});
}

/** How often a change is tried again when somebody else's comes in between, which only PostgreSQL lets happen. */
const TRIES = 5;

/**
 * Looks at a document and changes it.
 *
 * @param work false when the document is not what was looked at any more
 */
async function changeIn(
	db: Database,
	tx: Queries,
	name: Name,
	work: (old: Document | undefined) => Promise<boolean>,
): Promise<void> {
	for (let tries = 0; tries < TRIES; tries++) if (await work(await find(db, tx, name))) return;
	throw new PreconditionFailed(409, 'Others keep changing this document; read it and try again.');
}

function change(
	db: Database,
	name: Name,
	work: (tx: Queries, old: Document | undefined) => Promise<boolean>,
): Promise<void> {
	return db.tx((tx) => changeIn(db, tx, name, (old) => work(tx, old)));
}

/** Takes every document of a shelf away; of all registrations where none is said. */
export async function deleteShelf(db: Database, shelf: Shelf): Promise<void> {
	const { lrsDocuments } = db.tables;
	await db.tx(async (tx) => {
		await tx.delete(lrsDocuments).where(on(db, shelf));
	});
}

/** Names of the documents of a shelf, the oldest first; one that several registrations have, by the latest. */
export async function listDocuments(
	db: Database,
	shelf: Shelf,
	since: Date | undefined,
): Promise<{ name: string; updatedAt: Date }[]> {
	const { lrsDocuments } = db.tables;
	const { name, updatedAt } = lrsDocuments;
	const rows = await db.read
		.select({ name, updatedAt })
		.from(lrsDocuments)
		.where(and(on(db, shelf), since && gt(updatedAt, nearest(since))))
		.orderBy(asc(updatedAt));
	const last = new Map<string, (typeof rows)[number]>();
	for (const row of rows) {
		// A map keeps the place where a name came first.
		last.delete(row.name);
		last.set(row.name, row);
	}
	return [...last.values()];
}

function on({ tables: { lrsDocuments } }: Database, shelf: Shelf) {
	const { registration } = shelf;
	return and(
		eq(lrsDocuments.shelf, shelfOf(shelf)),
		registration === undefined
			? undefined
			: inArray(lrsDocuments.registration, [registration.toLowerCase()]),
	);
}

async function find(
	{ tables: { lrsDocuments } }: Database,
	queries: Queries,
	name: Name,
): Promise<Document | undefined> {
	const { contentType, content, etag, updatedAt } = lrsDocuments;
	const [row] = await queries
		.select({ contentType, content, etag, updatedAt })
		.from(lrsDocuments)
		.where(eq(lrsDocuments.key, keyOf(name)));
	return row;
}

function check(old: Document | undefined, { match, noneMatch }: Precondition): void {
	if (match && !(old && (match.includes('*') || match.includes(old.etag))))
		throw new PreconditionFailed(
			412,
			old
				? 'If-Match names another version than the one that is stored. Read it again, then send the change.'
				: 'If-Match names a version, but nothing is stored here.',
		);
	if (noneMatch && old && (noneMatch.includes('*') || noneMatch.includes(old.etag)))
		throw new PreconditionFailed(
			412,
			'If-None-Match says that nothing is stored here, but there is.',
		);
}

/** That a request to put says what it means, where it must. */
function checkSaid(old: Document | undefined, { match, noneMatch, mustSay }: Precondition): void {
	if (match || noneMatch || mustSay === 'never') return;
	if (old)
		throw new PreconditionFailed(
			409,
			'A document is stored here already. Send its ETag as If-Match to replace it, or If-None-Match: * to store one only where there is none.',
		);
	if (mustSay === 'always')
		throw new PreconditionFailed(
			400,
			'Say what is meant to be there: If-None-Match: * for nothing, or If-Match with the ETag of what is to be replaced.',
		);
}

/** @returns false when it is not what was looked at any more */
async function write(
	{ tables: { lrsDocuments } }: Database,
	tx: Queries,
	named: Name,
	old: Document | undefined,
	{ contentType, content }: Pick<Document, 'contentType' | 'content'>,
	now: Date,
): Promise<boolean> {
	const { kind, activity = null, agent, registration = null, name } = named;
	const key = keyOf(named);
	const row = { contentType, content, etag: hash('sha1', content), updatedAt: now };
	const written = old
		? await tx
				.update(lrsDocuments)
				.set(row)
				.where(and(eq(lrsDocuments.key, key), eq(lrsDocuments.etag, old.etag)))
				.returning({ key: lrsDocuments.key })
		: await tx
				.insert(lrsDocuments)
				.values({
					key,
					shelf: shelfOf(named),
					kind,
					activity,
					agent: agent === undefined ? null : agentKey(agent),
					registration: registration?.toLowerCase() ?? null,
					name,
					...row,
				})
				.onConflictDoNothing()
				.returning({ key: lrsDocuments.key });
	return written.length > 0;
}

/** Written as a list, so that no two of them make one text. */
function keyFrom(...parts: string[]): string {
	return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** What stands in `lrs_documents.shelf`. */
export function shelfOf({ kind, activity = '', agent }: Shelf): string {
	return keyFrom(kind, activity, agent === undefined ? '' : agentKey(agent));
}

function keyOf({ name, registration = '', ...shelf }: Name): string {
	return keyFrom(shelfOf(shelf), registration.toLowerCase(), name);
}
