import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, readSet } from '../../../tests/coach/eval.ts';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { assess } from './assess.ts';
import { ACTS, ASKS, FORMS, type FlagKind } from './contract.ts';
import { da } from './languages/da.ts';
import { en } from './languages/en.ts';
import { LONGEST_SENTENCE, read } from './text.ts';

const kinds = (text: string, lang: Language): FlagKind[] =>
	assess(text, { lang }).flags.map(({ kind }) => kind);

describe.each(LANGUAGES)('on the development set (%s)', (lang) => {
	const report = evaluate(readSet(`tests/coach/${lang}.jsonl`));

	test('four in five acts are read as labelled, and more', () => {
		expect(report.accuracy).toBeGreaterThan(0.88);
		expect(report.macroF1).toBeGreaterThan(0.85);
	});

	test('nine in ten flags are right, and three in four are found', () => {
		for (const [kind, { precision, recall }] of Object.entries(report.flags)) {
			expect(precision, `${kind}: precision`).toBeGreaterThanOrEqual(0.9);
			expect(recall, `${kind}: recall`).toBeGreaterThanOrEqual(0.75);
		}
	});
});

test.each<[Language, string, string, string]>([
	['da', 'Vil du fortælle, hvordan det begyndte?', 'open-question', 'verb-first'],
	['da', 'fortæl mig om en almindelig dag', 'open-question', 'statement'],
	['da', 'hvor længe har du haft ondt', 'closed-question', 'wh'],
	['da', 'Så du er bange for, at den går i stykker?', 'reflection', 'statement'],
	['da', 'det kan jeg godt forstå', 'validation', 'statement'],
	['da', 'du bør gå en tur hver dag', 'advice', 'statement'],
	['da', 'de fleste får det bedre i løbet af nogle uger', 'information', 'statement'],
	['da', 'hvrodan har du det', 'open-question', 'wh'],
	['en', 'Can you walk me through a usual day?', 'open-question', 'verb-first'],
	['en', 'when did it start', 'closed-question', 'wh'],
	['en', "so you're worried it'll give out", 'reflection', 'statement'],
	['en', 'Anybody would be worried.', 'validation', 'statement'],
	['en', 'you should try to keep moving', 'advice', 'statement'],
	['en', 'most people get better within a few weeks', 'information', 'statement'],
])('%s: “%s” is %s, by form %s', (lang, text, act, form) => {
	expect(assess(text, { lang })).toMatchObject({ act, form });
});

test.each<[Language, string, FlagKind[]]>([
	['da', 'Din ryg er slidt op.', ['alarm']],
	['da', 'Din ryg er ikke slidt op.', []],
	['da', 'Du fik at vide, at det var slidgigt – hvordan har du det med det?', []],
	['da', 'Du siger »slidt op«, hvad tænker du om det?', []],
	['da', 'Er det ikke bare stress?', ['leading', 'dismissive']],
	['da', 'Hvor gør det ondt, og hvordan sover du?', ['double']],
	['da', 'Er det værst om morgenen eller om aftenen?', []],
	['da', 'Du har en spondylose.', ['jargon']],
	['da', 'Du har en spondylose, altså almindelige forandringer i ryggens led.', []],
	['en', 'Your back is worn out.', ['alarm']],
	['en', "Your back isn't worn out.", []],
	['en', 'You were told it was worn out. What do you make of that?', []],
	['en', "It's all in your head.", ['dismissive']],
	['en', "You're not afraid of moving, are you?", ['leading']],
	['en', 'Where does it hurt, and how do you sleep?', ['double']],
])('%s: “%s” carries %j', (lang, text, flags) => {
	expect(kinds(text, lang).toSorted()).toEqual(flags.toSorted());
});

test.each(LANGUAGES)('any text is read without a mistake, and spans lie inside it: %s', (lang) => {
	const words = readSet(`tests/coach/${lang}.jsonl`).flatMap(({ text }) => text.split(' '));
	const near = fc
		.array(fc.constantFrom(...words, '?', '.', ',', '»', '"', '–', '\n'), { maxLength: 60 })
		.map((parts) => parts.join(' '));
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), near), (text) => {
			const { act, asks, form, flags, moves, permission, why } = assess(text, { lang });
			expect(ACTS).toContain(act);
			expect(ASKS).toContain(asks);
			expect(FORMS).toContain(form);
			const spans = [...flags, ...moves, ...moves.map(({ cue }) => cue), permission, why];
			for (const span of spans) {
				if (!span) continue;
				expect(span.start).toBeGreaterThanOrEqual(0);
				expect(span.end).toBeGreaterThan(span.start);
				expect(span.end).toBeLessThanOrEqual(text.length);
			}
			// The same words are read the same way every time.
			expect(assess(text, { lang }).act).toBe(act);
		}),
		{ numRuns: 300 },
	);
});

// Within a sentence words are looked at in pairs, so that sentences must not grow with the text.
test.each(LANGUAGES)(
	'however little somebody punctuates, no sentence grows beyond a bound: %s',
	(lang) => {
		const words = readSet(`tests/coach/${lang}.jsonl`).flatMap(
			({ text }) => text.match(/\p{L}+/gu) ?? [],
		);
		const known = lang === 'da' ? da : en;
		const sentences = read(words.join(' ').slice(0, 10_000), known);
		expect(sentences.length).toBeGreaterThan(5);
		expect(Math.max(...sentences.map((sentence) => sentence.words.length))).toBeLessThanOrEqual(
			LONGEST_SENTENCE + 1,
		);
	},
);
