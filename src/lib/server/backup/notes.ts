import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

/** A backup is a folder with these … */
export const FILES = { database: 'database.db', key: 'secret.key', notes: 'backup.json' } as const;

/** … and with the files of each course that came as a cmi5 package, as a ZIP. */
export const packageFile = (course: string) => `cmi5-${course}.zip`;

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const course = { course: v.pipe(v.string(), v.uuid()), name: v.string() };
const packages = v.object({
	kept: v.array(v.object({ ...course, bytes: v.number(), sha256: hash })),
	/** Courses in the database whose files were not there or could not be read. */
	missing: v.array(v.object({ ...course, reason: v.string() })),
});
export type Packages = v.InferOutput<typeof packages>;

/** What `backup.json` says. A shape once written keeps loading. */
export const notes = v.object({
	format: v.literal(1),
	/** ISO 8601, UTC: the database as it was shortly after this. */
	madeAt: v.pipe(v.string(), v.isoTimestamp()),
	/** Of the program that made it. */
	version: v.string(),
	database: v.object({ bytes: v.number(), sha256: hash, migratedTo: v.number() }),
	/** Which key opens what is sealed in it, and whether it is here or in the setting `SECRET_KEY`. */
	key: v.object({ from: v.picklist(['file', 'setting']), fingerprint: v.string() }),
	/** What was found wrong with the copy; empty when all is well. */
	damage: v.array(v.string()),
	orphans: v.number(),
	counts: v.record(v.string(), v.number()),
	/** Absent from backups of the time when the files of courses were not part of them. */
	packages: v.optional(packages),
	/** What a backup does not hold. */
	leftOut: v.array(v.string()),
});
export type Notes = v.InferOutput<typeof notes>;

/** @throws with a reason that names the file */
export async function readNotes(folder: string): Promise<Notes> {
	const file = join(folder, FILES.notes);
	let given: unknown;
	try {
		given = JSON.parse(await readFile(file, 'utf8'));
	} catch (error) {
		throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
			cause: error,
		});
	}
	const parsed = v.safeParse(notes, given);
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	throw new Error(`${file}: ${v.getDotPath(issue) ?? 'content'}: ${issue.message}`);
}

export function isSound({ damage, orphans }: Pick<Notes, 'damage' | 'orphans'>): boolean {
	return damage.length === 0 && orphans === 0;
}

/** Bytes of the database and of packages. */
export function sizeOf({ database, packages }: Pick<Notes, 'database' | 'packages'>): number {
	return (packages?.kept ?? []).reduce((sum, { bytes }) => sum + bytes, database.bytes);
}

/** Tells keys apart without telling them. */
export function fingerprint(key: string): string {
	return createHash('sha256').update(`rygsamtalen key ${key}`).digest('hex').slice(0, 16);
}

/** SHA-256 of a file, read bit by bit; hexadecimal. */
export async function hashOf(file: string): Promise<string> {
	const sum = createHash('sha256');
	for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
		sum.update(chunk as Buffer);
	return sum.digest('hex');
}
