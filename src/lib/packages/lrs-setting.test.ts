import { expect, test } from 'vitest';
import { readLrsSetting } from './lrs-setting.ts';

test('a store is read with what holds where nothing is said', () => {
	expect(readLrsSetting('{"endpoint": "https://lrs.example.org/xapi"}')).toEqual({
		endpoint: 'https://lrs.example.org/xapi',
		version: '1.0.3',
		detail: 'interactions',
	});
	const whole = {
		endpoint: 'https://lrs.example.org/xapi/',
		key: 'write-only',
		secret: 'pæn',
		version: '2.0.0',
		detail: 'results',
	};
	expect(readLrsSetting(JSON.stringify(whole))).toEqual({
		endpoint: whole.endpoint,
		authorization: `Basic ${Buffer.from('write-only:pæn').toString('base64')}`,
		version: '2.0.0',
		detail: 'results',
	});
});

test.each([
	['{', 'is no JSON'],
	['{}', 'endpoint: '],
	['{"endpoint": "lrs"}', 'endpoint: is no address'],
	['{"endpoint": "http://lrs.example.org/"}', 'endpoint: must begin with https://'],
	['{"endpoint": "https://lrs.example.org/", "key": "a"}', 'key and secret go together'],
	['{"endpoint": "https://lrs.example.org/", "detail": "all"}', 'detail: must be "results"'],
	['{"endpoint": "https://lrs.example.org/", "password": "x"}', 'password: '],
])('%s is refused with its place', (json, line) => {
	expect(readLrsSetting(json)).toEqual([expect.stringContaining(line)]);
});
