import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CMI5, VERBS } from '#lib/xapi/iris.ts';
import { actorOf } from './launch.ts';
import type { Sent } from './sent.ts';
import { after, breachOf, NOT_BEGUN, type Said, type Session } from './session.ts';

const requirements = createRequire(import.meta.url)('@cmi5/requirements') as object;

const session: Session = {
	id: 'session',
	actor: actorOf('https://here.example', 'ida'),
	registration: '8d1c3c5e-2f6b-4c3a-9a1e-000000000001',
	activityId: 'https://here.example/cmi5/1/units/1',
	publisherId: 'urn:unit',
	mode: 'Normal',
	masteryScore: 0.8,
};
const NEW: Said = { verbs: [], hasPreferences: true };
const BEGUN: Said = { verbs: ['initialized'], hasPreferences: true };

type Verb = 'initialized' | 'completed' | 'passed' | 'failed' | 'terminated';
const RESULTS: Record<Verb, Sent['result']> = {
	initialized: undefined,
	completed: { completion: true, duration: 'PT1S' },
	passed: { success: true, duration: 'PT1S', score: { scaled: 0.9 } },
	failed: { success: false, duration: 'PT1S', score: { scaled: 0.1 } },
	terminated: { duration: 'PT1S' },
};
let ids = 0;

function said(verb: Verb): Sent {
	const tells = ['completed', 'passed', 'failed'].includes(verb);
	const result = RESULTS[verb];
	return {
		id: `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
		timestamp: '2027-03-01T08:00:00.000Z',
		actor: { account: { name: 'ida', homePage: 'https://here.example' } },
		verb: { id: VERBS[verb] },
		object: { id: session.activityId },
		...(result ? { result } : {}),
		context: {
			registration: session.registration.toUpperCase(),
			contextActivities: {
				grouping: [{ id: 'urn:more' }, { id: 'urn:unit' }],
				category: [{ id: CMI5.category }, ...(tells ? [{ id: CMI5.moveOn }] : [])],
			},
			extensions: {
				[CMI5.sessionId]: 'session',
				...(result?.score ? { [CMI5.masteryScore]: 0.8 } : {}),
			},
		},
	};
}
/** One that cmi5 allows and does not define. */
function allowed(): Sent {
	const { context, ...rest } = said('initialized');
	const { grouping } = context!.contextActivities!;
	return {
		...rest,
		verb: { id: VERBS.answered },
		object: { id: 'urn:question' },
		context: { ...context, contextActivities: { grouping: grouping! } },
	};
}
type Change = (statement: Sent) => Sent;
const result =
	(more: object): Change =>
	(one) => ({ ...one, result: { ...one.result, ...more } });
const context =
	(more: object): Change =>
	(one) => ({ ...one, context: { ...one.context, ...more } });
const categories =
	(...all: string[]) =>
	(one: Sent) =>
		context({
			contextActivities: {
				...one.context?.contextActivities,
				category: all.map((id) => ({ id })),
			},
		})(one);

test('each of the five is taken at its place, and so is what cmi5 only allows', () => {
	const judge = (one: Sent, before: Said) => breachOf(session, before, NOT_BEGUN, one);
	expect(judge(said('initialized'), NEW)).toBeUndefined();
	for (const one of [
		said('completed'),
		said('passed'),
		said('failed'),
		said('terminated'),
		allowed(),
	])
		expect(judge(one, BEGUN)).toBeUndefined();
});

const standing = (more: object) => ({ ...NOT_BEGUN, begun: true, ...more });
const rules: [string, Sent, { said?: Said; standing?: typeof NOT_BEGUN; session?: Session }][] = [
	['9.3.0.0-4', allowed(), { said: NEW }],
	['9.3.0.0-4', said('completed'), { said: NEW }],
	['9.3.0.0-5', allowed(), { said: { ...BEGUN, ended: 'terminated' } }],
	['9.3.6.0-2', allowed(), { said: { ...BEGUN, ended: 'abandoned' } }],
	['11.0.0.0-3', said('initialized'), { said: { ...NEW, hasPreferences: false } }],
	['6.3.0.0-1', { ...allowed(), verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } }, {}],
	['9.1.0.0-1', { ...allowed(), id: undefined } as unknown as Sent, {}],
	['9.7.0.0-1', { ...allowed(), timestamp: undefined } as unknown as Sent, {}],
	['9.7.0.0-2', { ...allowed(), timestamp: '2027-03-01T08:00:00+02:00' }, {}],
	[
		'8.1.3.0-3',
		{ ...allowed(), actor: { account: { name: 'bo', homePage: 'https://here.example' } } },
		{},
	],
	['9.6.1.0-1', context({ registration: '8d1c3c5e-2f6b-4c3a-9a1e-000000000002' })(allowed()), {}],
	['9.6.3.1-4', context({ extensions: {} })(allowed()), {}],
	['10.2.1.0-6', context({ contextActivities: {} })(allowed()), {}],
	['9.6.2.2-2', categories(CMI5.moveOn)(allowed()), {}],
	['9.3.0.0-1', categories(CMI5.category)(allowed()), {}],
	['8.1.5.0-6', { ...said('completed'), object: { id: 'urn:unit' } }, {}],
	['9.3.0.0-2', said('initialized'), { said: BEGUN }],
	['9.3.0.0-3', said('passed'), { said: { ...BEGUN, verbs: ['initialized', 'failed'] } }],
	['10.2.2.0-9', said('completed'), { session: { ...session, mode: 'Browse' } }],
	['10.2.2.0-11', said('failed'), { session: { ...session, mode: 'Review' } }],
	['9.3.0.0-6', said('completed'), { standing: standing({ completed: true }) }],
	['9.3.0.0-7', said('passed'), { standing: standing({ passed: true }) }],
	['9.3.0.0-8', said('failed'), { standing: standing({ passed: true }) }],
	['9.5.2.0-1', result({ success: false })(said('passed')), {}],
	['9.5.2.0-2', result({ success: true })(said('failed')), {}],
	['9.5.2.0-3', result({ success: true })(said('completed')), {}],
	['9.5.3.0-1', result({ completion: false })(said('completed')), {}],
	['9.5.3.0-2', result({ completion: true })(said('passed')), {}],
	['9.5.4.1-1', { ...said('terminated'), result: {} }, {}],
	['9.5.4.1-2', result({ duration: undefined })(said('completed')), {}],
	['9.5.4.1-3', result({ duration: undefined })(said('passed')), {}],
	['9.5.4.1-4', result({ duration: undefined })(said('failed')), {}],
	['9.6.2.2-1', categories(CMI5.category)(said('completed')), {}],
	['9.6.2.2-2', categories(CMI5.category, CMI5.moveOn)(said('terminated')), {}],
	['9.5.1.0-2', result({ score: { scaled: 1 } })(said('completed')), {}],
	['9.5.1.0-3', result({ score: { scaled: 0.9, raw: 9 } })(said('passed')), {}],
	['9.3.4.0-2', result({ score: { scaled: 0.79 } })(said('passed')), {}],
	['9.3.5.0-2', result({ score: { scaled: 0.8 } })(said('failed')), {}],
	['9.6.3.2-2', context({ extensions: { [CMI5.sessionId]: 'session' } })(said('passed')), {}],
];
test.each(rules)('%s', (requirement, statement, given) => {
	expect(requirement in requirements).toBe(true);
	const found = breachOf(
		given.session ?? session,
		given.said ?? BEGUN,
		given.standing ?? standing({}),
		statement,
	);
	expect(found?.requirement).toBe(requirement);
	expect(found?.message).not.toBe('');
});

test('a lone activity counts as a list of one', () => {
	const one = said('initialized');
	const lone = context({
		contextActivities: { grouping: { id: 'urn:unit' }, category: { id: CMI5.category } },
	})(one);
	expect(breachOf(session, NEW, NOT_BEGUN, lone)).toBeUndefined();
});

test('whatever a unit sends, what is taken keeps the order, in every session of a registration', () => {
	const verbs = ['initialized', 'completed', 'passed', 'failed', 'terminated'] as const;
	const sending = fc.array(fc.constantFrom(...verbs, 'allowed' as const), { maxLength: 12 });
	fc.assert(
		fc.property(fc.array(sending, { maxLength: 4 }), (sessions) => {
			let now = NOT_BEGUN;
			const all: string[] = [];
			for (const sent of sessions) {
				let state: Said = NEW;
				const taken: string[] = [];
				for (const name of sent) {
					const one = name === 'allowed' ? allowed() : said(name);
					if (breachOf(session, state, now, one)) continue;
					({ said: state, standing: now } = after(state, now, one));
					taken.push(name);
				}
				expect(taken.length === 0 || taken[0] === 'initialized').toBe(true);
				expect(taken.lastIndexOf('initialized')).toBeLessThanOrEqual(0);
				if (taken.includes('terminated')) expect(taken.at(-1)).toBe('terminated');
				expect(taken.filter((one) => one === 'passed' || one === 'failed').length).toBeLessThan(2);
				all.push(...taken);
			}
			expect(all.filter((one) => one === 'completed').length).toBeLessThan(2);
			expect(all.filter((one) => one === 'passed').length).toBeLessThan(2);
			if (all.includes('passed')) expect(all.slice(all.indexOf('passed'))).not.toContain('failed');
			expect([now.completed, now.passed, now.failed]).toEqual(
				['completed', 'passed', 'failed'].map((one) => all.includes(one)),
			);
		}),
	);
});
