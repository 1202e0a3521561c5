import { firstLoad } from '../bench/first-load.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

const KARIN = '/da/courses/rygsamtalen/dialogue-from-the-person/karin';

test('to the first choice of a conversation: 60 KB of script, 120 KB in all, 10 requests, nothing jumps', async ({
	server,
}) => {
	const load = await firstLoad(server.origin + KARIN);
	test.info().annotations.push({ type: 'first load', description: JSON.stringify(load) });
	console.log('first load', load);
	expect(load.requests).toBeLessThanOrEqual(10);
	expect(load.scriptBytes).toBeLessThanOrEqual(60_000);
	expect(load.allBytes).toBeLessThanOrEqual(120_000);
	expect(load.cls).toBeLessThanOrEqual(0.01);
});

test('feedback stands within 100 ms of a choice on a processor four times slower', async ({
	page,
	server,
}) => {
	const client = await page.context().newCDPSession(page);
	const times: number[] = [];
	for (let round = 0; round < 5; round++) {
		await page.goto(server.origin + KARIN);
		await expect(page.locator('html[data-alive]')).toBeVisible();
		await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		times.push(await page.evaluate(timeToFeedback));
		await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
		// Back to the beginning for the next round.
		await page.getByRole('button', { name: t('vignette_back') }).click();
	}
	const median = times.sort((a, b) => a - b)[2]!;
	console.log('feedback after', times.map(Math.round), 'ms');
	test.info().annotations.push({ type: 'feedback', description: `${median} ms` });
	expect(median).toBeLessThanOrEqual(100);
});

/** In the page: presses the first choice and waits for the frame in which its feedback is painted. */
function timeToFeedback(): Promise<number> {
	const choice = document.querySelector<HTMLButtonElement>('.choices button')!;
	const log = document.querySelector('[role=log]')!;
	return new Promise((resolve) => {
		const began = performance.now();
		new MutationObserver((_, observer) => {
			if (!log.querySelector('details')) return;
			observer.disconnect();
			requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
		}).observe(log, { childList: true, subtree: true });
		choice.click();
	});
}
