import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LogKeeper } from './log-keeper.ts';

const MANY = 500;
const TOO_LONG = 6_000;
const LIMITS = { many: MANY, long: 2_000, tooLong: TOO_LONG, quiet: 60_000 };

let folder: string;
let file: string;
let writer: BetterSqlite3.Database;
let keeper: LogKeeper;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'rygsamtalen-'));
	file = join(folder, 'test.db');
	writer = new BetterSqlite3(file);
	writer.pragma('journal_mode = WAL');
	writer.exec('CREATE TABLE pages (number INTEGER PRIMARY KEY, content BLOB)');
	keeper = new LogKeeper(file, writer, LIMITS);
});
afterEach(async () => {
	await keeper.close();
	writer.close();
	rmSync(folder, { recursive: true });
});

/** Commits so many pages. */
function write(pages: number): void {
	const insert = writer.prepare('INSERT INTO pages (content) VALUES (zeroblob(4000))');
	writer.transaction(() => {
		for (let page = 0; page < pages; page++) insert.run();
	})();
	keeper.tend();
}

/** Pages in the log, and how many of them are not in the file yet. */
function log(): { long: number; left: number } {
	const { log, checkpointed } = writer.prepare('PRAGMA wal_checkpoint(NOOP)').get() as {
		log: number;
		checkpointed: number;
	};
	return { long: log, left: log - checkpointed };
}

test('few pages stay in the log, many are brought into the file by somebody else', async () => {
	write(MANY / 2);
	expect(log().left).toBeGreaterThanOrEqual(MANY / 2);
	write(MANY / 2);
	// Not by whoever wrote them.
	expect(log().left).toBeGreaterThanOrEqual(MANY);
	await vi.waitFor(() => expect(log().left).toBe(0), 10_000);
	expect(statSync(file).size).toBeGreaterThan(MANY * 4096);
});

test('once nobody writes for a moment, few pages are brought as well', async () => {
	await keeper.close();
	keeper = new LogKeeper(file, writer, { ...LIMITS, quiet: 20 });
	write(3);
	expect(log().left).toBeGreaterThan(0);
	await vi.waitFor(() => expect(log().left).toBe(0), 10_000);
});

test('the log does not grow for ever while somebody writes without a break', async () => {
	let longest = 0;
	let wasBegunAnew = false;
	for (let round = 0; round < 200; round++) {
		write(200);
		const { long } = log();
		wasBegunAnew ||= long < longest;
		longest = Math.max(longest, long);
		await new Promise((done) => setImmediate(done));
	}
	expect(wasBegunAnew).toBe(true);
	// What is written while the thread is at work comes on top.
	expect(longest).toBeLessThan(4 * TOO_LONG);
	expect(writer.prepare('SELECT count(*) FROM pages').pluck().get()).toBe(40_000);
});

test('what was committed is there after the last connection is gone', async () => {
	write(MANY + 1);
	await keeper.close();
	writer.close();
	const again = new BetterSqlite3(file, { readonly: true });
	expect(again.prepare('SELECT count(*) FROM pages').pluck().get()).toBe(MANY + 1);
	expect(again.pragma('integrity_check', { simple: true })).toBe('ok');
	again.close();
});

test('a commit stands when the log cannot be brought into the file, and that is said once', () => {
	const printed = vi.spyOn(console, 'error').mockReturnValue(undefined);
	keeper = new LogKeeper(file, writer, { ...LIMITS, tooLong: 0 });
	const disk = vi.spyOn(writer, 'pragma').mockImplementation(() => {
		throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' });
	});
	write(1);
	write(1);
	expect(printed).toHaveBeenCalledTimes(1);
	disk.mockRestore();
	write(1);
	expect(writer.prepare('SELECT count(*) FROM pages').pluck().get()).toBe(3);
	expect(log().left).toBe(0);
	printed.mockRestore();
});
