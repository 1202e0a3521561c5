import { chromium } from '@playwright/test';
import { ensureBrowser, LAUNCH_ARGS } from '../support/browser.ts';
import { t } from '../support/texts.ts';

/**
 * Milliseconds from choosing to the painted feedback, on a processor slowed down four times.
 * Sorted; the middle one is the figure.
 */
export async function feedbackTimes(address: string, rounds = 9): Promise<number[]> {
	const browser = await chromium.launch({ executablePath: ensureBrowser(), args: LAUNCH_ARGS });
	const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
	const client = await page.context().newCDPSession(page);
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		await page.goto(address);
		await page.locator('html[data-alive]').waitFor();
		// What was done in the round before is on the page, and nothing more comes.
		await page.waitForLoadState('networkidle');
		await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		times.push(Math.round(await page.evaluate(timeToFeedback)));
		await client.send('Emulation.setCPUThrottlingRate', { rate: 1 });
		await page.getByRole('button', { name: t('vignette_back') }).click();
	}
	await browser.close();
	return times.sort((a, b) => a - b);
}

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
