import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCourse } from '../../authoring/loader.ts';
import { pathThrough, responseTo } from '../../../tests/support/answers.ts';
import { rulesFor } from '#lib/activities/registry.ts';
import { play, type Play } from '#lib/activities/vignette/engine.ts';
import type { Vignette } from '#lib/activities/vignette/schema.ts';
import { localise, type Localised } from '#lib/course/localise.ts';
import { activitiesOf, lessonsOf, type Activity } from '#lib/course/model.ts';
import { confidenceFigures, FEWEST } from './confidence.ts';
import { correlation, ENOUGH, itemFigures, type AnswerCount } from './items.ts';
import { vignetteFigures } from './vignettes.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const steps = lessonsOf(course).flatMap((lesson) => lesson.steps);
const activities = steps
	.flatMap(activitiesOf)
	.map((activity) => ({ activity, told: localise(activity, 'en') as Localised<Activity> }));
const find = (id: string) => activities.find(({ activity }) => activity.id === id)!;

/** Counts as the database gives them, of single people: what they answered and earned elsewhere (0–1). */
function counted(activity: Activity, people: { response: unknown; rest: number }[]): AnswerCount[] {
	const counts = new Map<string, AnswerCount>();
	for (const { response, rest } of people) {
		const score = rulesFor(activity.type)!.score(activity, response);
		if (score.kind !== 'scored') throw new Error(`${activity.id} does not take this answer`);
		const key = JSON.stringify(response);
		const { earned, possible } = score;
		const none = { response, earned, possible, count: 0, rested: 0, rest: 0, restSquares: 0 };
		const one = counts.get(key) ?? none;
		one.count += 1;
		one.rested += 1;
		one.rest += rest;
		one.restSquares += rest * rest;
		counts.set(key, one);
	}
	return [...counts.values()];
}

const answerable = activities.filter(
	({ activity }) => activity.type !== 'vignette' && responseTo(activity, 'right') !== undefined,
);

test.each(answerable.map(({ activity }) => [activity.id]))(
	'whoever answers %s, counts add up and nothing is out of bounds',
	(id) => {
		const { activity, told } = find(id);
		const responses = [responseTo(activity, 'right'), responseTo(activity, 'wrong')];
		const person = fc.record({
			response: fc.constantFrom(...responses),
			rest: fc.integer({ min: 0, max: 4 }).map((quarters) => quarters / 4),
		});
		fc.assert(
			fc.property(fc.array(person, { maxLength: 40 }), (people) => {
				const figures = itemFigures(told, counted(activity, people));
				expect(figures.answered).toBe(people.length);
				for (const { answered, tallies } of figures.parts) {
					expect(answered).toBe(people.length);
					const total = tallies.reduce((sum, { count }) => sum + count, 0);
					if (!['choice', 'spot'].includes(activity.type)) expect(total).toBe(people.length);
					for (const { count } of tallies) expect(count).toBeLessThanOrEqual(people.length);
				}
				const { difficulty, discrimination } = figures;
				if (people.length === 0) expect(difficulty).toBeNull();
				else {
					expect(difficulty).toBeGreaterThanOrEqual(0);
					expect(difficulty).toBeLessThanOrEqual(1);
				}
				if (people.length < ENOUGH) expect(discrimination).toBeNull();
				if (discrimination !== null) expect(Math.abs(discrimination)).toBeLessThanOrEqual(1);
				expect(JSON.stringify(figures)).not.toContain('NaN');
			}),
		);
	},
);

test('difficulty and discrimination are what a hand counts', () => {
	const { activity, told } = find('one');
	const right = { options: ['hello'] };
	const wrong = { options: ['bye'] };
	// Six right with 1 elsewhere, two right with 0, two wrong with 1, two wrong with 0: phi of (6,2;2,2).
	const people = [
		...Array(6).fill({ response: right, rest: 1 }),
		...Array(2).fill({ response: right, rest: 0 }),
		...Array(2).fill({ response: wrong, rest: 1 }),
		...Array(2).fill({ response: wrong, rest: 0 }),
	] as { response: unknown; rest: number }[];
	const figures = itemFigures(told, counted(activity, people));
	expect(figures.difficulty).toBeCloseTo(8 / 12);
	expect(figures.discrimination).toBeCloseTo((6 * 2 - 2 * 2) / Math.sqrt(8 * 4 * 8 * 4));
	expect(figures.parts[0]!.tallies).toEqual([
		{ id: 'hello', label: 'Hello', isRight: true, count: 8 },
		{ id: 'bye', label: 'Goodbye', isRight: false, count: 4 },
	]);
	expect(figures.remarks).toEqual([]);
});

test('an item that the best fail is pointed out, and a wrong answer that most choose', () => {
	const { activity, told } = find('one');
	const people = [
		...Array(9).fill({ response: { options: ['bye'] }, rest: 1 }),
		...Array(3).fill({ response: { options: ['hello'] }, rest: 0 }),
	] as { response: unknown; rest: number }[];
	const { discrimination, remarks } = itemFigures(told, counted(activity, people));
	expect(discrimination).toBeCloseTo(-1);
	expect(remarks).toEqual([
		{ kind: 'backwards' },
		{ kind: 'hard' },
		{ kind: 'trap', answer: 'Goodbye' },
	]);
	const few = itemFigures(told, counted(activity, people.slice(0, 9)));
	expect(few).toMatchObject({ discrimination: null, remarks: [{ kind: 'few' }] });
	const same = Array(12).fill({ response: { options: ['hello'] }, rest: 0.5 });
	expect(itemFigures(told, counted(activity, same))).toMatchObject({
		difficulty: 1,
		discrimination: null,
		remarks: [
			{ kind: 'easy' },
			{ kind: 'favourite', answer: 'Hello' },
			{ kind: 'unused', answer: 'Goodbye' },
		],
	});
});

test('a line of numbers is told in stretches, and its answer is one of them', () => {
	const { activity, told } = find('degrees');
	const people = [0, 95, 105, 200].map((value) => ({ response: { value }, rest: 0 }));
	const [part] = itemFigures(told, counted(activity, people)).parts;
	expect(part!.mean).toBe(100);
	const right = part!.tallies.filter(({ isRight }) => isRight);
	expect(right.map(({ label }) => label)).toEqual(['75–95', '100–120']);
	expect(part!.tallies.map(({ count }) => count)).toEqual([1, 0, 0, 1, 1, 0, 0, 0, 1]);
});

test('answers that an edited activity no longer takes are left out', () => {
	const gone = { response: { options: ['gone'] }, earned: 1, possible: 1, count: 3 };
	const figures = itemFigures(find('one').told, [{ ...gone, rested: 3, rest: 3, restSquares: 3 }]);
	expect(figures).toMatchObject({ answered: 0, difficulty: null });
});

test('a correlation has bounds, and no spread means none', () => {
	const points = fc.array(fc.tuple(fc.nat(10), fc.nat(10)), { maxLength: 30 });
	fc.assert(
		fc.property(points, (pairs) => {
			const sum = (of: (x: number, y: number) => number) =>
				pairs.reduce((total, [x, y]) => total + of(x, y), 0);
			const r = correlation({
				n: pairs.length,
				x: sum((x) => x),
				xx: sum((x) => x * x),
				y: sum((_, y) => y),
				yy: sum((_, y) => y * y),
				xy: sum((x, y) => x * y),
			});
			const varies = (at: 0 | 1) => new Set(pairs.map((pair) => pair[at])).size > 1;
			if (!varies(0) || !varies(1)) expect(r).toBeNull();
			else expect(Math.abs(r!)).toBeLessThanOrEqual(1);
		}),
	);
});

const anna = find('anna').activity as unknown as Vignette;
const toldAnna = localise(anna, 'en');

/** Some way through, by what chance offers at each turn. */
function walk(chances: number[]): string[] {
	const path: string[] = [];
	for (let at = 0; ; at++) {
		const state = play(anna, path) as Play<Vignette>;
		if (!state.turn) return path;
		const offered = [...state.options, ...(state.repair ? [state.repair] : [])];
		path.push(offered[(chances[at] ?? 0) % offered.length]!.id);
	}
}

test('whichever ways people go, every one of them is counted at each turn and at an ending', () => {
	const ways = fc.array(
		fc.record({
			chances: fc.array(fc.nat(7), { maxLength: 6 }),
			count: fc.integer({ min: 1, max: 9 }),
		}),
		{ maxLength: 12 },
	);
	fc.assert(
		fc.property(ways, (all) => {
			const paths = all.map(({ chances, count }) => ({ path: walk(chances), count }));
			const figures = vignetteFigures(toldAnna, paths);
			const people = all.reduce((sum, { count }) => sum + count, 0);
			expect(figures.played).toBe(people);
			expect(figures.endings.reduce((sum, { count }) => sum + count, 0)).toBe(people);
			for (const turn of figures.turns) {
				const chosen = turn.options.reduce((sum, one) => sum + one.chosen, 0);
				expect(chosen).toBe(turn.reached);
				for (const option of turn.options) {
					expect(option.offered).toBeGreaterThanOrEqual(option.chosen);
					expect(option.repair?.chosen ?? 0).toBeLessThanOrEqual(option.chosen);
					expect(option.next.reduce((sum, { count }) => sum + count, 0)).toBe(option.chosen);
				}
			}
			for (const { trust, understanding, worry } of figures.meters)
				for (const mean of [trust, understanding, worry]) {
					expect(mean).toBeGreaterThanOrEqual(0);
					expect(mean).toBeLessThanOrEqual(100);
				}
			expect(JSON.stringify(figures)).not.toContain('NaN');
		}),
	);
});

test('a conversation is told by its turns, repairs, meters, endings and missed skills', () => {
	const figures = vignetteFigures(toldAnna, [
		{ path: pathThrough(anna, 'right'), count: 3 },
		{ path: ['own-day', 'sorry', 'about-tea'], count: 1 },
		{ path: ['own-day', 'no-longer-there'], count: 5 },
		{ path: ['own-day'], count: 5 },
	]);
	expect(figures).toMatchObject({
		played: 4,
		share: (3 * 1 + 2 / 4) / 4,
		endings: [
			{ id: 'green-tea', count: 3 },
			{ id: 'some-tea', count: 1 },
			{ id: 'no-tea', count: 0 },
		],
		missed: [{ id: 'asking', count: 1 }],
	});
	const [welcome] = figures.turns;
	expect(welcome).toMatchObject({ id: 'welcome', depth: 0, reached: 4 });
	expect(welcome!.options).toMatchObject([
		{ id: 'ask-day', quality: 'strong', chosen: 3, repair: null },
		{ id: 'own-day', quality: 'costly', chosen: 1, repair: { chosen: 1 } },
	]);
	expect(figures.meters[0]).toEqual({
		choices: 0,
		people: 4,
		trust: 50,
		understanding: 30,
		worry: 50,
	});
	// 50 − 20, of which making up gives back 14; three others came to 70.
	expect(figures.meters[1]!.trust).toBeCloseTo((3 * 70 + 44) / 4);
});

test('opinions of oneself are told of five people and more wherever they are asked for', () => {
	const told = localise(course.confidence!.activity, 'en') as Localised<Activity>;
	const response = { ratings: { greet: 3, part: 8 } };
	const of = (count: number) =>
		itemFigures(told, [
			{ response, earned: 0, possible: 0, count, rested: 0, rest: 0, restSquares: 0 },
		]);
	expect(of(4)).toMatchObject({ answered: 4, parts: [] });
	expect(of(5).parts.map(({ id, mean }) => [id, mean])).toEqual([
		['greet', 3],
		['part', 8],
	]);
});

test('confidence is told of five people and more, and never of fewer', () => {
	const activity = localise(course.confidence!.activity, 'en') as never;
	const rated = (greet: number, part: number) => ({ ratings: { greet, part } });
	const pair = { before: rated(2, 4), after: rated(6, 4) };
	expect(confidenceFigures(activity, [{ ...pair, count: FEWEST - 1 }])).toEqual({ people: 4 });
	// One whose ratings no longer fit is nobody.
	const odd = { before: { ratings: { greet: 1 } }, after: rated(1, 1), count: 1 };
	expect(confidenceFigures(activity, [{ ...pair, count: 4 }, odd])).toEqual({ people: 4 });
	const other = { before: rated(7, 9), after: rated(6, 10), count: 1 };
	expect(confidenceFigures(activity, [{ ...pair, count: 4 }, other])).toEqual({
		people: 5,
		statements: [
			{ id: 'greet', text: 'Greeting', before: 3, after: 6 },
			{ id: 'part', text: 'Saying goodbye', before: 5, after: 5.2 },
		],
	});
});
