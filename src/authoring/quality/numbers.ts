import type { Fact } from '#lib/course/model.ts';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import type { Text } from '#lib/course/text.ts';

/** Numbers of a text in the order in which they stand: `2.000`, `2,000` and `2000` are one. */
export function numbersIn(text: string): string[] {
	return [...text.matchAll(/\d+(?:[.,]\d+)*/g)].map(([number]) =>
		number.replaceAll(/[.,](?=\d{3}(?!\d))/g, '').replace(',', '.'),
	);
}

const SMALL: Record<Language, string[]> = {
	da: ['nul', 'en', 'to', 'tre', 'fire', 'fem', 'seks', 'syv', 'otte', 'ni', 'ti'],
	en: ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
};
const BETWEEN: Record<Language, string> = { da: '(?:ud\\s+)?af', en: '(?:out\\s+of|of|in)' };

/**
 * Shares in words, "three in four", as `3/4`. Small numbers alone are left: a clinician may well say
 * "come back in two weeks".
 */
export function sharesIn(text: string, language: Language): string[] {
	const word = SMALL[language].slice(1).join('|');
	const share = new RegExp(
		`(?<!\\p{L})(${word})\\s+${BETWEEN[language]}\\s+(${word})(?!\\p{L})`,
		'giu',
	);
	return [...text.matchAll(share)].map(([, part, whole]) => {
		const value = (one: string) => SMALL[language].indexOf(one.toLowerCase());
		return `${value(part!)}/${value(whole!)}`;
	});
}

/** Everything in the statements and cautions of a course's facts that may be said as a number. */
export function supported(facts: Fact[]): Record<Language, Set<string>> {
	const said = (language: Language) =>
		new Set(
			facts.flatMap(({ statement, caution }) =>
				[statement[language], caution?.[language] ?? ''].flatMap((text) => [
					...numbersIn(text),
					// "three in four" supports 3 and 4 as well
					...sharesIn(text, language).flatMap((share) => [share, ...share.split('/')]),
				]),
			),
		);
	return { da: said('da'), en: said('en') };
}

/** Days of the month and times of day: an appointment claims nothing. */
const APPOINTMENTS = /\bden \d{1,2}\.|\b\d{1,2}(?:st|nd|rd|th)\b|\bkl\. ?\d{1,2}(?:[.:]\d{2})?/g;

/** Numbers and shares of a text that no fact supports. */
export function unsupported(
	text: string,
	language: Language,
	facts: Record<Language, Set<string>>,
): string[] {
	const claims = text.replaceAll(APPOINTMENTS, '');
	return [...numbersIn(claims), ...sharesIn(claims, language)].filter(
		(number) => !facts[language].has(number),
	);
}

/** Numbers that stand in one language only; times of day and the like are the author's to word alike. */
export function differingNumbers(text: Text): string[] {
	const [first, second] = LANGUAGES.map((language) => numbersIn(text[language]));
	return [...without(first!, second!), ...without(second!, first!)];
}

function without(all: string[], others: string[]): string[] {
	const left = [...others];
	return all.filter((one) => {
		const at = left.indexOf(one);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}
