import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env, exit } from 'node:process';
import { chromium } from '@playwright/test';
import { chromiumPath, LAUNCH_ARGS } from '../../tests/support/browser.ts';
import { startServer } from '../../tests/support/server.ts';
import { cardsHash } from '../authoring/cards.ts';
import { LANGUAGES } from '../lib/course/language.ts';

/**
 * `npm run cards -- <course>`: prints a course's pocket cards as one PDF a language, beside the
 * course, from the page that shows them. Needs a built product; a browser sets type better than any
 * library could, and its PDFs are tagged and bring their fonts along.
 */
const course = argv[2] ?? 'rygsamtalen';
const folder = join(env.COURSES_DIR ?? 'courses', course);
if (!existsSync(join(folder, 'course.yaml'))) {
	console.error(`There is no course "${course}" in ${env.COURSES_DIR ?? 'courses'}/.`);
	exit(1);
}
const server = await startServer();
const browser = await chromium.launch({ executablePath: chromiumPath(), args: LAUNCH_ARGS });
const page = await browser.newPage({ colorScheme: 'light' });
mkdirSync(join(folder, 'cards'), { recursive: true });
for (const language of LANGUAGES) {
	await page.goto(`${server.origin}/${language}/courses/${course}/cards`, {
		waitUntil: 'networkidle',
	});
	const path = join(folder, 'cards', `cards.${language}.pdf`);
	await page.pdf({ path, preferCSSPageSize: true, tagged: true, printBackground: true });
	console.log(path);
}
writeFileSync(join(folder, 'cards', 'made-of.txt'), `${cardsHash(folder)}\n`);
await browser.close();
await server.stop();
