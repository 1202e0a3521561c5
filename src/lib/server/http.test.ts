import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readForm } from './forms.ts';
import { readJson } from './http.ts';

/* What comes with a request is such that every database can hold it. */

const URL = 'https://course.example/api';
const schema = v.object({ text: v.string() });

describe('characters that PostgreSQL cannot hold', () => {
	test('become U+0000’s and half pairs’ usual stand-in in JSON, wherever they are', async () => {
		const request = new Request(URL, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: String.raw`{"text":"a\u0000b\ud83d","list":[{"text":"\udc00 \ud83d\ude00"}],"free":{"\u0000x":1}}`,
		});
		const deep = v.object({ text: v.string(), list: v.array(schema), free: v.unknown() });
		expect(await readJson(request, deep, 1000)).toEqual({
			text: 'a\ufffdb\ufffd',
			list: [{ text: '\ufffd \u{1f600}' }],
			free: { '\ufffdx': 1 },
		});
	});

	test('and in forms', async () => {
		const body = new URLSearchParams('text=a%00b');
		const read = await readForm(new Request(URL, { method: 'POST', body }), schema);
		expect(read).toMatchObject({ data: { text: 'a\ufffdb' }, values: { text: 'a\ufffdb' } });
	});
});
