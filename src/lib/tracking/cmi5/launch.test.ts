import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startCmi5Lms } from '../../../../tests/support/cmi5-lms.ts';
import { shelf } from '../../../../tests/support/cmi5-visit.ts';
import { launchIn } from './launch.ts';
import { openSession } from './session.ts';

const whole = {
	endpoint: 'https://lms.example/xapi/',
	fetch: 'https://lms.example/fetch?k=1',
	actor: JSON.stringify({ account: { homePage: 'https://lms.example', name: 'karin' } }),
	registration: '760e3480-ba55-4991-94b0-01820dbd23a2',
	activityId: 'https://lms.example/activities/1',
};
const search = (given: Record<string, string>) => `?${new URLSearchParams(given)}`;

test('parameters are read in any order (8.1.0.0-7)', () => {
	fc.assert(
		fc.property(fc.shuffledSubarray(Object.entries(whole), { minLength: 5 }), (given) => {
			expect(launchIn(search(Object.fromEntries(given)))).toEqual({
				...whole,
				actor: JSON.parse(whole.actor),
			});
		}),
	);
});

test('what is missing or damaged is named; nothing at all is no launch', () => {
	const { fetch: _, ...rest } = whole;
	expect(launchIn(search(rest))).toEqual(['fetch']);
	expect(launchIn(search({ ...whole, actor: '{"name":' }))).toEqual(['actor']);
	expect(launchIn(search({ ...whole, actor: '{"objectType":"Agent"}' }))).toEqual(['actor']);
	expect(launchIn(search({ ...whole, endpoint: 'javascript:alert(1)' }))).toEqual(['endpoint']);
	expect(launchIn(search({ ...whole, registration: '7' }))).toEqual(['registration']);
	expect(launchIn('?part=hello')).toBeUndefined();
});

test('the token is fetched once by POST (8.2.1.0-2), and kept for the tab', async () => {
	const lms = await startCmi5Lms();
	const fetchUrl = new URL(lms.launch()).searchParams.get('fetch')!;
	const tab = shelf();
	const first = await openSession(fetchUrl, tab);
	expect(await openSession(fetchUrl, tab)).toMatchObject({
		token: (first as { token: string }).token,
	});
	// Elsewhere it was used before (8.2.3.0-1).
	expect(await openSession(fetchUrl, shelf())).toEqual({
		problem: 'used',
		reason: 'Already in use (1)',
	});
	expect(lms.complaints).toEqual([]);
	await lms.close();
	expect(await openSession(fetchUrl, shelf(), async () => undefined)).toMatchObject({
		problem: 'unreachable',
	});
});
