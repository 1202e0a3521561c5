import { chromium } from '@playwright/test';
import { ensureBrowser, LAUNCH_ARGS } from '../support/browser.ts';
import { startServer } from '../support/server.ts';
import { firstLoad } from '../bench/first-load.ts';
import { t } from '../support/texts.ts';
const server = await startServer({ build: 'build' });
if (process.argv.includes('load')) console.log(JSON.stringify(await firstLoad(server.origin + '/da/courses/rygsamtalen/dialogue-from-the-person/karin')));
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: LAUNCH_ARGS });
const TEXT = { da: 'Din ryg er slidt op, så pas på med at løfte. Hvordan har du det med det?', en: 'Your back is worn out, so be careful what you lift. How do you feel about that?' };
for (const [width, lang, scheme] of [[360, 'da', 'light'], [1280, 'en', 'dark']] as const) {
	const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
	await page.goto(`${server.origin}/${lang}/coach`, { waitUntil: 'networkidle' });
	await page.screenshot({ path: `/tmp/h1/coach-${width}-empty.png`, fullPage: true });
	await page.getByLabel(t('coach_page_label', {}, lang)).fill(TEXT[lang]);
	await page.waitForTimeout(900);
	await page.screenshot({ path: `/tmp/h1/coach-${width}-remarks.png`, fullPage: true });
	await page.goto(`${server.origin}/${lang}`, { waitUntil: 'networkidle' });
	await page.screenshot({ path: `/tmp/h1/home-${width}.png`, fullPage: true });
	await page.close();
}
await browser.close();
await server.stop();
