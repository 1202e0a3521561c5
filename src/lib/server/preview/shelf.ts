import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { packageInfo, type PackageInfo, type StageInfo } from '#lib/preview/package.ts';
import { PackageProblem } from '#lib/preview/problem.ts';
import { readPackage } from './read.ts';
import { unpack } from './unpack.ts';

/** How long a preview is kept, and how many a person may have at a time. */
export const LIFETIME = 24 * 60 * 60 * 1000;
export const MOST = 10;
/** How long a zip that was announced and has not come counts as one. */
const UNDERWAY = 10 * 60 * 1000;
const MB = 1024 * 1024;

const record = v.object({
	/** Whose it is. */
	owner: v.string(),
	/** The name of the zip. */
	name: v.string(),
	createdAt: v.number(),
	/** Absent until the zip has come and was found good. */
	package: v.optional(packageInfo),
});
type Record = v.InferOutput<typeof record>;
export interface Preview extends Record {
	/** Opens it: 192 random bits, which stand in its address and nowhere else. */
	token: string;
}
export type ReadyPreview = Preview & { package: PackageInfo };

/** What the page that plays LMS for a preview is told. */
export function stageInfoOf({ package: info, name, token }: ReadyPreview): StageInfo {
	// Learners of two previews must not share what a package keeps in the browser.
	const id = `preview-${token.replaceAll(/[^a-z\d]/gi, '').slice(0, 8)}`;
	return { ...info, name, learner: { id, name: 'Preview' } };
}

const TOKEN = /^[\w-]{32}$/;
const RECORD = 'preview.json';

/**
 * The packages that are looked at, each in a folder that is called as its token: what was unpacked in
 * `files`, what is known of it in `preview.json`.
 */
export class Shelf {
	readonly #folder: string;
	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Makes room for a zip that is to come; undefined when its owner has too many already. */
	async begin(
		{ owner, name }: Pick<Record, 'owner' | 'name'>,
		now = Date.now(),
	): Promise<Preview | undefined> {
		await this.sweep(now);
		const held = (await this.list(owner, now)).filter(
			(one) => one.package || one.createdAt + UNDERWAY > now,
		);
		if (held.length >= MOST) return undefined;
		const token = randomBytes(24).toString('base64url');
		await mkdir(join(this.#folder, token), { recursive: true });
		return this.#write({ token, owner, name, createdAt: now });
	}

	/**
	 * Takes the zip of a preview that was begun, unpacks it and reads its manifest. Nothing is left of
	 * it when it is no good.
	 *
	 * @param limit megabytes
	 * @throws PackageProblem
	 */
	async take(preview: Preview, zip: Readable, limit: number): Promise<ReadyPreview> {
		const folder = join(this.#folder, preview.token);
		const path = join(folder, 'package.zip');
		try {
			// "x": a second upload under the same token ends here.
			await pipeline(zip, atMost(limit), createWriteStream(path, { flags: 'wx' }));
			const files = this.filesOf(preview.token);
			await mkdir(files);
			const info = await readPackage(files, await unpack(path, files));
			await rm(path);
			const { token, owner, name, createdAt } = preview;
			const ready = { token, owner, name, createdAt, package: info };
			await this.#write(ready);
			return ready;
		} catch (error) {
			await this.remove(preview.token);
			throw error;
		}
	}

	filesOf(token: string): string {
		return join(this.#folder, token, 'files');
	}

	/** Undefined when there is none, its time is up, or the token is malformed. */
	async find(token: string, now = Date.now()): Promise<Preview | undefined> {
		if (!TOKEN.test(token)) return undefined;
		let text: string;
		try {
			text = await readFile(join(this.#folder, token, RECORD), 'utf8');
		} catch {
			return undefined;
		}
		const found = v.parse(record, JSON.parse(text));
		return found.createdAt + LIFETIME > now ? { token, ...found } : undefined;
	}

	/** A person's previews, the latest first. */
	async list(owner: string, now = Date.now()): Promise<Preview[]> {
		const found = await Promise.all((await this.#tokens()).map((token) => this.find(token, now)));
		return found
			.filter((one) => one?.owner === owner)
			.map((one) => one!)
			.sort((a, b) => b.createdAt - a.createdAt);
	}

	async remove(token: string): Promise<void> {
		if (TOKEN.test(token)) await rm(join(this.#folder, token), { recursive: true, force: true });
	}

	/** Removes what nobody can open any more. */
	async sweep(now = Date.now()): Promise<void> {
		for (const token of await this.#tokens())
			if (!(await this.find(token, now))) await this.remove(token);
	}

	async #tokens(): Promise<string[]> {
		try {
			return (await readdir(this.#folder)).filter((one) => TOKEN.test(one));
		} catch {
			return [];
		}
	}

	/** As a whole or not at all, so that no reader finds half a file. */
	async #write({ token, ...known }: Preview): Promise<Preview> {
		const path = join(this.#folder, token, RECORD);
		await writeFile(`${path}.new`, JSON.stringify(known));
		await rename(`${path}.new`, path);
		return { token, ...known };
	}
}

function atMost(limit: number): Transform {
	let bytes = 0;
	return new Transform({
		transform(chunk: Buffer, _, done) {
			bytes += chunk.length;
			if (bytes > limit * MB) done(new PackageProblem('upload', { limit }));
			else done(null, chunk);
		},
	});
}
