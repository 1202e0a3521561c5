import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRefusal } from '../auth/outcome.ts';
import { packagesFolder } from '../cmi5/courses.ts';
import { makeCourse } from '../cmi5/testing.ts';
import type { Database } from '../db/database.ts';
import { openSqlite } from '../db/sqlite.ts';
import { filesOf, folderOf, listBackups, makeBackup, prune } from './backups.ts';
import { FILES, packageFile } from './notes.ts';
import { coursesIn } from './packages.ts';
import { restore, RestoreError } from './restore.ts';
import { tar, tarSize } from './tar.ts';
import { filesIn } from './zip-folder.ts';

let dataDir: string;
let db: Database;
let config: { DATA_DIR: string; SECRET_KEY: string | undefined };
const open = (folder: string) => openSqlite(join(folder, 'rygsamtalen.db'), 'migrations/sqlite');
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'rygsamtalen-packages-'));
	db = open(dataDir);
	config = { DATA_DIR: dataDir, SECRET_KEY: undefined };
});
afterEach(async () => {
	await db.close();
	rmSync(dataDir, { recursive: true, force: true });
});

const now = new Date('2026-11-28T10:00:00.000Z');
const later = new Date('2026-11-29T10:00:00.000Z');

/** More than one chunk, so that a file comes in several. */
const LARGE = Buffer.from(Array.from({ length: 700_000 }, (_, n) => (n * 7 + (n >> 8)) % 256));
const FILES_OF_COURSE = {
	'cmi5.xml': Buffer.from('<courseStructure/>'),
	'indhold/øvelse/å — 腰痛.html': Buffer.from('<p>Ryg</p>'),
	'indhold/film/a.mp4': LARGE,
	'indhold/tom.txt': Buffer.alloc(0),
	'.skjult/.fil': Buffer.from('.'),
	[`${'lang/'.repeat(30)}navn.txt`]: Buffer.from('longer than a tar could name'),
};

function write(folder: string, files: Record<string, Buffer>): void {
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const sums = (files: Record<string, Buffer>) =>
	Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256(content)]));

async function read(folder: string): Promise<Record<string, string>> {
	const files = await filesIn(folder);
	return sums(
		Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name))])),
	);
}

const filesAt = (course: string, folder = dataDir) =>
	join(packagesFolder({ DATA_DIR: folder }), course);

async function addCourse(files: Record<string, Buffer> = FILES_OF_COURSE): Promise<string> {
	const { id } = await makeCourse(db);
	write(filesAt(id), files);
	return id;
}

async function made(at = now) {
	const outcome = await makeBackup({ db, config }, null, at);
	if (isRefusal(outcome)) throw new Error(outcome.refused);
	return { ...outcome, folder: folderOf(config, outcome.name)! };
}

test('files of courses come back as they were, on another machine too', async () => {
	const ids = [await addCourse(), await addCourse({ 'cmi5.xml': Buffer.from('another') })];
	const { folder, notes } = await made();
	expect(notes.packages!.missing).toEqual([]);
	expect(notes.packages!.kept.map((one) => one.course)).toEqual([...ids].sort());
	expect(notes.leftOut).not.toContain('cmi5');
	for (const { course, bytes } of notes.packages!.kept) {
		const { size, mode } = statSync(join(folder, packageFile(course)));
		expect([size, mode & 0o777]).toEqual([bytes, 0o600]);
	}
	const elsewhere = join(dataDir, 'elsewhere');
	const { aside } = await restore(folder, { ...config, DATA_DIR: elsewhere });
	expect(aside).toBeUndefined();
	expect(readdirSync(packagesFolder({ DATA_DIR: elsewhere })).sort()).toEqual([...ids].sort());
	expect(await read(filesAt(ids[0]!, elsewhere))).toEqual(sums(FILES_OF_COURSE));
	expect(readdirSync(elsewhere).filter((name) => name.includes('incoming'))).toEqual([]);
});

test('what was there is moved aside with the database', async () => {
	const kept = await addCourse();
	const { folder } = await made();
	const added = await addCourse({ 'cmi5.xml': Buffer.from('later') });
	await db.close();
	const { aside } = await restore(folder, config, now);
	expect(readdirSync(packagesFolder(config))).toEqual([kept]);
	expect(readdirSync(packagesFolder({ DATA_DIR: aside! })).sort()).toEqual([kept, added].sort());
	expect(await read(filesAt(kept))).toEqual(sums(FILES_OF_COURSE));
	db = open(dataDir);
});

test('files without a database are moved aside as well', async () => {
	const { folder } = await made();
	const elsewhere = join(dataDir, 'elsewhere');
	write(filesAt('of-nobody', elsewhere), { 'a.txt': Buffer.from('a') });
	const { aside } = await restore(folder, { ...config, DATA_DIR: elsewhere }, now);
	expect(existsSync(packagesFolder({ DATA_DIR: elsewhere }))).toBe(false);
	expect(existsSync(join(filesAt('of-nobody', aside), 'a.txt'))).toBe(true);
});

test('a backup from before packages were part of it is listed and restored; the files stay', async () => {
	const id = await addCourse();
	const { name, folder } = await made();
	// As version 1 of the program wrote it.
	const noted = JSON.parse(readFileSync(join(folder, FILES.notes), 'utf8')) as object;
	const old = { ...noted, packages: undefined, leftOut: ['mail', 'previews', 'cmi5', 'backups'] };
	writeFileSync(join(folder, FILES.notes), JSON.stringify(old));
	rmSync(join(folder, packageFile(id)));
	const [listed] = await listBackups(config);
	expect(listed).toMatchObject({ name, notes: { format: 1 } });
	expect(listed!.notes!.packages).toBeUndefined();
	expect(await filesOf(folder)).toEqual(Object.values(FILES));
	await db.close();
	const { aside } = await restore(folder, config, now);
	expect(await read(filesAt(id))).toEqual(sums(FILES_OF_COURSE));
	expect(existsSync(packagesFolder({ DATA_DIR: aside! }))).toBe(false);
	db = open(dataDir);
	expect((await made(later)).notes.packages!.kept).toMatchObject([{ course: id }]);
});

test('packages that were changed or are gone are refused by name, and nothing is touched', async () => {
	const id = await addCourse();
	const { folder } = await made();
	await db.close();
	const before = readdirSync(dataDir);
	const file = join(folder, packageFile(id));
	const sound = readFileSync(file);
	const refused = (reason: RegExp) => expect(restore(folder, config)).rejects.toThrow(reason);
	appendFileSync(file, 'x');
	await refused(new RegExp(`${packageFile(id)} is not what was backed up.*another backup`));
	rmSync(file);
	await refused(new RegExp(`${packageFile(id)} is missing.*another backup`));
	// Who can write the notes, too, still writes nowhere else.
	writeFileSync(file, 'no zip at all');
	const noted = readFileSync(join(folder, FILES.notes), 'utf8');
	const sum = sha256(readFileSync(file));
	writeFileSync(join(folder, FILES.notes), noted.replace(/(kept[^]*?sha256": ")\w+/, `$1${sum}`));
	await refused(new RegExp(`${packageFile(id)}: no-zip`));
	writeFileSync(join(folder, FILES.notes), noted.replaceAll(id, '../../../../../../../etc/passwd'));
	await refused(/backup\.json: packages\.kept\.0\.course/);
	expect(readdirSync(dataDir)).toEqual(before);
	expect(await read(filesAt(id))).toEqual(sums(FILES_OF_COURSE));
	writeFileSync(join(folder, FILES.notes), noted);
	writeFileSync(file, sound);
	await restore(folder, config, now);
	db = open(dataDir);
});

test('files that are missing are told; the backup is made, and restored with the rest', async () => {
	const [lost, kept] = [(await makeCourse(db)).id, await addCourse()];
	const { folder, notes } = await made();
	expect(notes.packages).toMatchObject({
		kept: [{ course: kept }],
		missing: [{ course: lost, name: 'a.zip', reason: expect.stringContaining(lost) as string }],
	});
	await db.close();
	await restore(folder, config, now);
	expect(readdirSync(packagesFolder(config))).toEqual([kept]);
	db = open(dataDir);
});

test('what cannot be moved aside stays where it was, all of it', async () => {
	await addCourse();
	const { folder } = await made();
	const elsewhere = join(dataDir, 'elsewhere');
	write(elsewhere, { 'rygsamtalen.db': Buffer.from('of long ago'), 'cmi5/a/b.txt': Buffer.of(1) });
	// A folder in the place of the key cannot be copied.
	write(elsewhere, { 'secret.key/c.txt': Buffer.of(2) });
	const before = await read(elsewhere);
	await expect(restore(folder, { ...config, DATA_DIR: elsewhere }, now)).rejects.toThrow(
		RestoreError,
	);
	expect(await read(elsewhere)).toEqual(before);
});

test('a copy that is too damaged to be read names no courses', () => {
	const file = join(dataDir, 'damaged.db');
	writeFileSync(file, 'this is no database any more'.repeat(100));
	expect(coursesIn(file)).toEqual([]);
	expect(() => coursesIn(join(dataDir, 'nowhere.db'))).toThrow();
});

test('courses that come or go while a backup is made do not break it', async () => {
	const stays = await addCourse();
	const goes = await addCourse();
	let added = '';
	const meanwhile: Database = {
		...db,
		async backup(file, tell) {
			const copied = await db.backup!(file, tell);
			added = await addCourse();
			await db.tx(async (tx) => {
				await tx.delete(db.tables.cmi5Courses).where(eq(db.tables.cmi5Courses.id, goes));
			});
			return copied;
		},
	};
	const outcome = await makeBackup({ db: meanwhile, config }, null, now);
	if (isRefusal(outcome)) throw new Error(outcome.refused);
	const { packages, counts } = outcome.notes;
	expect(counts.cmi5_courses).toBe(2);
	expect(packages!.kept.map((one) => one.course)).toEqual([stays, goes].sort());
	expect(existsSync(filesAt(added))).toBe(true);
});

test('the same files lie on the disk once, and outlive the backup that came first', async () => {
	const id = await addCourse();
	const [first, second] = [await made(now), await made(later)];
	const inode = ({ folder }: { folder: string }) => statSync(join(folder, packageFile(id))).ino;
	expect(inode(second)).toBe(inode(first));
	expect(second.notes.packages).toEqual(first.notes.packages);
	await prune(config, 1);
	expect((await listBackups(config)).map((one) => one.name)).toEqual([second.name]);
	const elsewhere = join(dataDir, 'elsewhere');
	await restore(second.folder, { ...config, DATA_DIR: elsewhere });
	expect(await read(filesAt(id, elsewhere))).toEqual(sums(FILES_OF_COURSE));
});

test('a file of an earlier backup that is damaged, or of other files, is not taken over', async () => {
	const id = await addCourse();
	const first = await made(now);
	appendFileSync(join(first.folder, packageFile(id)), 'x');
	const second = await made(later);
	expect(second.notes.packages).toEqual(first.notes.packages);
	const elsewhere = join(dataDir, 'elsewhere');
	await restore(second.folder, { ...config, DATA_DIR: elsewhere });
	writeFileSync(join(filesAt(id), 'cmi5.xml'), '<courseStructurE/>');
	const third = await made(new Date('2026-11-30T10:00:00Z'));
	expect(third.notes.packages!.kept[0]!.sha256).not.toBe(first.notes.packages!.kept[0]!.sha256);
});

test('packages that are new count as space that is needed', async () => {
	const id = await addCourse();
	await made(now);
	// A file with a hole: it takes nothing, and counts as four terabytes.
	const fill = (course: string) => truncateSync(join(filesAt(course), 'cmi5.xml'), 2 ** 42);
	const other = await addCourse();
	fill(other);
	expect(await makeBackup({ db, config }, null, later)).toEqual({
		refused: expect.stringMatching(/\d{6,} MB/) as string,
	});
	expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1);
	expect(existsSync(filesAt(id))).toBe(true);
});

test('a tar of a backup has the packages in it', async () => {
	const id = await addCourse();
	const { name, folder } = await made();
	const names = await filesOf(folder);
	expect(names).toEqual([...Object.values(FILES), packageFile(id)]);
	const chunks: Uint8Array[] = [];
	for await (const chunk of tar(folder, names, name)) chunks.push(chunk);
	const bytes = Buffer.concat(chunks);
	expect(bytes.length).toBe(tarSize(names.map((one) => statSync(join(folder, one)).size)));
	const unpacked = join(dataDir, 'unpacked');
	mkdirSync(unpacked);
	execFileSync('tar', ['-xf', '-', '-C', unpacked], { input: bytes });
	const elsewhere = join(dataDir, 'elsewhere');
	await restore(join(unpacked, name), { ...config, DATA_DIR: elsewhere });
	expect(await read(filesAt(id, elsewhere))).toEqual(sums(FILES_OF_COURSE));
});
