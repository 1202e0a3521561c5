import { firstLoad } from '../bench/first-load.ts';
import { expect, test } from '../support/test.ts';

const KARIN = '/da/courses/rygsamtalen/dialogue-from-the-person/karin';

test('to the first choice of a conversation: 60 KB of script, 120 KB in all, 10 requests, nothing jumps', async ({
	server,
}) => {
	const load = await firstLoad(server.origin + KARIN);
	expect(load.requests).toBeLessThanOrEqual(10);
	expect(load.scriptGzip).toBeLessThanOrEqual(60_000);
	expect(load.allBytes).toBeLessThanOrEqual(120_000);
	expect(load.cls).toBeLessThanOrEqual(0.01);
});
