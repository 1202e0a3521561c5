import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No finding of axe, and nothing that has to be scrolled sideways. */
export async function isAccessible(page: Page, state: string, rules?: string[]): Promise<void> {
	// Fading parts would be measured half-way; where motion is unwanted nothing fades (`app.css`).
	const isStill = await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
	if (!isStill) await page.waitForTimeout(450);
	const axe = new AxeBuilder({ page });
	const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(TAGS)).analyze();
	const found = violations.map(
		({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
	);
	expect(found, state).toEqual([]);
	const tooWide = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	expect(tooWide, `${state}: wider than the screen`).toBeLessThanOrEqual(0);
}
