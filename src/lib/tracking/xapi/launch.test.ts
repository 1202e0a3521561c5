import { expect, test } from 'vitest';
import { xapiLaunchIn } from './launch.ts';

const REGISTRATION = '6f9b0d4e-3c1a-4b8e-9a55-0a2f5f0c7d11';
const account = { homePage: 'https://lms.example.org', name: 'ida' };
const search = (given: Record<string, unknown>) =>
	`?${new URLSearchParams(
		Object.entries(given).map(([name, value]) => [
			name,
			typeof value === 'string' ? value : JSON.stringify(value),
		]),
	)}`;

test('a launch names the store, the learner and the registration', () => {
	const launch = xapiLaunchIn(
		search({
			endpoint: 'https://lrs.example.org/xapi/',
			auth: 'Basic YTpi',
			actor: { objectType: 'Agent', account },
			registration: REGISTRATION,
			activity_id: 'https://x.example/c',
		}),
	);
	expect(launch).toEqual({
		endpoint: 'https://lrs.example.org/xapi/',
		authorization: 'Basic YTpi',
		actor: { objectType: 'Agent', account },
		registration: REGISTRATION,
	});
});

test.each([
	{ name: ['Ida'], mbox: ['mailto:ida@example.org'] },
	{ name: 'Ida', mbox: 'mailto:ida@example.org' },
])('a learner may be named in lists, as in 2012: %j', (actor) => {
	const launch = xapiLaunchIn(search({ endpoint: 'https://lrs.example.org/', actor }));
	expect(launch).toEqual({
		endpoint: 'https://lrs.example.org/',
		actor: { name: 'Ida', mbox: 'mailto:ida@example.org' },
	});
});

test('an account of 2012 is one of today', () => {
	const old = [{ accountServiceHomePage: account.homePage, accountName: account.name }];
	expect(
		xapiLaunchIn(search({ endpoint: 'https://lrs.example.org/', actor: { account: old } })),
	).toMatchObject({ actor: { account } });
});

test('what is missing or wrong is named', () => {
	expect(xapiLaunchIn(search({ endpoint: 'javascript:x' }))).toEqual(['endpoint', 'actor']);
	const actor = { account };
	const endpoint = 'https://lrs.example.org/';
	expect(xapiLaunchIn(search({ endpoint, actor, registration: 'x' }))).toEqual(['registration']);
	expect(xapiLaunchIn(search({ endpoint, actor: { name: 'Ida' } }))).toEqual(['actor']);
	expect(xapiLaunchIn(search({ endpoint, actor: '[1' }))).toEqual(['actor']);
	expect(xapiLaunchIn('?part=hello')).toBeUndefined();
});
