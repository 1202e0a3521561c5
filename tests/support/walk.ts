import { expect, type FrameLocator, type Page } from '@playwright/test';
import { play, type Play } from '../../src/lib/activities/vignette/engine.ts';
import type { Vignette } from '../../src/lib/activities/vignette/schema.ts';
import { lessonsOf, type Activity, type Course, type Step } from '../../src/lib/course/model.ts';
import { pathThrough, responseTo } from './answers.ts';
import { fill } from './fill.ts';
import { t } from './texts.ts';

/** What the walks type, by words that stand nowhere else. */
export const TYPED = 'Hvordan kan du lide zebrastribet te?';

/** The course on screen: a page, or the frame that an LMS shows it in. */
export type Surface = Page | FrameLocator;

const button = (surface: Surface, key: string) =>
	surface.getByRole('button', { name: t(key), exact: true });
const link = (surface: Surface, name: string) => surface.getByRole('link', { name, exact: true });

/**
 * Whoever opens the course goes on, from the map or from where they were put; what is on screen then
 * is a step, named by its title.
 */
export async function goOn(surface: Surface, course: Course): Promise<string> {
	const heading = surface.getByRole('heading', { level: 1 });
	await expect(heading).toBeVisible();
	if ((await heading.textContent()) === course.title.da)
		await surface
			.getByRole('link', {
				name: new RegExp(`^(${t('player_start_course')}|${t('player_resume_lesson')})$`),
			})
			.click();
	await expect(heading).not.toHaveText(course.title.da);
	return (await heading.textContent())!;
}

/** What was done so far has reached whoever keeps the record; a page that shows a result is told it by them. */
export async function isKept(surface: Surface): Promise<void> {
	await expect(surface.locator('[data-state]')).toHaveAttribute(
		'data-state',
		/^(saved|local|idle)$/,
		{ timeout: 30_000 },
	);
}

/** Says the first words of a conversation, and leaves it there. */
export async function sayFirst(surface: Surface, vignette: Vignette): Promise<void> {
	await say(surface, vignette, 0);
	// What can be said next tells that these were heard; their own words stood on their button before.
	await isWhereItWas(surface, vignette);
}

/** By the step's own title; a conversation shows the words that were said before. */
export async function isWhereItWas(surface: Surface, vignette: Vignette): Promise<void> {
	await expect(surface.getByText(optionAt(vignette, 0)).first()).toBeVisible();
	await expect(
		surface.getByRole('button', { name: optionAt(vignette, 1), exact: true }),
	).toBeVisible();
}

/**
 * Does everything from a step to the end of the course, right throughout, by the controls that a
 * learner has: lesson after lesson, then the final test.
 *
 * @param from the step's id; a conversation that was begun there goes on
 */
export async function finish(
	surface: Surface,
	course: Course,
	from: { lesson: string; step: string; said: number },
): Promise<void> {
	const lessons = lessonsOf(course);
	const begin = lessons.findIndex(({ id }) => id === from.lesson);
	for (const [at, lesson] of lessons.slice(begin).entries()) {
		const first = at === 0 ? lesson.steps.findIndex(({ id }) => id === from.step) : 0;
		for (const [n, step] of lesson.steps.slice(first).entries()) {
			await doStep(surface, step, at === 0 && n === 0 ? from.said : 0);
			if (step !== lesson.steps.at(-1)) await link(surface, t('player_continue')).click();
		}
		const next = lessons[begin + at + 1];
		const on = next ? t('player_next_lesson', { title: next.title.da }) : t('player_to_course');
		await link(surface, on).click();
	}
	if (course.finalTest) await takeTest(surface, course);
}

async function doStep(surface: Surface, step: Step, said: number): Promise<void> {
	await expect(
		surface.getByRole('heading', { name: step.title.da, exact: true }).first(),
	).toBeVisible();
	if (step.kind === 'set') {
		await button(surface, 'player_begin').click();
		const count = Math.min(step.draw ?? step.items.length, step.items.length);
		for (let n = 1; n <= count; n++) {
			await expect(
				surface.getByText(t('player_item_of', { n, total: count }), { exact: true }),
			).toBeVisible();
			await answer(surface, await itemOnScreen(surface, step.items));
			await surface.locator('.actions .button').first().click();
		}
		await expect(surface.getByRole('heading', { name: t('player_result') })).toBeVisible();
	} else if (step.kind === 'activity' && step.activity.type === 'vignette') {
		const vignette = step.activity as unknown as Vignette;
		const { length } = pathThrough(vignette, 'right');
		for (let turn = said; turn < length; turn++) await say(surface, vignette, turn);
		const { ending } = play(vignette, pathThrough(vignette, 'right')) as Play<Vignette>;
		await expect(
			surface.getByRole('heading', { name: ending!.title.da, exact: true }),
		).toBeVisible();
	} else if (step.kind === 'activity') {
		await surface.getByLabel(t('activity_your_words')).fill(TYPED);
		await button(surface, 'activity_done').click();
		await expect(surface.getByText(t('activity_reflection_done'))).toBeVisible();
	}
}

async function takeTest(surface: Surface, { finalTest }: Course): Promise<void> {
	await link(surface, t('player_to_test')).click();
	await button(surface, 'test_begin').click();
	const items = finalTest!.bank.flatMap((one) => one.items);
	for (let done = 0; done < finalTest!.draw; done++) {
		await expect(surface.getByRole('progressbar')).toHaveAttribute('aria-valuenow', String(done));
		await answer(surface, await itemOnScreen(surface, items));
	}
	await expect(surface.getByRole('heading', { name: t('test_passed'), exact: true })).toBeVisible();
}

async function answer(surface: Surface, item: Activity): Promise<void> {
	if (item.type === 'rewrite' || item.type === 'ask') {
		await surface.getByLabel(t('activity_your_words')).fill(TYPED);
		await button(surface, 'activity_compare').click();
		return button(surface, 'activity_done').click();
	}
	await fill(surface, item, responseTo(item, 'right'), 'da');
	await button(surface, 'activity_answer').click();
}

/** Told by what it asks. */
async function itemOnScreen(surface: Surface, items: Activity[]): Promise<Activity> {
	const asked = (await surface.locator('form').textContent()) ?? '';
	const found = items.filter((item) =>
		asked.includes((item as Activity & { prompt: { da: string } }).prompt.da),
	);
	expect(found).toHaveLength(1);
	return found[0]!;
}

function optionAt(vignette: Vignette, turn: number): string {
	const path = pathThrough(vignette, 'right');
	const { options } = play(vignette, path.slice(0, turn)) as Play<Vignette>;
	return options.find(({ id }) => id === path[turn])!.text.da;
}

async function say(surface: Surface, vignette: Vignette, turn: number): Promise<void> {
	await surface.getByRole('button', { name: optionAt(vignette, turn), exact: true }).click();
}
