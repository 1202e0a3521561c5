import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import xapiValidation from 'xapi-validation';
import { loadCourse } from '../../src/authoring/loader.ts';
import { types } from '../../src/lib/activities/registry.ts';
import type { Course } from '../../src/lib/course/model.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { noProgress } from '../../src/lib/progress/progress.ts';
import { apply } from '../../src/lib/progress/reduce.ts';
import { courseNarrator } from '../../src/lib/xapi/course-narrator.ts';
import { EXTENSIONS, PROFILE, PROFILE_VERSION, TYPES, VERBS } from '../../src/lib/xapi/iris.ts';
import { leave, narrate, type Visit } from '../../src/lib/xapi/narrate.ts';
import type { Told } from '../../src/lib/xapi/sayer.ts';
import { profileDocument, TEMPLATES } from '../../src/lib/xapi/profile.ts';
import { duration, reaches } from '../../src/lib/xapi/statement.ts';
import { countingIn, everything } from '../support/everything.ts';

// The package is written for require(); its function is one level deeper than the types say.
const validate = ((xapiValidation as unknown as { default?: typeof xapiValidation }).default ??
	xapiValidation) as (data: unknown) => unknown[];

const rygsamtalen = loadCourse('courses/rygsamtalen').course!;
const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const actor = { account: { homePage: 'https://course.example', name: 'learner-1' } };

/** All that is said of events, and of leaving after the last one. */
function tell(course: Course, events: LearnerEvent[], name = 'learner-1'): Told[] {
	const narrator = courseNarrator(course, (type) => types[type]).as({
		actor: { account: { ...actor.account, name } },
		registration: '7a3f2a1e-58a6-4f43-9d64-7c9d4f0e3c55',
	});
	const counting = countingIn(course);
	let progress = noProgress();
	let visit: Visit | undefined;
	const all: Told[] = [];
	for (const event of events) {
		const after = apply(counting, progress, event);
		const said = narrate(narrator, progress, after, event, visit);
		all.push(...said.told);
		progress = after;
		visit = said.visit;
	}
	return visit ? [...all, ...leave(narrator, visit)] : all;
}

const verbOf = ({ statement }: Told) =>
	Object.entries(VERBS).find(([, iri]) => iri === statement.verb.id)![0];
const count = (told: Told[], verb: string, type: string) =>
	told.filter((one) => verbOf(one) === verb && one.statement.object.definition?.type === type)
		.length;

const whole = everything(rygsamtalen);
const told = tell(rygsamtalen, whole);
const statements = told.map(({ statement }) => statement);

describe('a whole course', () => {
	test('is told in statements that an independent validator takes', () => {
		const complaints = statements.flatMap((statement) => validate(statement));
		expect(complaints).toEqual([]);
		// And one that does take offence where there is reason to.
		expect(validate({ ...statements[0], verb: { id: 'completed' } })).not.toEqual([]);
	});

	test('gives every statement an id of its own, the same at each telling', () => {
		const ids = statements.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(tell(rygsamtalen, whole).map(({ statement }) => statement.id)).toEqual(ids);
		const others = new Set(
			tell(rygsamtalen, whole, 'learner-2').map(({ statement }) => statement.id),
		);
		expect(ids.filter((id) => others.has(id))).toEqual([]);
	});

	test('says once that the course is completed and passed, and of each lesson that it is', () => {
		expect(count(told, 'completed', TYPES.course)).toBe(1);
		expect(count(told, 'passed', TYPES.course)).toBe(1);
		expect(count(told, 'completed', TYPES.lesson)).toBe(16);
		expect(count(told, 'completed', TYPES.vignette)).toBe(32);
		expect(count(told, 'failed', TYPES.assessment)).toBe(17);
		expect(count(told, 'passed', TYPES.assessment)).toBe(17);
		// 24 of the final test and 5 or 6 of each quiz, twice; drills and choices besides.
		expect(count(told, 'answered', TYPES.interaction)).toBeGreaterThan(48 + 16 * 10);
		expect(count(told, 'interacted', TYPES.metaphor)).toBeGreaterThanOrEqual(10);
	});

	test('follows a template of the profile in each statement', () => {
		for (const { statement } of told) {
			const { verb, object, context } = statement;
			const fitting = TEMPLATES.filter(
				(one) => VERBS[one.verb] === verb.id && TYPES[one.type!] === object.definition?.type,
			);
			expect(fitting, `${verb.id} ${object.id}`).toHaveLength(1);
			for (const path of fitting[0]!.included ?? [])
				expect(at(statement, path), `${path} of ${object.id}`).toBeDefined();
			expect(context.contextActivities.category?.map(({ id }) => id)).toEqual([PROFILE_VERSION]);
		}
	});

	test('knows every extension that it uses', () => {
		const known = Object.values(EXTENSIONS) as string[];
		const used = statements.flatMap(({ result }) => Object.keys(result?.extensions ?? {}));
		expect([...new Set(used)].filter((iri) => !known.includes(iri))).toEqual([]);
		expect(new Set(used).size).toBe(known.length - 1); // nobody repaired anything
	});

	test('keeps to itself how confident somebody feels and what they wrote', () => {
		expect(statements.filter(({ object }) => object.id.includes('/confidence'))).toEqual([]);
		const written = statements.filter(({ object }) => object.definition?.type === TYPES.reflection);
		expect(written.length).toBeGreaterThan(0);
		expect(written.filter(({ result }) => result?.response !== undefined)).toEqual([]);
	});

	test('puts what is said of a choice into ids and numbers', () => {
		const choice = statements.find(({ result }) => result?.extensions?.[EXTENSIONS.quality])!;
		expect(choice.object.id).toMatch(/^https:\/\/w3id\.org\/rygsamtalen\/courses\/rygsamtalen\//);
		const { response, extensions } = choice.result!;
		expect(choice.object.definition!.choices!.map(({ id }) => id)).toContain(response);
		expect(extensions![EXTENSIONS.meters]).toEqual({
			trust: expect.any(Number),
			understanding: expect.any(Number),
			worry: expect.any(Number),
		});
		expect(choice.context.contextActivities.parent![0]!.definition!.type).toBe(TYPES.vignette);
	});
});

/** What stands at a path of the two forms that templates use. */
function at(statement: object, path: string): unknown {
	const parts = [...path.matchAll(/\.([a-z]+)|\['([^']+)'\]/gi)].map(
		([, name, key]) => name ?? key,
	);
	return parts.reduce<unknown>(
		(value, part) => (value as Record<string, unknown> | undefined)?.[part!],
		statement,
	);
}

describe('any history', () => {
	const events = everything(tiny);
	const some = fc.subarray(events);

	test('is told without a gap in its form, and twice the same', () => {
		fc.assert(
			fc.property(some, (history) => {
				const said = tell(tiny, history);
				expect(said.flatMap(({ statement }) => validate(statement))).toEqual([]);
				const ids = said.map(({ statement }) => statement.id);
				expect(new Set(ids).size).toBe(ids.length);
				expect(tell(tiny, history)).toEqual(said);
			}),
			{ numRuns: 60 },
		);
	});

	test('is told as begun before anything, and as left after everything', () => {
		fc.assert(
			fc.property(fc.subarray(events, { minLength: 1 }), (history) => {
				const course = tell(tiny, history).filter(
					({ statement }) => statement.object.definition?.type === TYPES.course,
				);
				expect(verbOf(course[0]!)).toBe('initialized');
				expect(verbOf(course.at(-1)!)).toBe('terminated');
			}),
			{ numRuns: 300 },
		);
	});
});

test('silence of more than half an hour ends a visit, at its last event', () => {
	const [first, second] = everything(tiny) as [LearnerEvent, LearnerEvent];
	const late = { ...second, at: new Date(Date.parse(first.at) + 31 * 60_000).toISOString() };
	const verbs = tell(tiny, [first, late])
		.filter(({ statement }) => statement.object.definition?.type === TYPES.course)
		.map((one) => [verbOf(one), one.statement.timestamp]);
	expect(verbs.filter(([verb]) => verb !== 'progressed')).toEqual([
		['initialized', first.at],
		['terminated', first.at],
		['initialized', late.at],
		['terminated', late.at],
	]);
});

test('each level of detail holds the ones before it', () => {
	expect(reaches('results', 'interactions')).toBe(true);
	expect(reaches('full', 'interactions')).toBe(false);
	const level = (most: 'results' | 'interactions' | 'full') =>
		told.filter(({ detail }) => reaches(detail, most)).length;
	expect(level('results')).toBeLessThan(level('interactions'));
	expect(level('interactions')).toBeLessThan(level('full'));
	expect(level('full')).toBe(told.length);
	const results = told.filter(({ detail }) => detail === 'results');
	expect(results.filter(({ statement }) => statement.result?.response)).toEqual([]);
});

test('seconds as ISO 8601 durations', () => {
	expect([0, 59, 60, 3600, 3725, 86_400].map(duration)).toEqual([
		'PT0S',
		'PT59S',
		'PT1M',
		'PT1H',
		'PT1H2M5S',
		'PT24H',
	]);
});

describe('the profile', () => {
	interface Thing {
		id: string;
		type: string;
		inScheme: string;
		prefLabel?: Record<string, string>;
		definition?: Record<string, string>;
		[more: string]: unknown;
	}
	const profile = profileDocument() as Record<string, unknown> & {
		concepts: Thing[];
		templates: Thing[];
		patterns: Thing[];
		versions: { id: string; generatedAtTime: string }[];
	};
	const things = [...profile.concepts, ...profile.templates, ...profile.patterns];

	test('has what the profile specification requires (structure, 6.0–9.0)', () => {
		expect(profile).toMatchObject({
			'@context': 'https://w3id.org/xapi/profiles/context',
			type: 'Profile',
			conformsTo: 'https://w3id.org/xapi/profiles#1.0',
			prefLabel: { en: expect.any(String), da: expect.any(String) },
			definition: { en: expect.any(String), da: expect.any(String) },
			author: { type: 'Organization', name: expect.any(String) },
		});
		const versions = profile.versions.map(({ id }) => id);
		expect(versions).not.toContain(profile.id);
		for (const { generatedAtTime } of profile.versions)
			expect(generatedAtTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		for (const thing of things) {
			expect(versions, thing.id).toContain(thing.inScheme);
			expect(thing.id.startsWith(`${PROFILE}/`), thing.id).toBe(true);
			// Primary patterns, templates and concepts must be named; other patterns need not.
			if (thing.type === 'Pattern' && !thing.primary) continue;
			for (const words of [thing.prefLabel, thing.definition])
				expect(words, thing.id).toEqual({ en: expect.any(String), da: expect.any(String) });
		}
		expect(new Set(things.map(({ id }) => id)).size).toBe(things.length);
	});

	test('describes each type and result extension of ours', () => {
		const described = profile.concepts.map(({ id }) => id);
		const ours = [...Object.values(TYPES), ...Object.values(EXTENSIONS)].filter((iri) =>
			iri.startsWith(PROFILE),
		);
		expect(described.sort()).toEqual(ours.sort());
		for (const { inlineSchema, type } of profile.concepts)
			if (type === 'ResultExtension')
				expect(() => JSON.parse(inlineSchema as string)).not.toThrow();
	});

	test('has templates with rules that say something, and patterns of known parts', () => {
		const known = new Set(things.map(({ id }) => id));
		for (const { rules, verb, objectActivityType } of profile.templates) {
			expect(Object.values(VERBS)).toContain(verb);
			expect(Object.values(TYPES)).toContain(objectActivityType);
			for (const rule of rules as Record<string, unknown>[])
				expect(Object.keys(rule).some((key) => ['presence', 'any'].includes(key))).toBe(true);
		}
		const kinds = ['alternates', 'optional', 'oneOrMore', 'sequence', 'zeroOrMore'];
		for (const pattern of profile.patterns) {
			const [kind, ...more] = kinds.filter((one) => one in pattern);
			expect(more).toEqual([]);
			for (const part of [pattern[kind!]].flat()) expect(known).toContain(part);
		}
	});
});
