import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { turnAway } from './turn-away.ts';

const page = readFileSync('src/error.html', 'utf8');

const asked = (accept: string, isDataRequest = false) => ({
	request: new Request('https://course.example/en', { headers: { accept } }),
	isDataRequest,
});

test('a browser on its way to a page gets one, in its language', async () => {
	const answer = turnAway(asked('text/html,*/*;q=0.8'), 503, 'The server is busy.', {
		language: 'en',
		page,
	});
	expect(answer.status).toBe(503);
	expect(answer.headers.get('retry-after')).toBe('5');
	expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
	const html = await answer.text();
	expect(html).toContain('<html lang="en">');
	expect(html).toContain('<h1>The server is busy.</h1>');
	expect(html).toContain('<title>503 · Rygsamtalen</title>');
	expect(html).not.toContain('%sveltekit');
});

test('scripts, and pages that ask for data, get JSON', async () => {
	for (const one of [asked('application/json'), asked('*/*'), asked('text/html', true)]) {
		const answer = turnAway(one, 404, 'Den side findes ikke', { language: 'da', page });
		expect(answer.status).toBe(404);
		expect(answer.headers.has('retry-after')).toBe(false);
		expect(await answer.json()).toEqual({ message: 'Den side findes ikke' });
	}
});

test('pages that go on by script hear that it is a busy server', async () => {
	const answer = turnAway(asked('*/*', true), 503, 'The server is busy.', {
		language: 'en',
		page,
	});
	expect(await answer.json()).toEqual({ message: 'The server is busy.', isBusy: true });
});

test('forms that a script sends are told as by their action', async () => {
	const request = new Request('https://course.example/en', {
		method: 'POST',
		headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
	});
	const answer = turnAway({ request, isDataRequest: false }, 413, 'Too much.', {
		language: 'en',
		page,
	});
	expect(answer.status).toBe(413);
	expect(await answer.json()).toEqual({ type: 'error', error: { message: 'Too much.' } });
});
