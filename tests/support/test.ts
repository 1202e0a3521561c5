import { test as base, type Page } from '@playwright/test';
import { FIXTURES, startServer, type Running } from './server.ts';

/**
 * Journeys on the built product: `server` has the course, `tiny` the second, tiny one. One of each
 * per worker. `page` is awake once it has been gone to; what a page does before that is tested where
 * `waitUntil` is given.
 */
export const test = base.extend<object, { server: Running; tiny: Running }>({
	page: async ({ page }, use) => {
		// A button that does nothing any more had its reason.
		page.on('pageerror', (error) => console.error(`On ${page.url()}: ${error.stack}`));
		await use(wakeful(page));
	},
	server: [
		async ({}, use) => {
			const server = await startServer();
			await use(server);
			await server.stop();
		},
		{ scope: 'worker' },
	],
	tiny: [
		async ({}, use) => {
			const server = await startServer(FIXTURES);
			await use(server);
			await server.stop();
		},
		{ scope: 'worker' },
	],
});

/** A page that is awake once it has been gone to, for those of other contexts. */
export function wakeful(page: Page): Page {
	const goto = page.goto.bind(page);
	page.goto = async (address, options) => {
		const response = await goto(address, options);
		if (!options?.waitUntil) await awake(page);
		return response;
	};
	return page;
}

/** Until then, a page of ours is only a picture of itself. Others are left as they are. */
async function awake(page: Page): Promise<void> {
	const ours = await page.locator('body[data-sveltekit-preload-data]').count();
	if (ours > 0) await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

export { expect } from '@playwright/test';
