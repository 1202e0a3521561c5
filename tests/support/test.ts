import { test as base } from '@playwright/test';
import { FIXTURES, startServer, type Running } from './server.ts';

/** Journeys on the built product: `server` has the course, `tiny` the second, tiny one. One of each per worker. */
export const test = base.extend<object, { server: Running; tiny: Running }>({
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

export { expect } from '@playwright/test';
