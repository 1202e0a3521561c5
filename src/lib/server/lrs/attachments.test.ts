import { createHash } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forget } from '../auth/forget.ts';
import { makeLearner } from '../cmi5/testing.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { attachmentsWith, sweepAttachments, type Attachment } from './attachments.ts';
import { createClient } from './clients.ts';
import { storeStatements, type Judge } from './store.ts';
import { author, emptied, received, statement, type Made } from './testing.ts';

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterEach(() => emptied(db));
	afterAll(() => db.close());

	const file = (text: string): Attachment => {
		const content = Buffer.from(text);
		const sha2 = createHash('sha256').update(content).digest('hex');
		return { sha2, contentType: 'text/plain', content };
	};
	const withFiles = (files: Attachment[]) =>
		statement({
			attachments: files.map(({ sha2, contentType, content }) => ({
				usageType: 'https://example.org/recording',
				display: { en: 'Recording' },
				...{ contentType, length: content.length, sha2 },
			})),
		});

	async function begun() {
		const { id } = await createClient(
			db,
			{ name: 'LMS', scopes: ['all'], origins: [], ratePerMinute: 100 },
			null,
		);
		/** @param userId whose they are, as statements of a cmi5 session are somebody's */
		return async (attachments: Attachment[], values: Made[], userId?: string) => {
			let seqs: number[] = [];
			const judge: Judge = async ({ tables: { statements } }, tx, kept) => {
				seqs = kept.map(({ seq }) => seq);
				if (userId)
					await tx.update(statements).set({ userId }).where(inArray(statements.seq, seqs));
			};
			await storeStatements(db, author(id), '1.0.3', received(values), { attachments, judge });
			return seqs;
		};
	}
	const contents = async () => {
		const rows = await db.read.select().from(db.tables.lrsAttachments);
		return rows.map(({ content }) => content.toString()).sort();
	};

	test('what came with statements of a person who is deleted goes, unless others have it, too', async () => {
		const put = await begun();
		const [ida, bo] = [await makeLearner(db), await makeLearner(db)];
		const [own, shared, others] = ['of Ida alone', 'of both', 'of Bo'].map(file) as [
			Attachment,
			Attachment,
			Attachment,
		];
		await put([own, shared], [withFiles([own]), withFiles([own, shared])], ida);
		await put([shared, others], [withFiles([shared, others])], bo);
		await db.tx((tx) => forget(db, tx, [ida]));
		expect(await contents()).toEqual(['of Bo', 'of both']);
		await db.tx((tx) => forget(db, tx, [bo]));
		expect(await contents()).toEqual([]);
	});

	test('what was left behind is swept away', async () => {
		const put = await begun();
		const [kept, left] = [file('kept'), file('left')];
		await put([kept, left], [withFiles([kept, left])]);
		const { statementAttachments } = db.tables;
		await db.tx((tx) =>
			tx.delete(statementAttachments).where(inArray(statementAttachments.sha2, [left.sha2])),
		);
		expect(await sweepAttachments(db)).toBe(1);
		expect(await sweepAttachments(db)).toBe(0);
		expect(await contents()).toEqual(['kept']);
	});

	test('a request may link more statements and attachments than one query takes', async () => {
		const put = await begun();
		const files = Array.from({ length: 200 }, (_, at) => file(`file ${at}`));
		const seqs = await put(
			files,
			Array.from({ length: 170 }, () => withFiles(files)),
		);
		const { statementAttachments } = db.tables;
		expect(await db.read.$count(statementAttachments)).toBe(34_000);
		expect(await attachmentsWith(db, seqs.slice(-2))).toHaveLength(200);
	}, 60_000);
});
