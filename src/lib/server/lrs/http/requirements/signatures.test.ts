import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { CompactSign, type CompactJWSHeaderParameters } from 'jose';
import { describe, expect, it } from 'vitest';
import { BOTH, SUB_STATEMENT } from '#lib/xapi/rules/testing.ts';
import { statement, type Made } from '../../testing.ts';
import { attached, idsOf, multipart, records, told } from '../testing.ts';
import { certificateOf } from './certificate.ts';

/* Signed statements (xAPI 1.0.3 Data 2.6; IEEE 9274.1.1, 4.2.6). */

const { ask } = records();

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [keys, others] = [rsa(), rsa()];
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const certificate = certificateOf(keys);

const USAGE = 'http://adlnet.gov/expapi/attachments/signature';
const about = (jws: string, own: Record<string, unknown> = {}) =>
	attached(jws, {
		usageType: USAGE,
		display: { en: 'Signature' },
		contentType: 'application/octet-stream',
		...own,
	});

type Key = Parameters<CompactSign['sign']>[0];
const jwsOf = (
	payload: unknown,
	{ header = {} as Partial<CompactJWSHeaderParameters>, key = keys.privateKey as Key } = {},
) =>
	new CompactSign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)))
		.setProtectedHeader({ alg: 'RS256', ...header })
		.sign(key);

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What is signed, and by what; and what the refusal says. */
type Case = [
	requirement: string,
	says: string,
	sign: (made: Made) => Promise<string> | string,
	words?: RegExp,
];

const HOLDS: Case[] = [
	...['RS256', 'RS384', 'RS512'].map((alg): Case => [
		'XAPI-00117',
		`signed by ${alg}`,
		(made) => jwsOf(made, { header: { alg } }),
	]),
	['XAPI-00115', 'with its certificate', (made) => jwsOf(made, { header: { x5c: [certificate] } })],
	[
		'XAPI-00115',
		'with its certificate, by RS512',
		(made) => jwsOf(made, { header: { alg: 'RS512', x5c: [certificate] } }),
	],
	[
		'XAPI-00116',
		'the same, written in another way',
		({ object, verb, ...rest }) => jwsOf(JSON.stringify({ verb, ...rest, object }, null, '\t')),
	],
];

const FAILS: Case[] = [
	['XAPI-00115', 'no JWS', () => 'a signature', /signature/],
	['XAPI-00115', 'nothing', () => '', /signature/],
	[
		'XAPI-00115',
		'two parts of a JWS',
		async (made) => (await jwsOf(made)).replace(/\.[^.]*$/, ''),
		/signature/,
	],
	['XAPI-00115', 'four parts', async (made) => `${await jwsOf(made)}.x`, /JWS|signature/],
	[
		'XAPI-00115',
		'a JWS that is JSON',
		async (made) => {
			const [header, payload, signature] = (await jwsOf(made)).split('.');
			return JSON.stringify({ protected: header, payload, signature });
		},
		/signature/,
	],
	[
		'XAPI-00117',
		'by a secret',
		(made) => jwsOf(made, { header: { alg: 'HS256' }, key: Buffer.alloc(32, 'x') }),
		/HS256.*RS256, RS384, RS512/,
	],
	[
		'XAPI-00117',
		'by a curve',
		(made) => jwsOf(made, { header: { alg: 'ES256' }, key: curve.privateKey }),
		/ES256.*RS256/,
	],
	[
		'XAPI-00117',
		'by RSA with another padding',
		(made) => jwsOf(made, { header: { alg: 'PS256' } }),
		/PS256.*RS256/,
	],
	[
		'XAPI-00117',
		'by nothing',
		(made) => `${encoded({ alg: 'none' })}.${encoded(made)}.`,
		/none.*RS256/,
	],
	[
		'XAPI-00117',
		'by an algorithm that is not told',
		(made) => `${encoded({ typ: 'JWT' })}.${encoded(made)}.eA`,
		/RS256/,
	],
	['XAPI-00116', 'what is no JSON', () => jwsOf('the statement'), /does not hold/],
	['XAPI-00116', 'no statement', () => jwsOf('7'), /something else/],
	[
		'XAPI-00116',
		'another statement',
		(made) => jwsOf({ ...made, verb: { id: 'https://example.org/verbs/other' } }),
		/something else than what was signed/,
	],
	[
		'XAPI-00116',
		'less than the statement',
		({ object: _object, ...rest }) => jwsOf(rest),
		/something else than what was signed/,
	],
	[
		'XAPI-00115',
		'by another key than the certificate has',
		(made) => jwsOf(made, { header: { x5c: [certificate] }, key: others.privateKey }),
		/does not hold/,
	],
	[
		'XAPI-00115',
		'changed afterwards',
		async (made) => {
			const [header, , signature] = (await jwsOf(made, { header: { x5c: [certificate] } })).split(
				'.',
			);
			return `${header}.${encoded({ ...made, version: '1.0.0' })}.${signature}`;
		},
		/does not hold/,
	],
	[
		'XAPI-00115',
		'a certificate that is none',
		(made) => jwsOf(made, { header: { x5c: ['bm9uZQ=='] } }),
		/does not hold/,
	],
];

it('the certificate of these tests is one', () => {
	const read = new X509Certificate(Buffer.from(certificate, 'base64'));
	expect(read.verify(keys.publicKey)).toBe(true);
	expect(read.verify(others.publicKey)).toBe(false);
	expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now());
});

describe.each(BOTH)('%s', (version) => {
	const send = (made: unknown, parts: ReturnType<typeof about>['part'][]) =>
		ask('POST', 'statements', { version, ...multipart(made, parts) });
	const kept = async () => idsOf(await ask('GET', 'statements', { version }));

	it.each(HOLDS)('%s a statement is stored: %s', async (_requirement, _says, sign) => {
		const made = statement();
		const { part, about: attachment } = about(await sign(made));
		const answer = await send({ ...made, attachments: [attachment] }, [part]);
		expect(answer.status, await answer.text()).toBe(200);
		expect(await kept()).toEqual([made.id]);
	});

	it.each(FAILS)(
		'%s a statement is refused, signed: %s',
		async (_requirement, _says, sign, words) => {
			const made = statement();
			const { part, about: attachment } = about(await sign(made));
			const answer = await send({ ...made, attachments: [attachment] }, [part]);
			expect(answer.status).toBe(400);
			expect(await told(answer)).toMatch(words!);
			expect(await kept()).toEqual([]);
		},
	);

	it('XAPI-00115 a signature comes with its statement, as a stream of octets', async () => {
		const made = statement();
		const jws = await jwsOf(made);
		const refused = async (own: Record<string, unknown>, isSent: boolean) => {
			const { part, about: attachment } = about(jws, own);
			const answer = await send({ ...made, attachments: [attachment] }, isSent ? [part] : []);
			expect(answer.status).toBe(400);
			return told(answer);
		};
		expect(await refused({}, false)).toMatch(/no fileUrl|not sent/);
		expect(await refused({ fileUrl: 'https://example.org/jws' }, false)).toMatch(
			/not sent with it/,
		);
		expect(await refused({ contentType: 'text/plain' }, true)).toMatch(/octet-stream/);
		expect(await kept()).toEqual([]);
	});

	it('XAPI-00115 other attachments may come beside the signature, which says nothing of itself', async () => {
		const file = attached('a file');
		const made = statement({ attachments: [file.about] });
		const { part, about: attachment } = about(await jwsOf(made));
		const whole = { ...made, attachments: [file.about, attachment] };
		expect((await send(whole, [file.part, part])).status).toBe(200);
		const unsaid = about(await jwsOf(statement({ id: made.id })));
		const wrong = { ...made, attachments: [file.about, unsaid.about] };
		expect((await send(wrong, [file.part, unsaid.part])).status).toBe(400);
	});

	it('XAPI-00115 one of several that is signed wrongly spoils all, and is named', async () => {
		const made = statement({ object: SUB_STATEMENT });
		const { part, about: attachment } = about(await jwsOf(statement()));
		const answer = await send([statement(), { ...made, attachments: [attachment] }], [part]);
		expect(answer.status).toBe(400);
		expect(await told(answer)).toMatch(/^\[1\]/);
		expect(await kept()).toEqual([]);
	});
});
