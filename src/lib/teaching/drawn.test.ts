import { expect, test } from 'vitest';
import { loadCourse } from '../../authoring/loader.ts';
import type { Vignette } from '#lib/activities/vignette/schema.ts';
import { localise } from '#lib/course/localise.ts';
import { activitiesOf, lessonsOf } from '#lib/course/model.ts';
import type { Summary } from '#lib/progress/first-answers.ts';
import { overviewOf, placesOf } from './overview.ts';
import { treeLayout } from './tree.ts';
import { vignetteFigures } from './vignettes.ts';

const real = loadCourse('courses/rygsamtalen').course!;
const tiny = loadCourse('tests/fixtures/courses/tiny').course!;

test('every conversation is drawn within its frame, with nothing on top of another', () => {
	const vignettes = lessonsOf(real)
		.flatMap(({ steps }) => steps.flatMap(activitiesOf))
		.filter(({ type }) => type === 'vignette') as unknown as Vignette[];
	expect(vignettes).toHaveLength(16);
	for (const vignette of vignettes) {
		const figures = vignetteFigures(localise(vignette, 'da'), []);
		const layout = treeLayout(figures);
		const places = [...layout.turns, ...layout.options, ...layout.endings];
		expect(layout.turns).toHaveLength(vignette.turns.length);
		for (const { x, y } of places) {
			expect(x).toBeGreaterThan(0);
			expect(x).toBeLessThan(layout.width);
			expect(y).toBeLessThan(layout.height);
		}
		for (const [at, one] of layout.options.entries())
			for (const other of layout.options.slice(at + 1))
				expect(one.y !== other.y || Math.abs(one.x - other.x) >= 92).toBe(true);
	}
});

test('a line is as thick as many went that way', () => {
	const anna = lessonsOf(tiny)[0]!.steps.flatMap(activitiesOf)[0] as unknown as Vignette;
	const figures = vignetteFigures(localise(anna, 'en'), [
		{ path: ['ask-day', 'which-tea'], count: 9 },
		{ path: ['own-day', 'sorry', 'about-tea'], count: 1 },
	]);
	const { lines, options, endings } = treeLayout(figures);
	const thickness = (id: string) => lines.find((line) => line.id === id)!.thickness;
	expect(thickness('to ask-day')).toBeGreaterThan(thickness('to own-day'));
	expect(thickness('which-tea to green-tea')).toBe(thickness('to ask-day'));
	expect(lines.some(({ id }) => id === 'which-tea to no-tea')).toBe(false);
	expect(options.map(({ label, chosen, repaired }) => [label, chosen, repaired])).toEqual([
		['1a', 9, 0],
		['1b', 1, 1],
		['2a', 9, 0],
		['2b', 1, 0],
	]);
	expect(endings.map(({ count }) => count)).toEqual([9, 1, 0]);
});

test('an overview points out where those who do well elsewhere do badly, and what is hard or easy', () => {
	const places = placesOf(tiny, 'en');
	expect(places.map(({ lesson, step, kind }) => `${lesson}/${step} ${kind}`)).toEqual([
		'hello/anna vignette',
		'hello/warm-up drill',
		'hello/check quiz',
		'hello/my-tea reflection',
		'final-test/test final-test',
		'confidence/after confidence',
	]);
	const learner = (anna: number, drill: number): Summary => ({
		hello: { anna: [anna, 10], 'warm-up': [drill, 10], check: [10, 10], 'my-tea': [0, 0] },
	});
	const learners = [
		...Array.from({ length: 8 }, () => learner(9, 1)),
		...Array.from({ length: 8 }, () => learner(1, 6)),
	];
	const figures = overviewOf(places, learners);
	const of = (step: string) => figures.find((one) => one.step === step);
	expect(of('anna')).toMatchObject({
		answered: 16,
		share: expect.closeTo(0.5),
		standsOut: 'strange',
	});
	expect(of('check')).toMatchObject({ answered: 16, share: 1, standsOut: 'easy' });
	expect(of('my-tea')).toMatchObject({ answered: 16, share: null, standsOut: null });
	expect(of('test')).toMatchObject({ answered: 0, share: null, standsOut: null });
	const hard = overviewOf(
		places,
		Array.from({ length: 10 }, () => learner(2, 9)),
	);
	expect(hard.map(({ standsOut }) => standsOut)).toEqual(['hard', null, 'easy', null, null, null]);
	const few = overviewOf(places, learners.slice(0, 9));
	expect(few.every(({ standsOut }) => standsOut === null)).toBe(true);
});
