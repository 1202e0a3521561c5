import { expect, test } from 'vitest';
import { LANGUAGES } from '../course/language.ts';
import { FORMATS } from '../packages/formats.ts';
import { GUIDES } from './index.ts';

test.each(GUIDES)('$id is told in both languages, to the end', (guide) => {
	expect(Object.keys(FORMATS)).toContain(guide.format);
	expect(guide.steps.length).toBeGreaterThanOrEqual(4);
	expect(guide.steps.some(({ picture }) => picture)).toBe(true);
	expect(guide.check.length).toBeGreaterThan(0);
	expect(guide.troubles.length).toBeGreaterThan(0);
	const texts = [
		guide.why,
		...guide.steps.map(({ text }) => text),
		...guide.check,
		...guide.troubles.flatMap(({ sign, mend }) => [sign, mend]),
	];
	for (const text of texts)
		for (const language of LANGUAGES) expect(text[language].length).toBeGreaterThan(10);
	for (const text of texts) expect(text.da).not.toBe(text.en);
});

test('every system is there, told apart by its address', () => {
	expect(GUIDES.map(({ id }) => id)).toEqual([
		'moodle',
		'totara',
		'successfactors',
		'cornerstone',
		'canvas',
		'generic',
	]);
});
