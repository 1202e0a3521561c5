import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '../../src/lib/server/lrs/clients.ts';
import { asAdministrator, worldOf } from '../support/administrator.ts';
import { FIXTURES, startServer } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { databaseOf } from '../support/world.ts';

/** A site whose one page sends a form as soon as somebody opens it. */
async function siteWith(action: string, fields: Record<string, string>) {
	const attribute = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
	const inputs = Object.entries(fields).map(
		([name, value]) => `<input name="${name}" value="${attribute(value)}">`,
	);
	const site = createServer((_, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(
			`<form method="post" action="${action}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`,
		);
	});
	await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready));
	const { port } = site.address() as AddressInfo;
	return { origin: `http://127.0.0.1:${port}`, close: () => site.close() };
}

test('what somebody stored as a page runs for nobody who is signed in here', async ({
	browser,
}) => {
	const server = await startServer(FIXTURES);
	const page = await asAdministrator(browser, server, await worldOf(server));
	const db = databaseOf(server);
	const form = { name: 'x', scopes: ['state' as const], origins: [], ratePerMinute: 100 };
	const { id, secret } = await createClient(db, form, null);
	await db.close();
	const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
	const named = {
		activityId: 'https://example.org/a',
		agent: JSON.stringify({ mbox: 'mailto:a@example.org' }),
		stateId: 'x',
	};
	const state = `${server.origin}/xapi/activities/state`;
	const address = `${state}?${new URLSearchParams(named)}`;
	const headers = { authorization, 'x-experience-api-version': '1.0.3' };
	const body = '<title>stored</title><script>document.title = "ran on " + location.origin</script>';
	const put = await fetch(address, {
		method: 'PUT',
		headers: { ...headers, 'content-type': 'text/html' },
		body,
	});
	expect(put.status).toBe(204);

	// The form of another site, with the key that its owner has.
	const fields = {
		...named,
		Authorization: authorization,
		'X-Experience-API-Version': '1.0.3',
	};
	const site = await siteWith(`${state}?method=GET`, fields);
	const answered = page.waitForResponse((response) => response.url().startsWith(state));
	await page.goto(site.origin, { waitUntil: 'commit' });
	const refused = await answered;
	expect(refused.status()).toBe(403);
	await page.waitForLoadState();
	await expect(page).not.toHaveTitle(/stored|ran/);
	site.close();

	// An address that brings the key along: the browser keeps it as a file.
	await page.setExtraHTTPHeaders(headers);
	const downloading = page.waitForEvent('download');
	await page.goto(address, { waitUntil: 'commit' }).catch(() => undefined);
	const download = await downloading;
	expect(download.url()).toBe(address);
	await expect(page).not.toHaveTitle(/stored|ran/);
	await page.context().close();
	await server.stop();
});
