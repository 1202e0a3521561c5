import { test as base } from '@playwright/test';
import { FIXTURES, startServer, type Running } from './server.ts';

/** Journeys on the built product: `server` has the course, `tiny` the second, tiny one. One of each per worker. */
export const test = base.extend<object, { server: Running; tiny: Running }>({
	server: [
		// eslint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument
		async ({}, use) => {
			const server = await startServer();
			await use(server);
			await server.stop();
		},
		{ scope: 'worker' },
	],
	tiny: [
		// eslint-disable-next-line no-empty-pattern -- as above
		async ({}, use) => {
			const server = await startServer(FIXTURES);
			await use(server);
			await server.stop();
		},
		{ scope: 'worker' },
	],
});

export { expect } from '@playwright/test';
