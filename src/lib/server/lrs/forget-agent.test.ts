import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import { createClient } from './clients.ts';
import { putDocument } from './documents.ts';
import { findStatement, findStatements } from './find.ts';
import { forgetAgent, tracesOf } from './forget-agent.ts';
import { termKey } from './index-terms.ts';
import { namesOf } from './known.ts';
import { storeStatements } from './store.ts';
import { author, emptied, received, refTo, statement, voiding, type Made } from './testing.ts';

const bo = { objectType: 'Agent', name: 'Bo Holm', mbox: 'mailto:bo@example.org' };
const ida = { objectType: 'Agent', name: 'Ida', mbox: 'mailto:ida@example.org' };
const content = Buffer.from('a recording');
const sha2 = createHash('sha256').update(content).digest('hex');
const attachment = {
	usageType: 'https://example.org/recording',
	display: { en: 'Recording' },
	contentType: 'text/plain',
	length: content.length,
	sha2,
};

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	beforeAll(async () => void (db = await open()), 60_000);
	afterEach(() => emptied(db));
	afterAll(() => db.close());

	async function begun() {
		const { id } = await createClient(
			db,
			{ name: 'LMS', scopes: ['all'], origins: [], ratePerMinute: 100 },
			null,
		);
		const put = (...values: Made[]) =>
			storeStatements(db, author(id), '1.0.3', received(values), {
				attachments: values.some(({ attachments }) => attachments)
					? [{ sha2, contentType: 'text/plain', content }]
					: [],
			});
		const all = async () =>
			(await findStatements(db, { terms: [], ascending: true, limit: 500, withVoided: true })).rows;
		return { put, all };
	}

	test('what other systems wrote about somebody goes, wherever the person stands in it', async () => {
		const { put, all } = await begun();
		const others = statement({ actor: ida });
		const did = statement({ actor: bo, attachments: [attachment] });
		const taught = statement({ actor: ida, context: { instructor: bo } });
		const graded = statement({ actor: ida, object: refTo(did.id) });
		const gone = statement({ actor: bo });
		await put(others, did, taught, graded, gone, voiding(gone.id));
		await put(...Array.from({ length: 250 }, () => statement({ actor: bo })));
		const late = statement({ actor: ida, object: refTo(did.id) });
		await put(late);
		const shelf = { kind: 'state' as const, activity: 'https://example.org/a', agent: bo };
		const now = new Date();
		for (const agent of [bo, ida])
			await putDocument(
				db,
				{ ...shelf, agent, name: 'bookmark' },
				{ contentType: 'text/plain', content },
				{ mustSay: 'never' },
				now,
			);
		expect(await tracesOf(db, bo)).toEqual({ statements: 256, documents: 1 });

		expect(await forgetAgent(db, bo, null)).toEqual({ statements: 256, documents: 1 });
		expect((await all()).map(({ id }) => id)).toEqual([others.id]);
		expect(await findStatement(db, did.id)).toBeUndefined();
		expect(await namesOf(db, bo)).toEqual([]);
		expect(await namesOf(db, ida)).toEqual(['Ida']);
		const { statementTerms, lrsAttachments, lrsDocuments, audit } = db.tables;
		const terms = (await db.read.select().from(statementTerms)).map(({ term }) => term);
		for (const kind of ['agent', 'agent-related'] as const)
			expect(terms).not.toContain(termKey({ kind, value: 'mbox:mailto:bo@example.org' }));
		expect(await db.read.select().from(lrsAttachments)).toEqual([]);
		expect(await db.read.select({ agent: lrsDocuments.agent }).from(lrsDocuments)).toEqual([
			{ agent: 'mbox:mailto:ida@example.org' },
		]);
		const noted = JSON.stringify(await db.read.select().from(audit));
		expect(noted).toContain('statements.deleted');
		expect(noted).not.toMatch(/bo@|Bo Holm/);
		expect(await tracesOf(db, bo)).toEqual({ statements: 0, documents: 0 });
	});

	test('a file that belongs to another statement as well stays', async () => {
		const { put } = await begun();
		await put(
			statement({ actor: bo, attachments: [attachment] }),
			statement({ actor: ida, attachments: [attachment] }),
		);
		await forgetAgent(db, bo, null);
		expect(await db.read.select().from(db.tables.lrsAttachments)).toHaveLength(1);
	});
});
