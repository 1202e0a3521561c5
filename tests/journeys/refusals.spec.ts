import { newLearner, stepReached } from '../bench/events.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const PLACE = { course: 'tiny', lesson: 'hello', step: 'welcome' };

test('requests that are not ours, not well or not allowed are refused with a reason', async ({
	tiny: { origin },
}) => {
	const learner = await newLearner(origin, PLACE);
	const post = (body: unknown, headers: Record<string, string> = {}, path = '/api/events') =>
		fetch(origin + path, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				origin,
				cookie: learner.cookie,
				...headers,
			},
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	const events = [stepReached(PLACE)];
	const mine = { learner: learner.id, events };

	const refused: [string, Response, number][] = [
		['another site', await post(mine, { origin: 'https://example.com' }), 403],
		['no origin', await post(mine, { origin: 'null' }), 403],
		['no JSON', await post('{'), 400],
		['another content type', await post(mine, { 'content-type': 'text/plain' }), 415],
		['no events', await post({ learner: learner.id, events: [] }), 400],
		['unknown keys', await post({ ...mine, admin: true }), 400],
		[
			'a body too large',
			await post({ ...mine, events: [{ id: 'x', fill: 'x'.repeat(300_000) }] }),
			413,
		],
		['a forged session', await post(mine, { cookie: 'session=abc.def' }), 401],
		['somebody else’s record', await post({ ...mine, learner: 'somebody' }), 409],
		[
			'words nobody asked for',
			await post(
				{ course: 'tiny', lesson: 'hello', activity: 'anna', text: 'x' },
				{},
				'/api/reflections',
			),
			404,
		],
		[
			'words of nobody',
			await post(
				{ course: 'tiny', lesson: 'hello', activity: 'my-tea', text: 'x' },
				{ cookie: '' },
				'/api/reflections',
			),
			401,
		],
	];
	for (const [what, response, status] of refused) {
		expect(response.status, what).toBe(status);
		const { message } = (await response.json()) as { message: string };
		expect(message, what).toBeTruthy();
	}

	const forged = {
		...stepReached(PLACE),
		type: 'answered',
		step: 'check',
		attempt: 'a',
		item: 'one',
		response: { options: ['hello'] },
		earned: 30,
	};
	const answer = await post({ ...mine, events: [forged, ...events] });
	expect(answer.status).toBe(200);
	expect(await answer.json()).toMatchObject({
		accepted: [events[0]!.id],
		refused: [{ id: forged.id, reason: expect.stringContaining('earned') }],
	});
});

test('a form sent from another site changes nothing', async ({ tiny: { origin } }) => {
	const own = ['account?/signout', 'account/settings?/profile', 'account/log?/change'];
	const rest = ['account/groups?/leave', 'account/data?/remove', 'admin/people?/role'];
	const forms = ['login', 'register', 'forgot', ...own, ...rest];
	for (const form of forms)
		for (const from of ['https://example.com', 'null', undefined]) {
			const response = await fetch(`${origin}/da/${form}`, {
				method: 'POST',
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					...(from ? { origin: from } : {}),
				},
				body: 'email=a%40example.org&password=en+lang+adgangskode&name=A',
			});
			expect(response.status, `${form} from ${from}`).toBe(403);
			expect(response.headers.get('set-cookie'), form).toBeNull();
		}
});

test('what is too large is refused by the limit of its place, as each kind of asker expects it', async ({
	tiny: { origin },
}) => {
	const send = (path: string, kilobytes: number, headers: Record<string, string>) =>
		fetch(`${origin}/en/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/octet-stream', origin, ...headers },
			body: Buffer.alloc(kilobytes * 1024),
		});
	const form = { accept: 'application/json', 'x-sveltekit-action': 'true' };
	const message = (limit: number) => t('error_too_large', { limit }, 'en');

	const byScript = await send('account/log?/change', 513, form);
	expect(byScript.status).toBe(413);
	expect(await byScript.json()).toEqual({ type: 'error', error: { message: message(512) } });
	const byPage = await send('account/log?/change', 513, { accept: 'text/html' });
	expect(byPage.status).toBe(413);
	expect(await byPage.text()).toContain(`<h1>${message(512)}</h1>`);
	const file = await send('admin/provider?/logo', 6 * 1024 + 1, form);
	expect(file.status).toBe(413);
	expect(await file.json()).toEqual({ type: 'error', error: { message: message(6 * 1024) } });
});

test('an event sent twice counts once', async ({ tiny: { origin } }) => {
	const learner = await newLearner(origin, PLACE);
	const event = stepReached(PLACE);
	for (let time = 0; time < 2; time++) {
		const response = await fetch(`${origin}/api/events`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin, cookie: learner.cookie },
			body: JSON.stringify({ learner: learner.id, events: [event] }),
		});
		expect(await response.json()).toMatchObject({ accepted: [event.id], refused: [] });
	}
});

test('pages carry the headers that keep them safe and ask nobody else for anything', async ({
	page,
	tiny: { origin },
}) => {
	const foreign: string[] = [];
	page.on('request', (request) => {
		if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
			foreign.push(request.url());
	});
	const response = await page.goto(`${origin}/da/courses/tiny/hello/welcome`);
	const headers = response!.headers();
	expect(headers['x-content-type-options']).toBe('nosniff');
	expect(headers['content-security-policy']).toContain("default-src 'self'");
	expect(headers['referrer-policy']).toBe('same-origin');
	await page.waitForLoadState('networkidle');
	expect(foreign).toEqual([]);
});
