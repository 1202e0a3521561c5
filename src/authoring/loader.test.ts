import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { metaphorsOf } from '#lib/course/model.ts';
import { loadCourse } from './loader.ts';
import { unreleased, writeLock } from './lock.ts';
import { formatMistake } from './mistakes.ts';

const TINY = 'tests/fixtures/courses/tiny';
const HELLO = '01-basics/01-hello';
let home: string;
let folder: string;

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'course-'));
	folder = join(home, 'tiny');
	cpSync(TINY, folder, { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

/** Changes one file of the copy, checks the course and gives its mistakes as an author reads them. */
function mistakesAfter(file: string, from: string | RegExp, to: string): string[] {
	const path = join(folder, file);
	const before = readFileSync(path, 'utf8');
	const after = before.replace(from, to);
	expect(after, 'the test changes something').not.toBe(before);
	writeFileSync(path, after);
	return check();
}

function check(): string[] {
	return loadCourse(folder).mistakes.map((mistake) => formatMistake(mistake, folder));
}

test('reads a course with every activity type', () => {
	const { course, mistakes, prose } = loadCourse(TINY);
	expect(mistakes).toEqual([]);
	expect(course?.chapters[0]?.lessons.map((lesson) => lesson.id)).toEqual(['hello', 'bye']);
	const [hello] = course!.chapters[0]!.lessons;
	expect(hello?.title).toEqual({ da: 'Goddag', en: 'Hello' });
	expect(hello?.steps.map((step) => [step.kind, step.id])).toEqual([
		['read', 'welcome'],
		['activity', 'anna'],
		['set', 'warm-up'],
		['set', 'check'],
		['activity', 'my-tea'],
	]);
	expect(hello && metaphorsOf(hello)).toEqual(['kettle']);
	expect(Object.keys(prose)).toContain('tiny/hello/en');
});

describe('names file, line and mend of', () => {
	test('a lesson whose name is an address already', () => {
		renameSync(join(folder, '01-basics/02-bye'), join(folder, '01-basics/02-metaphors'));
		expect(check()).toContainEqual(
			expect.stringMatching(
				/^course\.yaml a lesson cannot be called "metaphors": its address is taken/,
			),
		);
	});

	test('an unknown key', () => {
		expect(mistakesAfter(`${HELLO}/vignette.yaml`, 'minutes: 2', 'minuts: 2')).toEqual([
			`${HELLO}/vignette.yaml:4 minuts: unknown key "minuts"; correct it or take it out`,
		]);
	});

	test('a missing language', () => {
		expect(
			mistakesAfter(
				`${HELLO}/vignette.yaml`,
				'en: How was it? }\n        quality',
				'}\n        quality',
			),
		).toEqual([`${HELLO}/vignette.yaml:26 option "ask-day" text: has no English text`]);
	});

	test('an effect on an unknown meter', () => {
		const [only, ...rest] = mistakesAfter(`${HELLO}/vignette.yaml`, 'trust: 20', 'hope: 20');
		expect(rest).toEqual([]);
		expect(only).toMatch(/vignette\.yaml:29 option "ask-day" effects\.hope: unknown key "hope"/);
	});

	test('a turn that leads nowhere', () => {
		const mistakes = mistakesAfter(`${HELLO}/vignette.yaml`, 'next: drink', 'next: drnik');
		expect(mistakes.join('\n')).toMatch(/vignette\.yaml:\d+ option "ask-day".*"drnik"/);
	});

	test('an activity of unknown type', () => {
		const [only] = mistakesAfter(`${HELLO}/activities.yaml`, 'type: order', 'type: sorting');
		expect(only).toMatch(
			/activities\.yaml:\d+ item "steps" type: there is no activity type "sorting"/,
		);
	});

	test('an activity that is placed nowhere', () => {
		const path = join(folder, HELLO, 'lesson.en.svx');
		writeFileSync(path, readFileSync(path, 'utf8').replace('<Drill id="warm-up" />', ''));
		expect(
			mistakesAfter(`${HELLO}/lesson.da.svx`, '<Drill id="warm-up" />', '').join('\n'),
		).toMatch(/drill "warm-up": is placed nowhere; put <Drill id="warm-up" \/>/);
	});

	test('a placed activity that is not there', () => {
		const mistakes = mistakesAfter(`${HELLO}/lesson.da.svx`, '"anna"', '"anne"');
		expect(mistakes).toContain(
			`${HELLO}/lesson.da.svx:21 there is no activity "anne" in activities.yaml or vignette.yaml`,
		);
	});

	test('steps that differ between the languages', () => {
		const mistakes = mistakesAfter(`${HELLO}/lesson.en.svx`, '<Activity id="my-tea" />', '');
		expect(mistakes.join('\n')).toMatch(
			/lesson\.en\.svx.* has nothing where the Danish text has activity "my-tea"/,
		);
	});

	test('an id that stands twice', () => {
		const [only] = mistakesAfter(`${HELLO}/activities.yaml`, 'id: pairs', 'id: steps');
		expect(only).toMatch(/item "steps".*is taken already in the lesson; choose another id/);
	});

	test('broken links to a lesson, a metaphor and a fact', () => {
		mistakesAfter(`${HELLO}/lesson.da.svx`, 'lesson:bye', 'lesson:by');
		mistakesAfter(`${HELLO}/lesson.da.svx`, 'fact:hundred', 'fact:hundrd');
		expect(mistakesAfter(`${HELLO}/lesson.da.svx`, 'id="kettle"', 'id="pan"')).toEqual([
			`${HELLO}/lesson.da.svx:17 there is no metaphor "pan"`,
			`${HELLO}/lesson.da.svx:9 there is no fact "hundrd"; did you mean "hundred"?`,
			`${HELLO}/lesson.da.svx:9 there is no lesson "by"`,
		]);
	});

	test('a skill that the course does not have', () => {
		const [only] = mistakesAfter(`${HELLO}/vignette.yaml`, 'skill: asking', 'skill: askng');
		expect(only).toBe(`${HELLO}/vignette.yaml:28 there is no skill "askng"`);
	});

	test('a choice without a right answer', () => {
		const [only] = mistakesAfter(`${HELLO}/activities.yaml`, 'Water }, right: true', 'Water }');
		expect(only).toMatch(/item "three" options: no option is right/);
	});

	test('a right option that is always the longest', () => {
		const file = join(folder, HELLO, 'activities.yaml');
		const text = readFileSync(file, 'utf8');
		const question = (at: number) => `
      - id: long-${at}
        type: choice
        prompt: { da: x, en: x }
        options:
          - { id: a, text: { da: langt svar, en: long answer }, right: true, why: { da: x, en: x } }
          - { id: b, text: { da: ja, en: 'yes' }, why: { da: x, en: x } }
          - { id: c, text: { da: nej, en: 'no' }, why: { da: x, en: x } }`;
		writeFileSync(file, text.trimEnd() + [1, 2, 3, 4, 5].map(question).join('') + '\n');
		expect(check().join('\n')).toMatch(
			/in Danish the right option is the longest in 6 of 7 questions/,
		);
	});

	test('text outside of a step', () => {
		const mistakes = mistakesAfter(`${HELLO}/lesson.da.svx`, '<Activity id="anna" />', 'Hej');
		expect(mistakes[0]).toMatch(/lesson\.da\.svx:21 text stands outside of every step/);
	});

	test('broken YAML', () => {
		const [first] = mistakesAfter(`${HELLO}/activities.yaml`, 'activities:', 'activities: [');
		expect(first).toMatch(/activities\.yaml:\d+ .*YAML: check the indentation and the quotes/);
	});

	test('a lesson without a language', () => {
		rmSync(join(folder, '01-basics/02-bye/lesson.en.svx'));
		expect(check()).toEqual([
			'01-basics/02-bye/lesson.en.svx is missing: the lesson has no English text',
		]);
	});

	test('a folder without a number', () => {
		cpSync(join(folder, '01-basics'), join(folder, 'more'), { recursive: true });
		expect(check()).toEqual([
			'more a folder here is called by number and id, such as "01-about-back-pain"; rename it',
		]);
	});

	test('a released id that is gone', () => {
		writeLock(loadCourse(folder).course!, folder);
		expect(check()).toEqual([]);
		const mistakes = mistakesAfter(`${HELLO}/activities.yaml`, 'id: steam', 'id: vapour');
		expect(mistakes).toHaveLength(1);
		expect(mistakes[0]).toMatch(
			/^ids\.lock:\d+ "hello\/warm-up\/sort\/steam" was released and is gone/,
		);
	});
});

test('locking lists every id once, and only new ones are unreleased', () => {
	const { course } = loadCourse(folder);
	expect(unreleased(course!, folder)).toContain('hello/anna/anna/welcome/own-day/sorry');
	writeLock(course!, folder);
	expect(unreleased(course!, folder)).toEqual([]);
});
