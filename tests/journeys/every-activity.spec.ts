import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { loadCourse } from '../../src/authoring/loader.ts';
import { play, type Play } from '../../src/lib/activities/vignette/engine.ts';
import type { Vignette } from '../../src/lib/activities/vignette/schema.ts';
import { LANGUAGES, type Language } from '../../src/lib/course/language.ts';
import { lessonsOf, type Activity, type Lesson, type SetStep } from '../../src/lib/course/model.ts';
import { pathThrough, responseTo, type Quality } from '../support/answers.ts';
import { fill } from '../support/fill.ts';
import { eventOf, send } from '../support/finish.ts';
import { expect, test } from '../support/test.ts';
import { t } from '../support/texts.ts';

// Generated from the course: whoever adds an activity adds it here, too.
const course = loadCourse('courses/rygsamtalen').course!;

test.describe.configure({ mode: 'parallel' });

// What an activity takes does not depend on the language: each lesson in one of them, by turns.
for (const [at, lesson] of lessonsOf(course).entries()) {
	const language = LANGUAGES[at % LANGUAGES.length]!;
	test(`every activity of ${lesson.id} takes nothing, wrong and right (${language})`, async ({
		page,
		server,
	}) => {
		test.setTimeout(240_000);
		const walk = new Walk(page, server.origin, lesson, language);
		for (const step of lesson.steps) {
			if (step.kind === 'set') await walk.set(step);
			else if (step.kind === 'activity' && step.activity.type === 'vignette')
				await walk.conversation(step.id, step.activity as unknown as Vignette);
			else if (step.kind === 'activity') await walk.reflection(step.id);
		}
	});
}

/** The item of the bank that is on screen, told by the first of its lines. */
async function itemOnScreen(page: Page, language: Language): Promise<Activity> {
	const words = (await page.locator('form').textContent()) ?? '';
	const found = course
		.finalTest!.bank.flatMap(({ items }) => items)
		.filter((item) => linesOf(item, language).every((line) => words.includes(line)));
	expect(found.map(({ id }) => id)).toHaveLength(1);
	return found[0]!;
}

function linesOf(item: Activity, language: Language): string[] {
	const { options, items } = item as unknown as Record<
		string,
		{ text: Record<Language, string> }[] | undefined
	>;
	return (options ?? items)!.map(({ text }) => text[language]);
}

for (const language of LANGUAGES)
	test(`the final test takes nothing, wrong and right (${language})`, async ({ page, server }) => {
		test.setTimeout(240_000);
		await page.goto(`${server.origin}/${language}/courses/${course.id}/final-test`);
		for (const quality of ['wrong', 'right'] as const) {
			const begin = quality === 'wrong' ? 'test_begin' : 'test_again';
			await page.getByRole('button', { name: t(begin, {}, language) }).click();
			for (let done = 0; done < course.finalTest!.draw; done++) {
				await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', String(done));
				const item = await itemOnScreen(page, language);
				const answer = page.getByRole('button', {
					name: t('activity_answer', {}, language),
					exact: true,
				});
				if (quality === 'wrong') {
					await answer.click();
					await expect(page.getByRole('alert')).not.toHaveText('');
				}
				await fill(page, item, responseTo(item, quality), language);
				await answer.click();
			}
			const result = quality === 'right' ? 'test_passed' : 'test_not_passed';
			await expect(
				page.getByRole('heading', { name: t(result, {}, language), exact: true }),
			).toBeVisible();
		}
		await expect(page.locator('.percent')).toHaveText('100%');
	});

class Walk {
	readonly page: Page;
	readonly origin: string;
	readonly lesson: Lesson;
	readonly language: Language;
	#learner: string | null = null;

	constructor(page: Page, origin: string, lesson: Lesson, language: Language) {
		this.page = page;
		this.origin = origin;
		this.lesson = lesson;
		this.language = language;
	}

	t = (key: string, values: Record<string, string | number> = {}) => t(key, values, this.language);
	press = (key: string) =>
		this.page.getByRole('button', { name: this.t(key), exact: true }).click();

	async visit(step: string): Promise<void> {
		const { origin, language, lesson } = this;
		await this.page.goto(`${origin}/${language}/courses/${course.id}/${lesson.id}/${step}`);
	}

	/** The whole bank, twice: nothing and then wrong, and right. */
	async set(step: SetStep): Promise<void> {
		for (const quality of ['wrong', 'right'] as const) {
			await this.begin(step);
			for (const [at, item] of step.items.entries()) {
				await expect(
					// Its steps are counted in like words.
					this.page.getByText(this.t('player_item_of', { n: at + 1, total: step.items.length }), {
						exact: true,
					}),
				).toBeVisible();
				if (item.type === 'rewrite' || item.type === 'ask')
					await this.ownWords(item, quality === 'wrong');
				else await this.item(item, quality);
				const last = at === step.items.length - 1 && step.role === 'quiz';
				await this.page
					.locator('.actions .button')
					.first()
					.click({ timeout: last ? 5_000 : 15_000 });
			}
			await expect(this.page.getByRole('heading', { name: this.t('player_result') })).toBeVisible();
		}
	}

	/** An attempt at all items, whatever the number that is drawn; what was typed before is gone. */
	async begin(step: SetStep): Promise<void> {
		const began = eventOf(course, {
			type: 'attempt-began',
			lesson: this.lesson.id,
			step: step.id,
			attempt: randomUUID(),
			items: step.items.map(({ id }) => id),
		});
		// Whoever answered as a guest is one by now.
		const cookies = await this.page.context().cookies();
		if (cookies.length === 0) this.#learner = null;
		this.#learner = await send(this.page.request, this.origin, this.#learner, [began]);
		if (this.page.url() !== 'about:blank') await this.page.evaluate(() => localStorage.clear());
		await this.visit(step.id);
	}

	async item(item: Activity, quality: Quality): Promise<void> {
		// An order is an answer from the start.
		if (quality === 'wrong' && item.type !== 'order') {
			await this.press('activity_answer');
			await expect(this.page.getByRole('alert')).not.toHaveText('');
		}
		await fill(this.page, item, responseTo(item, quality), this.language);
		await this.press('activity_answer');
		const heading = this.page.locator('section.verdict h3');
		await expect(heading, item.id).toBeFocused();
		if (quality === 'right') await expect(heading, item.id).toHaveText(this.t('verdict_right'));
		else await expect(heading, item.id).not.toHaveText(this.t('verdict_right'));
	}

	async ownWords({ type }: Activity, emptyFirst: boolean): Promise<void> {
		if (emptyFirst) {
			await this.press('activity_compare');
			await expect(this.page.getByRole('alert')).toHaveText(this.t('activity_write_first'));
		}
		await this.page.getByLabel(this.t('activity_your_words')).fill('Hvordan går det? How so?');
		await this.press('activity_compare');
		if (type === 'ask') await expect(this.page.locator('.answer .bubble:not(.mine)')).toBeVisible();
		await this.press('activity_done');
		await expect(this.page.locator('section.verdict h3')).toBeFocused();
	}

	async conversation(step: string, vignette: Vignette): Promise<void> {
		await this.visit(step);
		for (const quality of ['wrong', 'right'] as const) {
			const path = pathThrough(vignette, quality);
			for (const [at, id] of path.entries()) {
				const { options } = play(vignette, path.slice(0, at)) as Play<Vignette>;
				const text = options.find((option) => option.id === id)!.text[this.language];
				await this.page.getByRole('button', { name: text, exact: true }).click();
			}
			const { ending } = play(vignette, path) as Play<Vignette>;
			const title = ending!.title[this.language];
			await expect(this.page.getByRole('heading', { name: title, exact: true })).toBeVisible();
			if (quality === 'wrong') await this.press('vignette_replay');
		}
	}

	async reflection(step: string): Promise<void> {
		await this.visit(step);
		await this.press('activity_done');
		await expect(this.page.getByRole('alert')).toHaveText(this.t('activity_write_first'));
		await this.page.getByLabel(this.t('activity_your_words')).fill('…');
		await this.press('activity_done');
		await expect(this.page.getByText(this.t('activity_reflection_done'))).toBeVisible();
	}
}
