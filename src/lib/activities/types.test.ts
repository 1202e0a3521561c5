import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { localise } from '#lib/course/localise.ts';
import { MAX_POINTS } from '#lib/course/scoring.ts';
import { rulesFor, types } from './registry.ts';
import { schemas } from './schemas.ts';
import { shuffled } from './shuffle.ts';
import { examples, type Example } from './testing.ts';

type Case = [name: string, example: Example, response: unknown, earned: number, possible: number];

const scored: Case[] = [
	['choice: the right option', 'choice', { options: ['ask'] }, 1, 1],
	['choice: a wrong option', 'choice', { options: ['tell'] }, 0, 1],
	['many: all right options', 'many', { options: ['listen', 'ask'] }, 2, 2],
	['many: half', 'many', { options: ['ask'] }, 1, 2],
	['many: a wrong pick subtracts', 'many', { options: ['ask', 'listen', 'tell'] }, 1, 2],
	['many: never below nothing', 'many', { options: ['tell'] }, 0, 2],
	['categorise: all', 'categorise', placed('open', 'closed', 'open'), 3, 3],
	['categorise: some', 'categorise', placed('open', 'open', 'open'), 2, 3],
	['order: all', 'order', { order: ['greet', 'ask', 'explain', 'plan'] }, 4, 4],
	['order: a run kept', 'order', { order: ['plan', 'greet', 'ask', 'explain'] }, 2, 4],
	['order: backwards', 'order', { order: ['plan', 'explain', 'ask', 'greet'] }, 0, 4],
	['match: all', 'match', matched('fear', 'anger', 'hope'), 3, 3],
	['match: two changed about', 'match', matched('anger', 'fear', 'hope'), 1, 3],
	['estimate: at the edge of the tolerance', 'estimate', { value: 94 }, 1, 1],
	['estimate: outside of it', 'estimate', { value: 93 }, 0, 1],
	['spot: all', 'spot', { marked: ['careful', 'worn'] }, 2, 2],
	['spot: one, and a harmless one', 'spot', { marked: ['worn', 'often'] }, 0, 2],
	['spot: nothing marked', 'spot', { marked: [] }, 0, 2],
	['rewrite: nothing to earn', 'rewrite', { checked: ['kind'] }, 0, 0],
	['ask: nothing to earn', 'ask', { checked: ['open'] }, 0, 0],
	['reflect: nothing to earn', 'reflect', { written: true }, 0, 0],
	['rate: nothing to earn', 'rate', { ratings: { listen: 0, explain: 10 } }, 0, 0],
];

const refused: [name: string, example: Example, response: unknown][] = [
	['choice: nothing chosen', 'choice', { options: [] }],
	['choice: two where one is asked for', 'choice', { options: ['ask', 'tell'] }],
	['choice: an unknown option', 'choice', { options: ['gone'] }],
	['many: the same option twice', 'many', { options: ['ask', 'ask'] }],
	['categorise: an item left out', 'categorise', { placed: { how: 'open' } }],
	['categorise: an unknown category', 'categorise', placed('open', 'gone', 'open')],
	['order: an item left out', 'order', { order: ['greet', 'ask', 'explain'] }],
	['order: an item twice', 'order', { order: ['greet', 'greet', 'explain', 'plan'] }],
	['match: a line without partner', 'match', { matched: { fear: 'fear' } }],
	['match: an unknown partner', 'match', matched('fear', 'anger', 'gone')],
	['estimate: off the line', 'estimate', { value: 101 }],
	['estimate: not a number', 'estimate', { value: Number.NaN }],
	['estimate: a number as text', 'estimate', { value: '97' }],
	['spot: unknown words', 'spot', { marked: ['gone'] }],
	['rewrite: an unknown tick', 'rewrite', { checked: ['gone'] }],
	['ask: an unknown tick', 'ask', { checked: ['gone'] }],
	['ask: a tick twice', 'ask', { checked: ['open', 'open'] }],
	['reflect: nothing written', 'reflect', { written: false }],
	['rate: a task left out', 'rate', { ratings: { listen: 3 } }],
	['rate: off the scale', 'rate', { ratings: { listen: 3, explain: 11 } }],
	['rate: between two steps', 'rate', { ratings: { listen: 3, explain: 1.5 } }],
	['rate: an unknown task', 'rate', { ratings: { listen: 3, gone: 3 } }],
];

function placed(how: string, isIt: string, tellMe: string) {
	return { placed: { how, 'is-it': isIt, 'tell-me': tellMe } };
}
function matched(fear: string, anger: string, hope: string) {
	return { matched: { fear, anger, hope } };
}
const typeOf = (example: Example) => types[examples[example].type]!;
const names = Object.keys(examples) as Example[];

describe('score', () => {
	it.each(scored)('%s', (_, example, response, earned, possible) => {
		const score = typeOf(example).score(examples[example], response);
		expect(score).toEqual({ kind: 'scored', earned, possible });
		expect(possible).toBeLessThanOrEqual(MAX_POINTS);
	});

	it.each(refused)('refuses %s', (_, example, response) => {
		expect(typeOf(example).score(examples[example], response)).toMatchObject({ kind: 'invalid' });
	});

	it.each(scored)('says the same in every language: %s', (_, example, response) => {
		const { score } = typeOf(example);
		const all = score(examples[example], response);
		expect(score(localise(examples[example], 'da'), response)).toEqual(all);
		expect(score(localise(examples[example], 'en'), response)).toEqual(all);
	});

	it.each(names)('%s: whatever JSON arrives, it judges and never throws', (example) => {
		const keys = [
			'options',
			'placed',
			'order',
			'matched',
			'value',
			'marked',
			'checked',
			'written',
			'ratings',
		];
		const parts = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), parts), (response) => {
				const score = typeOf(example).score(examples[example], response);
				expect(['scored', 'invalid']).toContain(score.kind);
			}),
		);
	});

	it.each(scored)('accepts nothing that the server would refuse: %s', (_, example, response) => {
		const { response: schema } = schemas[examples[example].type]!;
		expect(v.safeParse(schema, response).success).toBe(true);
	});
});

describe('pack', () => {
	it.each(scored)('keeps the response in numbers up to 1023: %s', (_, example, response) => {
		const { pack, unpack } = typeOf(example);
		const numbers = pack!(response as never);
		for (const number of numbers) {
			expect(Number.isInteger(number)).toBe(true);
			expect(number).toBeGreaterThanOrEqual(0);
			expect(number).toBeLessThanOrEqual(1023);
		}
		expect(unpack!(examples[example] as never, numbers)).toEqual(response);
	});

	it('keeps every number on an estimate line, below zero and in tenths too', () => {
		const { pack, unpack } = types.estimate!;
		const line = { ...examples.estimate, min: -100, max: 100, step: 0.1 };
		fc.assert(
			fc.property(fc.integer({ min: -1000, max: 1000 }), (tenths) => {
				const response = { value: tenths / 10 };
				expect(unpack!(line as never, pack!(response as never))).toEqual(response);
			}),
		);
	});

	it('gives nothing back when an id is gone from the edited activity', () => {
		const { pack, unpack } = types.choice!;
		const edited = { ...examples.choice, options: examples.choice.options.slice(1) };
		expect(unpack!(edited as never, pack!({ options: ['ask'] } as never))).toBeUndefined();
	});
});

/** Every key and every text in a value, with the path to it. */
function* leaves(value: unknown, path = ''): Generator<{ path: string; text?: string }> {
	if (typeof value === 'string') yield { path, text: value };
	if (typeof value !== 'object' || value === null) return;
	for (const [key, part] of Object.entries(value)) {
		yield { path: `${path}/${key}` };
		yield* leaves(part, `${path}/${key}`);
	}
}

describe('publicView', () => {
	const PRIVATE = ['category', 'why', 'feels', 'better', 'answer', 'said', 'tolerance', 'hit'];

	it.each(names)('%s: no key that tells the answer', (example) => {
		const view = typeOf(example).publicView(localise(examples[example], 'en'));
		const keys = [...leaves(view)].map(({ path }) => path.split('/').at(-1));
		expect(keys.filter((key) => key !== undefined && PRIVATE.includes(key))).toEqual([]);
		// The match view calls its second column `right`; elsewhere that is the answer. Its partners
		// share an id, as its responses are pair ids: whoever reads the ids reads the answer.
		if (example !== 'match') expect(keys).not.toContain('right');
	});

	it.each(names.filter((example) => !['ask', 'rewrite'].includes(example)))(
		'%s: no text of the feedback, and no other language',
		(example) => {
			const view = typeOf(example).publicView(localise(examples[example], 'en'));
			const texts = [...leaves(view)].flatMap(({ text }) => text ?? []);
			expect(texts.length).toBeGreaterThan(0);
			expect(texts.filter((text) => /-(why|feels|better)-|^said-|-da$/.test(text))).toEqual([]);
		},
	);

	it('ask: its own language, and what the patient may answer', () => {
		const view = types.ask!.publicView(localise(examples.ask, 'en')) as { replies: object };
		const texts = [...leaves(view)].flatMap(({ text }) => text ?? []);
		expect(texts.filter((text) => /-da$/.test(text))).toEqual([]);
		expect(Object.keys(view.replies)).toEqual(['open', 'closed', 'heard', 'told', 'hurt']);
	});

	it('order: not in the right order', () => {
		const view = types.order!.publicView(localise(examples.order, 'en')) as typeof examples.order;
		expect(view.items.map(({ id }) => id)).not.toEqual(examples.order.items.map(({ id }) => id));
	});
});

describe('grade', () => {
	it.each(scored)('agrees with the score: %s', (_, example, response, earned, possible) => {
		const verdict = typeOf(example).grade(localise(examples[example], 'da'), response);
		expect(verdict.score).toEqual({ kind: 'scored', earned, possible });
		for (const { why } of verdict.feedback) expect(why).not.toBe('');
	});

	it('tells of the chosen option before the missed one, in three parts', () => {
		const { feedback, marks } = types.choice!.grade(localise(examples.choice, 'en'), {
			options: ['tell'],
		});
		expect(marks).toEqual({ tell: 'costly', ask: 'missed' });
		expect(feedback[0]).toEqual({
			about: 'tell-en',
			mark: 'costly',
			feels: 'tell-feels-en',
			why: 'tell-why-en',
			better: 'tell-better-en',
		});
	});
});

describe('check', () => {
	it('ask: no two kinds of words get the same reply, in any language', () => {
		const { check } = schemas.ask!;
		const { replies } = examples.ask;
		expect(check(examples.ask as never)).toEqual([]);
		const told = { ...replies.told, en: replies.closed.en };
		expect(check({ ...examples.ask, replies: { ...replies, told } } as never)).toEqual([
			{ path: ['replies', 'told', 'en'], message: expect.stringMatching(/same as another/) },
		]);
	});

	it('ask: every reply has to be there', () => {
		const { hurt: _hurt, ...replies } = examples.ask.replies;
		expect(v.safeParse(schemas.ask!.schema, { ...examples.ask, replies }).success).toBe(false);
	});

	it('rewrite: explores unless it is said otherwise', () => {
		expect(examples.rewrite.goal).toBe('explore');
	});
});

describe('interaction', () => {
	it.each(['ask', 'rewrite'] as const)('%s: ticks, and nothing else', (example) => {
		const activity = localise(examples[example], 'en');
		expect(types[example]!.interaction(activity, { checked: ['kind'] })).toEqual({
			type: 'performance',
			response: [
				['open', 'no'],
				['kind', 'yes'],
			],
			correct: [
				['open', 'yes'],
				['kind', 'yes'],
			],
		});
	});

	it('keeps reflections to the learner', () => {
		const activity = localise(examples.reflect, 'en');
		expect(types.reflect!.interaction(activity, { written: true })).toBeUndefined();
	});
});

describe('registry', () => {
	it('has the same types as the schemas, and no inherited ones', () => {
		expect(Object.keys(types).sort()).toEqual(Object.keys(schemas).sort());
		expect(rulesFor('constructor')).toBeUndefined();
		expect(rulesFor('choice')).toBe(types.choice);
	});
});

describe('shuffled', () => {
	it('holds the same items, in the same order for the same seed', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
				const once = shuffled(items, seed);
				expect(shuffled(items, seed)).toEqual(once);
				expect(once.toSorted()).toEqual(items.toSorted());
			}),
		);
	});
});
