import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCourse } from '../loader.ts';
import { formatMistake } from '../mistakes.ts';

const HELLO = '01-basics/01-hello';
let folder: string;

beforeEach(() => {
	folder = join(mkdtempSync(join(tmpdir(), 'course-')), 'tiny');
	cpSync('tests/fixtures/courses/tiny', folder, { recursive: true });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

/** Replaces the first occurrence, and gives what the check says then. */
function after(file: string, from: string, to: string): string {
	const path = join(folder, file);
	const text = readFileSync(path, 'utf8');
	expect(text).toContain(from);
	writeFileSync(path, text.replace(from, to));
	return loadCourse(folder)
		.mistakes.map((mistake) => formatMistake(mistake, folder))
		.join('\n');
}

test('a number in the prose needs a fact', () => {
	expect(after(`${HELLO}/lesson.en.svx`, '100 degrees', '90 degrees')).toMatch(
		/lesson\.en\.svx:\d+ no fact supports "90" in the English text; put it into facts\.yaml/,
	);
});

test('a number in a reason needs a fact, in what a patient says it does not', () => {
	const vignette = `${HELLO}/vignette.yaml`;
	expect(after(vignette, 'Hun spurgte ikke om det.', 'Det gjorde 8 ud af 9.')).toMatch(
		/vignette\.yaml:\d+ .*why: no fact supports "8" in the Danish text/,
	);
	expect(
		after(vignette, 'reply: { da: Ja ja., en: Yes yes. }', 'reply: { da: 7 år., en: 7 years. }'),
	).not.toMatch(/"7"/);
});

test('both languages say the same numbers', () => {
	expect(
		after(
			`${HELLO}/vignette.yaml`,
			'reply: { da: Ja ja., en: Yes yes. }',
			'reply: { da: 7 år., en: 8 years. }',
		),
	).toMatch(/reply: 7, 8 stands in one language only/);
});

test('a text has to fit its place', () => {
	expect(after(`${HELLO}/vignette.yaml`, 'da: Træt.', `da: ${'Træt '.repeat(60)}`)).toMatch(
		/feels: the Danish text has 299 characters and its place has room for 160/,
	);
});

test('what course.yaml asks for is held: reading ease, length and turns', () => {
	const said = after(
		'course.yaml',
		'skills:',
		'readingEase: { da: { from: 90, to: 99 }, en: { from: 0, to: 1 } }\nproseWords: { from: 500, to: 600 }\nvignetteTurns: { from: 6, to: 9 }\nskills:',
	);
	expect(said).toMatch(
		/lesson\.da\.svx the prose has a LIX of \d+; course\.yaml wants 90 to 99 in Danish, so let/,
	);
	expect(said).toMatch(/lesson\.en\.svx the prose has a LIX of \d+; .* so use shorter/);
	expect(said).toMatch(/lesson\.da\.svx the prose has \d+ words; course\.yaml wants 500 to 600/);
	expect(said).toMatch(/vignette\.yaml takes 2 to 2 turns; course\.yaml wants 6 to 9/);
});
