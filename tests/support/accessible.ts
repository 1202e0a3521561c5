import { expect, type Frame, type Page } from '@playwright/test';
import axe from 'axe-core';

interface Options {
	/** Only these rules; all that axe has switched on, else. */
	rules?: string[];
	/** Only what is inside of the element with this selector. */
	within?: string;
}

/**
 * What axe finds in one document, a line for each rule. Frames in it are documents of their own.
 * Axe is asked directly: its wrapper for Playwright opens a page more for each question, which takes
 * four times as long.
 */
export async function findings(
	document: Page | Frame,
	{ rules, within }: Options = {},
): Promise<string[]> {
	if (!(await document.evaluate(() => 'axe' in globalThis))) await document.evaluate(axe.source);
	const { violations } = await document.evaluate(
		([context, options]) =>
			(globalThis as unknown as { axe: typeof axe }).axe.run(context as string, options),
		[
			within ?? 'html',
			{
				iframes: false,
				resultTypes: ['violations'],
				...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
			} satisfies axe.RunOptions,
		] as const,
	);
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** No finding of axe, and nothing that has to be scrolled sideways. */
export async function isAccessible(page: Page, state: string, rules?: string[]): Promise<void> {
	// Fading parts would be measured half-way; where motion is unwanted nothing fades (`app.css`).
	const isStill = await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
	if (!isStill) await page.waitForTimeout(450);
	expect(await findings(page, rules ? { rules } : {}), state).toEqual([]);
	const tooWide = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	expect(tooWide, `${state}: wider than the screen`).toBeLessThanOrEqual(0);
}

/** In both themes; the dark one stays. */
export async function isAccessibleInBothThemes(page: Page, state: string): Promise<void> {
	// What just then lies half under the bar at the top would be measured as too small.
	await page.evaluate(() => scrollTo(0, 0));
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await isAccessible(page, `${state}, light`);
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	// Only colours differ between the two.
	await isAccessible(page, `${state}, dark`, ['color-contrast']);
}
