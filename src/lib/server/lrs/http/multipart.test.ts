import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Attachment } from '../attachments.ts';
import { boundaryIn, partsOf, toMultipart } from './multipart.ts';
import { Refusal } from './refusal.ts';

const sha2 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

const attachment = fc
	.record({
		contentType: fc.constantFrom('text/plain', 'application/octet-stream', 'image/png'),
		content: fc.uint8Array({ maxLength: 300 }),
	})
	.map(({ contentType, content }): Attachment => {
		const bytes = Buffer.from(content);
		return { contentType, content: bytes, sha2: sha2(bytes) };
	});

test('what is written as multipart is read back byte for byte', () => {
	fc.assert(
		fc.property(fc.json(), fc.array(attachment, { maxLength: 5 }), (text, attachments) => {
			const { body, contentType } = toMultipart(text, attachments);
			const parts = partsOf(contentType, body);
			expect(parts.text).toBe(text);
			expect(parts.attachments).toEqual(attachments);
		}),
	);
});

test('any bytes at all are read or refused, never anything else', () => {
	const lines = fc.array(
		fc.constantFrom(
			'--b',
			'--b--',
			'',
			'Content-Type: application/json',
			'Content-Transfer-Encoding: binary',
			`X-Experience-API-Hash: ${sha2(Buffer.from('x'))}`,
			'x',
			'{}',
			'\u0000é',
		),
	);
	fc.assert(
		fc.property(lines, (all) => {
			try {
				const { text } = partsOf('multipart/mixed; boundary=b', Buffer.from(all.join('\r\n')));
				expect(typeof text).toBe('string');
			} catch (error) {
				expect(error).toBeInstanceOf(Refusal);
				expect(error).toMatchObject({ status: 400 });
			}
		}),
	);
});

const CRLF = '\r\n';
const JSON_PART = ['--b', 'Content-Type: application/json', '', '{}'];
const HASH = sha2(Buffer.from('x'));
const PART = ['--b', 'Content-Type: text/plain', 'Content-Transfer-Encoding: binary'];
const bodyOf = (...lines: string[]) => Buffer.from([...lines, '--b--', ''].join(CRLF));

test.each([
	['XAPI-00131 no boundary', 'multipart/mixed', bodyOf(...JSON_PART), /boundary/],
	['XAPI-00133 no parts', 'multipart/mixed; boundary=b', Buffer.from(''), /part 1 is missing/],
	['XAPI-00130 another boundary', 'multipart/mixed; boundary=c', bodyOf(...JSON_PART), /multipart/],
	[
		'XAPI-00134 statements that are no JSON by name',
		'multipart/mixed; boundary=b',
		bodyOf('--b', 'Content-Type: text/plain', '', '{}'),
		/application\/json/,
	],
	[
		'XAPI-00132 no hash',
		'multipart/mixed; boundary=b',
		bodyOf(...JSON_PART, ...PART, '', 'x'),
		/X-Experience-API-Hash/,
	],
	[
		'XAPI-00135 no encoding',
		'multipart/mixed; boundary=b',
		bodyOf(...JSON_PART, '--b', `X-Experience-API-Hash: ${HASH}`, '', 'x'),
		/Content-Transfer-Encoding/,
	],
	[
		'XAPI-00135 another encoding',
		'multipart/mixed; boundary=b',
		bodyOf(
			...JSON_PART,
			...['--b', 'Content-Type: text/plain', 'Content-Transfer-Encoding: base64'],
			...[`X-Experience-API-Hash: ${HASH}`, '', 'x'],
		),
		/Content-Transfer-Encoding/,
	],
	[
		'XAPI-00130 no boundary before a part',
		'multipart/mixed; boundary=b',
		bodyOf('Content-Type: application/json', '', '{}'),
		/part 1 is missing/,
	],
	[
		'XAPI-00133 statements in two parts',
		'multipart/mixed; boundary=b',
		bodyOf(...JSON_PART, ...JSON_PART),
		/^part 2 must have a header X-Experience-API-Hash/,
	],
	[
		'XAPI-00132 a wrong hash',
		'multipart/mixed; boundary=b',
		bodyOf(...JSON_PART, ...PART, `X-Experience-API-Hash: ${HASH}`, '', 'y'),
		/another content/,
	],
	[
		'XAPI-00132 a hash of no known length',
		'multipart/mixed; boundary=b',
		bodyOf(...JSON_PART, ...PART, 'X-Experience-API-Hash: abc', '', 'x'),
		/another content/,
	],
	[
		'XAPI-00015 statements that are no UTF-8',
		'multipart/mixed; boundary=b',
		Buffer.concat([
			Buffer.from(['--b', 'Content-Type: application/json', '', ''].join(CRLF)),
			Buffer.from([0xff, 0xfe]),
			Buffer.from(`${CRLF}--b--${CRLF}`),
		]),
		/UTF-8/,
	],
])('%s: 400, and says so', (_, contentType, body, message) => {
	expect(() => partsOf(contentType, body)).toThrow(message);
	expect(() => partsOf(contentType, body)).toThrow(Refusal);
});

test('what stands before the first boundary is left out, and quotes belong to no boundary', () => {
	const body = Buffer.from(
		[
			'For people.',
			...JSON_PART,
			...PART,
			`X-Experience-API-Hash: ${HASH}`,
			'',
			'x',
			'--b--',
			'The end.',
		].join(CRLF),
	);
	const { attachments } = partsOf('multipart/mixed; charset=utf-8; boundary="b"', body);
	expect(attachments).toEqual([
		{ sha2: HASH, contentType: 'text/plain', content: Buffer.from('x') },
	]);
	expect(boundaryIn('multipart/mixed;boundary=a-b; x=1')).toBe('a-b');
});
