import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	instantOf,
	isDuration,
	isIri,
	isLanguageTag,
	isMbox,
	isMediaType,
	isSha2,
	isTimestamp,
	isUuid,
	toUtc,
	type XapiVersion,
} from './index.ts';

type Table = [name: string, test: (text: string) => boolean, right: string[], wrong: string[]];

const TABLES: Table[] = [
	[
		'IRIs (RFC 3987)',
		isIri,
		[
			'http://example.org',
			'https://example.org/øvelse?a=ö#del-2',
			'https://例え.jp/引き出し',
			'https://kim@[2001:db8::7]:8080/c%C3%A6',
			'urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
			'tag:example.org,2026:drill',
			'mailto:kim@example.org',
			'act:drill(1)',
			'http://example.org/path/../x',
		],
		[
			'',
			'drill',
			'//example.org/drill',
			'example.org/drill',
			'ab=c://example.org',
			'1http://example.org',
			'http://',
			'http:',
			'https:/example.org',
			'http://example.org/a b',
			'http://example.org/"x"',
			'http://example.org/<x>',
			'http://example.org/a\\b',
			'http://example.org/%zz',
			'http://example.org/%a',
			'http://example.org/{id}',
			'http://example.org/a#b#c',
			'http://example.org/\n',
			':x',
		],
	],
	[
		'UUIDs',
		isUuid,
		[
			'6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
			'AA97B177-9383-4934-8543-0F91A7A02836',
			'00000000-0000-0000-0000-000000000000',
		],
		[
			'',
			'AA97B177-9383-4934-8543-0F91A7A028368',
			'MA97B177-9383-4934-8543-0F91A7A02836',
			'{6690e6c9-3ef0-4ed3-8b37-7f3964730bee}',
			'6690e6c93ef04ed38b377f3964730bee',
			'urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
		],
	],
	[
		'mailboxes',
		isMbox,
		['mailto:kim@example.org', 'mailto:kim.holm+x7@ward-3.example.org', 'mailto:søren@eksempel.dk'],
		[
			'kim@example.org',
			'MAILTO:kim@example.org',
			'mailto:',
			'mailto:kim',
			'mailto:@example.org',
			'mailto:kim@',
			'mailto:kim@example..org',
			'mailto:kim@example.org?subject=x',
			'mailto:kim@example.org,bo@example.org',
			'mailto:Kim <kim@example.org>',
			'mailto:a@b@example.org',
		],
	],
	[
		'media types (RFC 2046)',
		isMediaType,
		[
			'text/plain',
			'text/plain; charset=ascii',
			'a/b;c="d; e"',
			'application/vnd.x+json;v=1',
			'image/svg+xml;',
		],
		['', 'text', 'text/', '/plain', 'text/plain; charset', 'text plain', 'text/plain, a/b'],
	],
	[
		'SHA-2 sums',
		isSha2,
		[56, 64, 96, 128].map((length) => 'aF0'.repeat(50).slice(0, length)),
		['', 'a'.repeat(40), 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64)],
	],
	[
		'durations (ISO 8601:2004, 4.4.3.2)',
		isDuration,
		[
			'PT1H0M0.1S',
			'PT4H35M59.14S',
			'P3Y1M29DT4H35M59.14S',
			'P3Y',
			'P4W',
			'PT0S',
			'P1.5D',
			'PT1,5S',
			'PT36H',
		],
		[
			'',
			'P',
			'PT',
			'P1',
			'P1S',
			'PT1D',
			'PA1H0M0S',
			'P1DT',
			'P1M1Y',
			'PT1S1M',
			'P1WT1H',
			'-PT1S',
			'PT-1S',
			'PT1.5H3M',
			'PT1.S',
			'pt1s',
			'P0003-06-04T12:30:05',
			'1 hour',
			'12',
		],
	],
	[
		'language tags (RFC 5646)',
		isLanguageTag,
		[
			'da',
			'tlh',
			'cmn',
			'en-GB',
			'es-419',
			'zh-Hant',
			'sr-Latn-RS',
			'zh-cmn-Hans-CN',
			'de-CH-1901',
			'sl-rozaj-biske',
			'en-u-co-phonebk',
			'de-a-foo-x-a-a',
			'x-ours',
			'i-klingon',
			'en-GB-oed',
			'EN-gb',
			'und',
		],
		[
			'',
			'd',
			'something',
			'a12345',
			'should fail',
			'da_DK',
			'da-',
			'-da',
			'en-GB-US',
			'zh-z-aaa-z-bbb-c-ccc',
			'de-1901-1901',
			'de-rozaj-rozaj',
			'en-u',
			'x-',
			'da-DK-DK',
			'*',
			'i-nobody',
		],
	],
];

describe.each(TABLES)('%s', (_name, test, right, wrong) => {
	it.each(right)('takes %j', (value) => {
		expect(test(value)).toBe(true);
	});
	it.each(wrong)('refuses %j', (value) => {
		expect(test(value)).toBe(false);
	});
});

it('takes nothing but texts', () => {
	const tests = [isIri, isUuid, isMbox, isMediaType, isSha2, isDuration, isLanguageTag];
	for (const test of tests)
		for (const value of [null, undefined, 5, true, {}, ['da']]) expect(test(value)).toBe(false);
});

const TIMES: [text: string, utc: string | null, versions: XapiVersion[]][] = [
	['2026-05-04T12:00:00-05:00', '2026-05-04T17:00:00.000Z', ['1.0.3', '2.0.0']],
	['2026-05-04T17:00:00Z', '2026-05-04T17:00:00.000Z', ['1.0.3', '2.0.0']],
	['2026-05-04t17:00:00z', '2026-05-04T17:00:00.000Z', ['1.0.3', '2.0.0']],
	['2026-01-01T00:30:00.123456789+01:00', '2025-12-31T23:30:00.123456789Z', ['1.0.3', '2.0.0']],
	['2024-02-29T23:59:60Z', '2024-03-01T00:00:00.000Z', ['1.0.3', '2.0.0']],
	['0001-01-01T00:00:00.5Z', '0001-01-01T00:00:00.500Z', ['1.0.3', '2.0.0']],
	['2026-05-04T17:00:00+00:00', '2026-05-04T17:00:00.000Z', ['1.0.3', '2.0.0']],
	['2026-05-04T17:00:00', '2026-05-04T17:00:00.000Z', ['1.0.3']],
	['2026-05-04', '2026-05-04T00:00:00.000Z', ['1.0.3']],
	['20260504T170000+0200', '2026-05-04T15:00:00.000Z', ['1.0.3']],
	['20260504T1700Z', '2026-05-04T17:00:00.000Z', ['1.0.3']],
	['2026-05-04T17:30,5Z', '2026-05-04T17:30:30.000Z', ['1.0.3']],
	['2026-05-04T24:00:00Z', '2026-05-05T00:00:00.000Z', ['1.0.3']],
	['2026-05-04T17:00:00.601-00', null, []],
	['2026-05-04T17:00:00.601-0000', null, []],
	['2026-05-04T17:00:00.601-00:00', null, []],
	['2026-02-30T17:00:00Z', null, []],
	['2025-02-29T17:00:00Z', null, []],
	['2026-13-01T17:00:00Z', null, []],
	['2026-00-01T17:00:00Z', null, []],
	['2026-04-31T17:00:00Z', null, []],
	['2026-05-04T25:00:00Z', null, []],
	['2026-05-04T17:60:00Z', null, []],
	['2026-05-04T17:00:61Z', null, []],
	['2026-05-04T17:00:00+24:00', null, []],
	['2026-05-04 17:00:00Z', null, []],
	['01/011/2015', null, []],
	['yesterday', null, []],
	['', null, []],
];

it.each(TIMES)('timestamp %j is %j in UTC (%j)', (text, utc, versions) => {
	for (const version of ['1.0.3', '2.0.0'] as const)
		expect(isTimestamp(text, version), version).toBe(versions.includes(version));
	expect(toUtc(text)).toBe(utc ?? text);
	if (utc === null) expect(instantOf(text)).toBeNaN();
});

it('keeps the point in time, whatever the zone', () => {
	const offset = fc.integer({ min: -23 * 60, max: 23 * 60 });
	const date = fc.date({ min: new Date(0), max: new Date('9990-01-01'), noInvalidDate: true });
	fc.assert(
		fc.property(date, offset, (date, minutes) => {
			const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
			const digits = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
			const [h, m] = digits.map((one) => String(one).padStart(2, '0'));
			const text = `${local}${minutes < 0 ? '-' : '+'}${h}:${m}`;
			expect(isTimestamp(text, '2.0.0')).toBe(true);
			expect(toUtc(text)).toBe(date.toISOString());
			expect(instantOf(text)).toBe(date.getTime());
		}),
	);
});
