import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differingNumbers, numbersIn, sharesIn, supported, unsupported } from './numbers.ts';

describe('numbers', () => {
	test.each([
		['mindst 97 af 100', ['97', '100']],
		['2.000 og 1,5', ['2000', '1.5']],
		['kl. 7.30', ['7.30']],
		['ingen', []],
	])('are found in "%s"', (text, expected) => {
		expect(numbersIn(text)).toEqual(expected);
	});

	test.each([
		['Tre af fire får det igen', 'da', ['3/4']],
		['ni ud af ti', 'da', ['9/10']],
		['Three in four have it again', 'en', ['3/4']],
		['nine out of ten', 'en', ['9/10']],
		['come back in two weeks', 'en', []],
		['en af de bedste', 'da', []],
	] as const)('"%s" is a share in words', (text, language, expected) => {
		expect(sharesIn(text, language)).toEqual(expected);
	});

	const facts = supported([
		{
			id: 'f',
			source: 'x',
			statement: { da: 'Mindst 97 af 100.', en: 'At least 97 of 100.' },
			caution: { da: 'Tre af fire.', en: 'Three in four.' },
		},
	]);

	test('need a fact in the same language', () => {
		expect(unsupported('97 af 100, og tre af fire', 'da', facts)).toEqual([]);
		expect(unsupported('96 of 100, and two in three', 'en', facts)).toEqual(['96', '2/3']);
	});

	test('of an appointment are no claim, and a share supports its parts', () => {
		expect(unsupported('Vi ses den 12. kl. 10.30, og 3 af 4', 'da', facts)).toEqual([]);
		expect(unsupported('See you on the 12th, 3 of 4', 'en', facts)).toEqual([]);
	});

	test('that stand in one language only are told, however they are written', () => {
		expect(differingNumbers({ da: '2.000 af 3', en: '3 of 2,000' })).toEqual([]);
		expect(differingNumbers({ da: '3 og 3', en: '3 and 4' })).toEqual(['3', '4']);
	});

	test('never differ from themselves', () => {
		fc.assert(
			fc.property(fc.string(), (text) => differingNumbers({ da: text, en: text }).length === 0),
		);
	});
});
