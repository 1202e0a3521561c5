import type { FrameLocator, Page } from '@playwright/test';
import type { Activity } from '../../src/lib/course/model.ts';
import type { AnyActivity } from './answers.ts';
import { t } from './texts.ts';

type Language = 'da' | 'en';
type Words = Record<Language, string>;

/**
 * Fills in a response by the controls that a learner has, without sending it.
 *
 * @param response as `responseTo` makes it
 */
export async function fill(
	page: Page | FrameLocator,
	activity: Activity,
	response: unknown,
	language: Language,
): Promise<void> {
	const of = activity as AnyActivity & Record<string, { id: string; [key: string]: unknown }[]>;
	const word = (list: { id: string }[], id: string, key: string) =>
		(list.find((one) => one.id === id) as unknown as Record<string, Words>)[key]![language];
	const form = page.locator('form');
	switch (activity.type) {
		case 'choice':
			for (const id of (response as { options: string[] }).options)
				await form.getByLabel(word(of.options, id, 'text'), { exact: true }).check();
			return;
		case 'categorise':
			for (const [id, category] of Object.entries(
				(response as { placed: Record<string, string> }).placed,
			)) {
				const group = form
					.getByRole('group', { name: word(of.items, id, 'text'), exact: true })
					.last();
				await group.getByLabel(word(of.categories, category, 'label'), { exact: true }).check();
			}
			return;
		case 'order': {
			const wanted = (response as { order: string[] }).order;
			for (let round = 0; round < wanted.length; round++)
				for (const [at, id] of wanted.entries()) {
					const texts = await form.locator('li .text').allTextContents();
					const now = texts.indexOf(word(of.items, id, 'text'));
					const by = now > at ? 'activity_move_up' : 'activity_move_down';
					const name = t(by, { text: word(of.items, id, 'text') }, language);
					for (let step = Math.abs(now - at); step > 0; step--)
						await form.getByRole('button', { name, exact: true }).click();
				}
			return;
		}
		case 'match':
			for (const [id, partner] of Object.entries(
				(response as { matched: Record<string, string> }).matched,
			))
				await form
					.getByLabel(word(of.pairs, id, 'left'), { exact: true })
					.selectOption(word(of.pairs, partner, 'right'));
			return;
		case 'estimate': {
			const field = form.getByLabel(t('activity_number', {}, language), { exact: true });
			await field.fill(String((response as { value: number }).value));
			await field.press('Tab');
			return;
		}
		case 'spot': {
			const buttons = form.locator('.utterance button');
			const marked = (response as { marked: string[] }).marked;
			const order = targetsInOrder((of as unknown as { utterance: Words }).utterance[language]);
			for (const id of marked) await buttons.nth(order.indexOf(id)).click();
			return;
		}
	}
}

/** `[words](id)`: the ids in the order in which they are said. */
function targetsInOrder(utterance: string): string[] {
	return [...utterance.matchAll(/\]\(([a-z0-9-]+)\)/g)].map((found) => found[1]!);
}
