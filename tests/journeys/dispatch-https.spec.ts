import { expect, test, type BrowserContext } from '@playwright/test';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Agent, setGlobalDispatcher } from 'undici';
import { becomeAdministrator, type Administrator } from '../support/dispatches.ts';
import { closeTab, startLms, type Lms } from '../support/scorm-lms.ts';
import { FIXTURES, startServer, type Running } from '../support/server.ts';
import { startTls, type Tls } from '../support/tls.ts';

/** As where it is used: our server by https, the customer's LMS at another site. */
test.use({ ignoreHTTPSErrors: true });

let tls: Tls;
let server: Running;
let lms: Lms;
let administrator: Administrator;
const packages: Parameters<typeof startLms>[0] = {};

test.beforeAll(async () => {
	// What this process asks of our server goes by its own certificate.
	setGlobalDispatcher(new Agent({ connect: { rejectUnauthorized: false } }));
	tls = await startTls();
	tls.port = await freePort();
	server = await startServer({
		...FIXTURES,
		settings: { ORIGIN: tls.origin, PORT: String(tls.port), PREVIEW_ORIGIN: 'https://x.example' },
	});
	administrator = await becomeAdministrator(server);
	lms = await startLms(packages);
});
test.afterAll(async () => {
	lms?.close();
	await server?.stop();
	tls?.close();
});

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
	const { port } = probe.address() as AddressInfo;
	await new Promise((done) => probe.close(done));
	return port;
}

async function launch(context: BrowserContext, name: string) {
	const { page, course: thin } = await lms.launch(context, name);
	return { page, course: thin.frameLocator('iframe') };
}

async function upload(name: string) {
	const id = await administrator.dispatch({ origins: lms.origin });
	const { folder } = await administrator.download(id, 'scorm12');
	packages[name] = { folder, version: 'scorm12' };
	return id;
}

/** How our server was told who asks, while the learner answers. */
async function answerAnna(context: BrowserContext, name: string) {
	const { page, course } = await launch(context, name);
	await expect(course.getByRole('heading', { level: 1 })).toBeVisible();
	const sent = page.waitForRequest((request) => /\/embed\/.*\/events$/.test(request.url()));
	const frame = page.frames().find((one) => one.url().startsWith(`${tls.origin}/embed/`))!;
	await frame.evaluate(() => void (location.hash = '#/en/hello/anna'));
	await course.getByRole('button', { name: 'How was it?' }).click();
	const headers = await (await sent).allHeaders();
	await expect(course.locator('[data-state="saved"]')).toBeVisible();
	await closeTab(page);
	return headers;
}

test('the session is a cookie in a partition of the LMS, which no script holds', async ({
	context,
}) => {
	tls.keepsCookies = true;
	const id = await upload('cookie');
	const headers = await answerAnna(context, 'cookie');
	const set = tls.cookies.find((one) => one.startsWith('embedded='))!;
	for (const attribute of [
		'HttpOnly',
		'Secure',
		'SameSite=None',
		'Partitioned',
		`Path=/embed/${id}`,
	])
		expect(set).toContain(attribute);
	expect(headers.cookie).toMatch(/^embedded=/);
	expect(headers.authorization).toBeUndefined();
	const [kept] = (await context.cookies()).filter(({ name }) => name === 'embedded');
	expect(kept).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None' });
	// Elsewhere there is no such cookie: the partition is that of the LMS's site.
	const elsewhere = await context.newPage();
	const answered = await elsewhere.goto(`${server.origin}/embed/${id}/session`);
	expect(answered!.status()).toBe(401);
});

test('where the browser refuses cookies the session is a bearer in memory', async ({ context }) => {
	await upload('bearer');
	tls.keepsCookies = false;
	const headers = await answerAnna(context, 'bearer');
	expect(headers.cookie).toBeUndefined();
	expect(headers.authorization).toMatch(/^Bearer \S+$/);
});
