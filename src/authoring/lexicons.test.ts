import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES } from '#lib/course/language.ts';
import { checkLexicon } from './lexicons.ts';

const good = { kind: 'alarm', terms: ['worn out'], why: 'Why.', instead: 'Instead.' };
const words = { why: 'Why.', instead: 'Instead.' };
const questions = { leading: words, double: words };
function complaints(given: unknown): string[] {
	const file = join(mkdtempSync(join(tmpdir(), 'lexicon-')), 'en.json');
	writeFileSync(file, typeof given === 'string' ? given : JSON.stringify(given));
	return checkLexicon('en', file).map((one) => one.slice(file.length + 2));
}

test.each(LANGUAGES)('the lexicon in use has no mistake: %s', (lang) => {
	expect(checkLexicon(lang)).toEqual([]);
});

test.each([
	['no JSON', '{', /is no JSON/],
	['no words', { ...good, terms: [] }, /entries\.0\.terms names no words/],
	['no reason', { ...good, why: ' ' }, /entries\.0\.why is empty/],
	['another kind', { ...good, kind: 'rude' }, /entries\.0\.kind is neither/],
	['a bracket that is not closed', { ...good, terms: ['worn (out|down'] }, /a \) is missing/],
	['a list that is not there', { ...good, terms: ['<back> worn'] }, /names the list <back>/],
	['capitals', { ...good, terms: ['Worn out'] }, /write it in small letters/],
])('%s is named with its place', (_, entry, said) => {
	const given = typeof entry === 'string' ? entry : { groups: {}, questions, entries: [entry] };
	expect(complaints(given)).toEqual([expect.stringMatching(said)]);
});

test('a term that stands twice is told', () => {
	expect(complaints({ groups: {}, questions, entries: [good, good] })).toEqual([
		expect.stringContaining('stands in entries.0, too'),
	]);
});
