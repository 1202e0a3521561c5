import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	readSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { openSqlite } from '../../../src/lib/server/db/sqlite.ts';
import { createClient } from '../../../src/lib/server/lrs/clients.ts';
import { clientKey, termKeysOf } from '../../../src/lib/server/lrs/index-terms.ts';
import { authorityOf } from '../../../src/lib/server/lrs/own-statements.ts';
import { storeStatements } from '../../../src/lib/server/lrs/store.ts';
import { Chance } from '../seed/random.ts';
import { learnt } from './learning.ts';

export interface Key {
	id: string;
	secret: string;
}

export interface Filled {
	key: Key;
	/** Among whom the statements are. */
	learners: number;
	statements: number;
	/** Of which this call wrote so many, in so many seconds. */
	added: number;
	seconds: number;
}

/** Statements that go through the store itself, which so learns of every activity. */
const PROPER = 2_000;
/** Statements in one transaction, their terms written in the index's order. */
const CHUNK = 100_000;
const NOTES = 'filled.json';

/**
 * Brings the record store of a data folder up to so many statements. Most are written to the tables
 * directly, just as the store would have: the same text, the same terms. The same seed gives the same.
 *
 * @throws when there are more already
 */
export async function fill(dataDir: string, statements: number, seed = 1): Promise<Filled> {
	const began = performance.now();
	mkdirSync(dataDir, { recursive: true });
	const file = join(dataDir, 'rygsamtalen.db');
	const key = await keyOf(dataDir, file);
	const learners = Math.max(100, Math.min(20_000, Math.round(statements / 50)));
	const before = count(file);
	if (before > statements)
		throw new Error(`${dataDir} holds ${before} statements, more than ${statements}.`);
	const chance = new Chance(seed + before);
	if (before === 0) await throughStore(file, key, chance, learners, Math.min(PROPER, statements));
	directly(file, key, chance, learners, statements);
	settle(file);
	const seconds = Math.round((performance.now() - began) / 1000);
	return { key, learners, statements, added: statements - before, seconds };
}

/**
 * What was written is on disk, and the file in the memory of the operating system, which may have given
 * parts of it away meanwhile: nothing of this is still going on when the measuring begins.
 */
function settle(file: string): void {
	const handle = openSync(file, 'r+');
	fsyncSync(handle);
	const chunk = Buffer.alloc(1024 * 1024);
	while (readSync(handle, chunk) > 0);
	closeSync(handle);
}

/** The key with which everything is written, made with the database. */
async function keyOf(dataDir: string, file: string): Promise<Key> {
	const notes = join(dataDir, NOTES);
	if (existsSync(notes)) return JSON.parse(readFileSync(notes, 'utf8')) as Key;
	const db = openSqlite(file, 'migrations/sqlite');
	const key = await createClient(
		db,
		{ name: 'The LMS', scopes: ['all'], origins: [], ratePerMinute: 1_000_000 },
		null,
	);
	await db.close();
	writeFileSync(notes, JSON.stringify(key));
	return key;
}

function count(file: string): number {
	const db = new BetterSqlite3(file, { readonly: true });
	const found = db.prepare('SELECT max(seq) FROM statements').pluck().get() as number | null;
	db.close();
	return found ?? 0;
}

async function throughStore(
	file: string,
	{ id }: Key,
	chance: Chance,
	learners: number,
	statements: number,
): Promise<void> {
	const db = openSqlite(file, 'migrations/sqlite');
	const author = {
		clientId: id,
		authority: authorityOf(id, 'The LMS'),
		mayVoidAny: true,
		mayDefine: true,
	};
	const received = Array.from({ length: statements }, () => {
		const value = learnt(chance, learners);
		return { value, text: JSON.stringify(value) };
	});
	await storeStatements(db, author, '1.0.3', received);
	await db.close();
}

function directly(
	file: string,
	{ id: clientId }: Key,
	chance: Chance,
	learners: number,
	statements: number,
): void {
	const db = new BetterSqlite3(file);
	// Nobody loses anything if this ends early: it is begun again.
	for (const pragma of ['synchronous = OFF', 'cache_size = -1000000']) db.pragma(pragma);
	const insert = db.prepare(
		`INSERT INTO statements (seq, id, course, detail, stored_at, body, client_id, is_voided)
		VALUES (?, ?, '', '', ?, ?, ?, 0)`,
	);
	const insertTerm = db.prepare('INSERT INTO statement_terms (term, seq) VALUES (?, ?)');
	const authority = authorityOf(clientId, 'The LMS');
	const client = clientKey(clientId);
	let seq = db.prepare('SELECT max(seq) FROM statements').pluck().get() as number;
	while (seq < statements) {
		const byTerm = new Map<string, number[]>();
		db.exec('BEGIN');
		for (const end = Math.min(statements, seq + CHUNK); seq < end;) {
			seq += 1;
			const storedAt = new Date();
			const value = { ...learnt(chance, learners), stored: storedAt.toISOString(), authority };
			const body = JSON.stringify({ ...value, version: '1.0.0' });
			insert.run(seq, value.id, storedAt.getTime(), body, clientId);
			for (const term of [...termKeysOf(value), client]) {
				const seqs = byTerm.get(term);
				if (seqs) seqs.push(seq);
				else byTerm.set(term, [seq]);
			}
		}
		for (const term of [...byTerm.keys()].sort())
			for (const one of byTerm.get(term)!) insertTerm.run(term, one);
		db.exec('COMMIT');
	}
	db.close();
}
