import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { activitiesOf, lessonsOf } from '#lib/course/model.ts';
import { play, poseOf, type Play } from './engine.ts';
import { vignette as type } from './logic.ts';
import type { Vignette } from './schema.ts';
import { METERS } from './terms.ts';

const vignettes = ['tests/fixtures/courses/tiny', 'courses/rygsamtalen'].flatMap((folder) =>
	lessonsOf(loadCourse(folder).course!)
		.flatMap((lesson) => lesson.steps.flatMap(activitiesOf))
		.filter((one) => one.type === 'vignette')
		.map((one) => one as unknown as Vignette),
);
const anna = vignettes[0]!;

function played(vignette: Vignette, ...path: string[]): Play<Vignette> {
	const state = play(vignette, path);
	if (typeof state === 'number') throw new Error(`choice ${state} was not on offer`);
	return state;
}

/** A path as somebody might take it: at each turn one of what is on offer, repairs among it. */
const walks = fc
	.tuple(fc.constantFrom(...vignettes), fc.array(fc.nat({ max: 9 }), { maxLength: 30 }))
	.map(([vignette, picks]) => {
		const path: string[] = [];
		for (const pick of picks) {
			const { options, repair, turn } = played(vignette, ...path);
			if (!turn) break;
			const offered = [...options.map(({ id }) => id), ...(repair ? [repair.id] : [])];
			path.push(offered[pick % offered.length]!);
		}
		return { vignette, path };
	});

describe('on every path through every vignette', () => {
	test('meters stay between 0 and 100 and points within what is possible', () => {
		fc.assert(
			fc.property(walks, ({ vignette, path }) => {
				const state = played(vignette, ...path);
				for (const { after } of state.exchanges)
					for (const meter of METERS) {
						expect(after[meter]).toBeGreaterThanOrEqual(0);
						expect(after[meter]).toBeLessThanOrEqual(100);
					}
				expect(state.earned).toBeLessThanOrEqual(state.possible);
				expect(state.costly).toBeGreaterThanOrEqual(0);
			}),
		);
	});

	test('the same choices give the same conversation', () => {
		fc.assert(
			fc.property(walks, ({ vignette, path }) => {
				expect(played(vignette, ...path)).toEqual(played(vignette, ...path));
			}),
		);
	});

	test('there is always something to say until there is an ending', () => {
		fc.assert(
			fc.property(walks, ({ vignette, path }) => {
				const { turn, options, ending } = played(vignette, ...path);
				if (turn) expect(options.length).toBeGreaterThanOrEqual(2);
				else expect(ending).toBeDefined();
			}),
		);
	});

	test('a path comes back from suspend data', () => {
		fc.assert(
			fc.property(walks, ({ vignette, path }) => {
				const numbers = type.pack!({ path });
				expect(numbers.every((number) => number >= 0 && number < 1024)).toBe(true);
				expect(type.unpack!(vignette, numbers)).toEqual({ path });
			}),
		);
	});
});

test('every vignette has six to nine turns on every path and reaches all three endings', () => {
	for (const vignette of vignettes.slice(1)) {
		const lengths = new Set<number>();
		const endings = new Set<string>();
		const depth = (id: string, turns: number): void => {
			const turn = vignette.turns.find((one) => one.id === id);
			if (!turn) lengths.add(turns);
			else new Set(turn.options.map(({ next }) => next)).forEach((next) => depth(next, turns + 1));
		};
		depth(vignette.opening, 0);
		expect(Math.min(...lengths), vignette.id).toBeGreaterThanOrEqual(6);
		expect(Math.max(...lengths), vignette.id).toBeLessThanOrEqual(9);
		for (const quality of ['strong', 'workable', 'costly'] as const) {
			const path: string[] = [];
			for (let state = played(vignette); state.turn; state = played(vignette, ...path))
				path.push((state.options.find((one) => one.quality === quality) ?? state.options[0]!).id);
			endings.add(played(vignette, ...path).ending!.kind);
		}
		expect([...endings].sort(), vignette.id).toEqual(['elsewhere', 'shared-plan', 'thin']);
	}
});

test('a strong choice earns two points, a workable one, a costly none, a repaired one', () => {
	expect(played(anna, 'ask-day', 'which-tea')).toMatchObject({ earned: 4, possible: 4, costly: 0 });
	expect(played(anna, 'own-day', 'about-tea')).toMatchObject({ earned: 1, possible: 4, costly: 1 });
	expect(played(anna, 'own-day', 'sorry', 'which-tea')).toMatchObject({
		earned: 3,
		possible: 4,
		costly: 0,
	});
});

test('a repair gives back seven tenths of what was lost and takes no turn', () => {
	const before = played(anna, 'own-day');
	const after = played(anna, 'own-day', 'sorry');
	expect(before.meters).toEqual({ trust: 30, understanding: 30, worry: 60 });
	expect(after.meters).toEqual({ trust: 44, understanding: 30, worry: 53 });
	expect(after.turn?.id).toBe('drink');
	expect(after.repair).toBeUndefined();
	expect(after.says).toBeUndefined();
});

test('an ending may ask that the last choice was not costly, since nothing can make up for it', () => {
	const strict = structuredClone(anna);
	const last = strict.turns[1]!.options[1]!;
	Object.assign(last, { quality: 'costly', set: ['planAgreed'] });
	strict.endings[0]!.when = { trust: { atLeast: 60 }, costly: { atMost: 1 }, lastNot: 'costly' };
	expect(played(strict, 'ask-day', 'which-tea').ending?.kind).toBe('shared-plan');
	expect(played(strict, 'ask-day', 'about-tea').ending?.kind).toBe('thin');
});

test('what a repair sets holds at once: a concern heard late is heard', () => {
	const later = structuredClone(anna);
	later.turns[0]!.options[1]!.repair!.set = ['heard'];
	later.turns[1]!.options[0]!.needs = ['heard'];
	const ids = (...path: string[]) => played(later, ...path).options.map(({ id }) => id);
	expect(ids('own-day')).toEqual(['about-tea']);
	expect(ids('own-day', 'sorry')).toEqual(['which-tea', 'about-tea']);
	expect(played(later, 'own-day', 'sorry', 'about-tea').meters.understanding).toBe(40);
});

test('what is explained before the main concern was heard helps half as much and worries a little', () => {
	const unheard = played(anna, 'own-day', 'sorry', 'about-tea');
	const heard = played(anna, 'ask-day', 'about-tea');
	expect(unheard.meters.understanding).toBe(35);
	expect(unheard.meters.worry).toBe(57);
	// Trust above 65 makes it a quarter more.
	expect(heard.meters).toEqual({ trust: 70, understanding: 42.5, worry: 40 });
});

test('a choice that is not on offer is refused with its place', () => {
	expect(play(anna, ['ask-day', 'sorry'])).toBe(1);
	expect(type.score(anna, { path: ['nonsense'] })).toMatchObject({ kind: 'invalid' });
	expect(type.score(anna, { path: [] })).toMatchObject({ kind: 'partial' });
	expect(type.score(anna, { path: ['ask-day', 'which-tea'] })).toEqual({
		kind: 'scored',
		earned: 4,
		possible: 4,
	});
});

test('a response only ever goes on from the one before', () => {
	const merge = type.merge!;
	expect(merge({ path: ['a'] }, { path: ['a', 'b'] })).toEqual({ path: ['a', 'b'] });
	expect(merge({ path: ['a', 'b'] }, { path: ['a'] })).toEqual({ path: ['a', 'b'] });
	expect(merge({ path: ['a', 'b'] }, { path: ['a', 'c', 'd'] })).toEqual({ path: ['a', 'b'] });
});

test('the view before the conversation gives nothing of it away', () => {
	const text = JSON.stringify(type.publicView(vignettes[1] as never));
	for (const turn of vignettes[1]!.turns)
		for (const option of turn.options) {
			expect(text).not.toContain(option.text.da);
			expect(text).not.toContain(option.why.da);
			expect(text).not.toContain(option.reply.da);
		}
});

test('the patient closes and opens with trust and worry', () => {
	const at = (trust: number, worry: number) => poseOf({ trust, understanding: 0, worry });
	expect([at(5, 95), at(30, 55), at(50, 50), at(65, 40), at(95, 10)]).toEqual([
		'closed',
		'wary',
		'neutral',
		'easing',
		'open',
	]);
});

test('the reported pattern names what was on offer, and the best choice on offer is always a right one', () => {
	fc.assert(
		fc.property(walks, ({ vignette, path }) => {
			const told = type.interaction(vignette as never, { path });
			if (told?.type !== 'performance') throw new Error('a vignette is a performance');
			const choices = played(vignette, ...path).exchanges.filter((one) => !one.repair);
			choices.forEach(({ option, offered }, at) => {
				const [, right] = told.correct[at]!;
				expect(offered.map(({ id }) => id)).toContain(right);
				const best = ['strong', 'workable', 'costly'].find((rank) =>
					offered.some((one) => one.quality === rank),
				);
				expect(told.response[at]![1] === right).toBe(option.quality === best);
			});
		}),
	);
});

test('a stored response of another shape is passed over', () => {
	expect(type.merge!({ path: ['a'] }, { options: ['x'] } as never)).toEqual({ path: ['a'] });
});
