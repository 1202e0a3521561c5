import { expect, test } from 'vitest';
import { cardsFile, cardsHash, printedHash } from '../../src/authoring/cards.ts';
import { LANGUAGES } from '../../src/lib/course/language.ts';

test('the printed pocket cards are of the course as it is; else `npm run build && npm run cards`', () => {
	const folder = 'courses/rygsamtalen';
	for (const language of LANGUAGES) expect(cardsFile(folder, language)).toBeDefined();
	expect(printedHash(folder)).toBe(cardsHash(folder));
});
