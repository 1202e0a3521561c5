import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BOTH } from '#lib/xapi/rules/testing.ts';
import { statement, voiding, type Made } from '../../testing.ts';
import { partsOf } from '../multipart.ts';
import {
	attached,
	idsOf,
	LIMIT,
	multipart,
	records,
	told,
	tryRows,
	type Page,
	type Row,
} from '../testing.ts';

/*
 * Attachments and the types of bodies (xAPI 1.0.3 Communication 1.5 and Data 2.4.11; IEEE 9274.1.1,
 * 4.1.3 and 4.2.2.6). What is wrong within parts is in `multipart.test.ts`.
 */

const store = records();
const { ask } = store;

const text = attached('some text');
const other = attached('another text');
const far = { ...text.about, fileUrl: 'https://example.org/file' };
const ID = '00000000-0000-4000-8000-000000000001';
const plain = statement({ id: ID });
const near = statement({ id: ID, attachments: [text.about] });
const sub = {
	objectType: 'SubStatement',
	actor: plain.actor,
	verb: plain.verb,
	object: plain.object,
};

const TYPES = [
	'',
	'text/plain',
	'application/jsonx',
	'application/xml',
	'multipart/form-data; boundary=b',
	'multipart/mixedup; boundary=b',
];
const put = { method: 'PUT', params: { statementId: ID } };

tryRows(store, [
	...TYPES.flatMap((type): Row[] =>
		[{ method: 'POST' }, put].map((how) => [
			'XAPI-00127',
			`no body of another type by ${how.method}: "${type}"`,
			{ ...how, body: plain, headers: { 'content-type': type } },
			400,
			/^Content-Type must be application\/json, or multipart\/mixed/,
		]),
	),
	[
		'XAPI-00127',
		'JSON with a parameter',
		{ method: 'POST', body: plain, headers: { 'content-type': 'Application/JSON; charset=utf-8' } },
		200,
	],
	[
		'XAPI-00127',
		'an attachment that lies elsewhere, as JSON',
		{ method: 'POST', body: statement({ attachments: [far] }) },
		200,
	],
	[
		'XAPI-00127',
		'an attachment that lies elsewhere, as multipart',
		{ method: 'POST', ...multipart(statement({ attachments: [far] }), []) },
		200,
	],
	['XAPI-00127', 'no attachments, as multipart', { method: 'POST', ...multipart(plain, []) }, 200],
	['XAPI-00127', 'an attachment beside', { method: 'POST', ...multipart(near, [text.part]) }, 200],
	['XAPI-00127', 'one beside, by PUT', { ...put, ...multipart(near, [text.part]) }, 204],
	[
		'XAPI-00127',
		'one that lies elsewhere and comes too',
		{ method: 'POST', ...multipart(statement({ attachments: [far] }), [text.part]) },
		200,
	],
	[
		'XAPI-00127',
		'the attachment of a sub-statement',
		{
			method: 'POST',
			...multipart(statement({ object: { ...sub, attachments: [text.about] } }), [text.part]),
		},
		200,
	],
	[
		'XAPI-00128',
		'no part that is no attachment',
		{ method: 'POST', ...multipart(near, [text.part, other.part]) },
		400,
		/^part 3: belongs to no attachment/,
	],
	[
		'XAPI-00128',
		'no part where nothing is attached',
		{ method: 'POST', ...multipart([plain, statement()], [other.part]) },
		400,
		/^part 2: belongs to no attachment/,
	],
	[
		'XAPI-00129',
		'no attachment without its part, as JSON',
		{ method: 'POST', body: near },
		400,
		/^attachments: have no fileUrl/,
	],
	[
		'XAPI-00129',
		'no attachment without its part, as multipart',
		{ ...put, ...multipart(near, []) },
		400,
		/^attachments: have no fileUrl/,
	],
	[
		'XAPI-00129',
		'none of the second statement',
		{
			method: 'POST',
			...multipart([near, statement({ attachments: [other.about] })], [text.part]),
		},
		400,
		/^\[1\]\.attachments: have no fileUrl/,
	],
	[
		'XAPI-00129',
		'none of a sub-statement',
		{ method: 'POST', body: statement({ object: { ...sub, attachments: [text.about] } }) },
		400,
		/^attachments: have no fileUrl/,
	],
	[
		'XAPI-00328',
		'no attachment that is larger than a request may be',
		{ method: 'POST', ...big(LIMIT) },
		413,
		/larger than 100000 bytes.*XAPI_MB/,
	],
	['XAPI-00328', 'one that fits', { method: 'POST', ...big(LIMIT - 1_000) }, 200],
]);

function big(bytes: number) {
	const { about, part } = attached(Buffer.alloc(bytes, 'x'));
	return multipart(statement({ attachments: [about] }), [part]);
}

describe.each(BOTH)('%s', (version) => {
	const post = (all: Made | Made[], ...parts: (typeof text.part)[]) =>
		ask('POST', 'statements', { version, ...multipart(all, parts) });
	const get = (params: Record<string, string>) => ask('GET', 'statements', { version, params });
	async function partsIn(response: Response) {
		const type = response.headers.get('content-type')!;
		expect(type).toMatch(/^multipart\/mixed; boundary=/);
		return partsOf(type, Buffer.from(await response.arrayBuffer()));
	}

	it('XAPI-00161 without being asked for, or where it is not wanted, only JSON comes', async () => {
		await post(near, text.part);
		for (const own of [{}, { attachments: 'false' }])
			for (const params of [own, { ...own, statementId: ID }]) {
				const response = await get(params as Record<string, string>);
				expect(response.headers.get('content-type')).toBe('application/json');
				expect(await response.text()).not.toContain('some text');
			}
	});

	it('XAPI-00167 where they are asked for, all of a page come, each once', async () => {
		const both = statement({ attachments: [other.about, text.about] });
		await post([near, both], text.part, other.part);
		const { text: page, attachments } = await partsIn(await get({ attachments: 'true' }));
		expect((JSON.parse(page) as Page).statements.map(({ id }) => id)).toEqual([both.id, ID]);
		expect(attachments).toHaveLength(2);
		expect(attachments).toEqual(expect.arrayContaining([text.part, other.part]));
		const alone = await partsIn(await get({ attachments: 'true', statementId: ID }));
		expect(JSON.parse(alone.text)).toMatchObject(near);
		expect(alone.attachments).toEqual([text.part]);
	});

	it('XAPI-00167 a page without any is one part; nobody has what a filter leaves out', async () => {
		await post(near, text.part);
		const activity = 'https://example.org/activities/none';
		const { text: page, attachments } = await partsIn(await get({ attachments: 'true', activity }));
		expect(JSON.parse(page)).toEqual({ statements: [], more: '' });
		expect(attachments).toEqual([]);
	});

	it('XAPI-00167 those of sub-statements and of voided statements', async () => {
		const inner = statement({ object: { ...sub, attachments: [other.about] } });
		await post([near, inner], text.part, other.part);
		const whole = await partsIn(await get({ attachments: 'true', statementId: inner.id }));
		expect(whole.attachments).toEqual([other.part]);
		await post(voiding(ID));
		const voided = await partsIn(await get({ attachments: 'true', voidedStatementId: ID }));
		expect(voided.attachments).toEqual([text.part]);
	});

	it('XAPI-00108, XAPI-00167 more leads to pages with attachments too', async () => {
		const made = [text, other].map(({ about }) => statement({ attachments: [about] }));
		await post([...made, statement()], text.part, other.part);
		const seen: [ids: string[], hashes: string[]][] = [];
		let next = '/xapi/statements?attachments=true&limit=1&ascending=true';
		while (next !== '') {
			const { searchParams } = new URL(next, 'https://lrs.example');
			const parts = await partsIn(await get(Object.fromEntries(searchParams)));
			const { statements, more } = JSON.parse(parts.text) as Page;
			seen.push([statements.map(({ id }) => id), parts.attachments.map(({ sha2 }) => sha2)]);
			next = more;
		}
		expect(seen.slice(0, 2)).toEqual([
			[[made[0]!.id], [text.part.sha2]],
			[[made[1]!.id], [other.part.sha2]],
		]);
		expect(seen[2]![1]).toEqual([]);
		expect(seen).toHaveLength(3);
	});

	it.each(['sha224', 'sha384', 'sha512'])(
		'XAPI-00103, XAPI-00132 the hash may be any of SHA-2, in any case: %s',
		async (algorithm) => {
			const sha2 = createHash(algorithm).update(text.part.content).digest('hex');
			const made = statement({ attachments: [{ ...text.about, sha2: sha2.toUpperCase() }] });
			expect((await post(made, { ...text.part, sha2 })).status).toBe(200);
			const { attachments } = await partsIn(await get({ attachments: 'true' }));
			expect(attachments).toEqual([{ ...text.part, sha2 }]);
		},
	);

	it('XAPI-00182 of a request that is refused no attachment stays, nor any statement', async () => {
		const answer = await post([near, statement({ attachments: [other.about] })], text.part, {
			...other.part,
			content: Buffer.from('changed on the way'),
		});
		expect(answer.status).toBe(400);
		expect(await told(answer)).toMatch(/^part 3 has another content/);
		expect(await idsOf(await get({}))).toEqual([]);
		expect(await store.db.read.select().from(store.db.tables.lrsAttachments)).toEqual([]);
	});
});
