import { chromium } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { ensureBrowser, LAUNCH_ARGS } from '../support/browser.ts';

export interface FirstLoad {
	requests: number;
	/** Bytes as they came over the wire, headers left out. */
	scriptBytes: number;
	/** Script as gzip would send it, whatever the browser asked for. */
	scriptGzip: number;
	allBytes: number;
	/** Cumulative layout shift. */
	cls: number;
	/** Milliseconds to the first choice that can be chosen, on this machine. */
	ready: number;
}

/** Everything that a new visitor's phone fetches until the first choice of a vignette can be chosen. */
export async function firstLoad(address: string): Promise<FirstLoad> {
	const browser = await chromium.launch({
		executablePath: ensureBrowser(),
		args: LAUNCH_ARGS,
	});
	const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
	const client = await page.context().newCDPSession(page);
	await client.send('Network.enable');
	const types = new Map<string, string>();
	const bytes: { type: string; size: number }[] = [];
	client.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
	client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
		bytes.push({ type: types.get(requestId) ?? '', size: encodedDataLength }),
	);
	await page.addInitScript(() => {
		const shifts = { total: 0 };
		Object.assign(window, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) shifts.total += (entry as never)['value'] as number;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const scripts: Promise<number>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script')
			scripts.push(response.body().then((body) => gzipSync(body).length));
	});
	const began = performance.now();
	await page.goto(address, { waitUntil: 'load' });
	// What a broken build sends is within any budget.
	await page.waitForSelector('html[data-alive]', { state: 'attached', timeout: 15_000 });
	const ready = performance.now() - began;
	await page.waitForTimeout(1_500);
	const cls = await page.evaluate(
		() => (window as unknown as { shifts: { total: number } }).shifts.total,
	);
	const scriptGzip = (await Promise.all(scripts)).reduce((total, size) => total + size, 0);
	await browser.close();
	const sum = (all: typeof bytes) => all.reduce((total, one) => total + one.size, 0);
	return {
		requests: bytes.length,
		scriptBytes: sum(bytes.filter((one) => one.type === 'Script')),
		scriptGzip,
		allBytes: sum(bytes),
		cls: Math.round(cls * 10_000) / 10_000,
		ready: Math.round(ready),
	};
}
