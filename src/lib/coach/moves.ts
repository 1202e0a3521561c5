import type { Language } from '#lib/course/language.ts';
import type { Knowledge } from './language.ts';
import { longestAt, matchAt, type Pattern } from './pattern.ts';
import type { Sentence, Word } from './text.ts';

/** A stretch of a sentence that does one thing, as far as its build tells. */
export interface Piece {
	words: Word[];
	/** Where it begins after "okay", "well" and the like. */
	from: number;
	/** Whether a question mark ends it. */
	asked: boolean;
	/** Whether it is a main question of its own: question word and verb before the subject, or verb first. */
	question: 'wh' | 'verb-first' | null;
}

export const isOneOf = (
	patterns: readonly Pattern[],
	words: readonly Word[],
	at: number,
): boolean => patterns.some((pattern) => matchAt(pattern, words, at) > at);

/** Cuts a sentence where another question begins, or where a dash or semicolon parts it. */
export function piecesOf(sentence: Sentence, known: Knowledge, lang: Language): Piece[] {
	const { words } = sentence;
	const cuts = [0];
	for (let at = 1; at < words.length; at += 1)
		if (beginsAnother(words, at, cuts.at(-1)!, known, lang)) cuts.push(at);
	return cuts.map((start, index) => {
		const own = words.slice(start, cuts[index + 1] ?? words.length);
		const from = afterOpeners(own, known);
		const isLast = index === cuts.length - 1;
		return {
			words: own,
			from,
			asked: isLast && sentence.end_mark === '?',
			question: questionAt(own, from, known, lang),
		};
	});
}

function beginsAnother(
	words: readonly Word[],
	at: number,
	since: number,
	known: Knowledge,
	lang: Language,
): boolean {
	const word = words[at]!;
	const before = words[at - 1]!;
	if (word.start === before.start) return false;
	if (word.after === '–') return at - since > 0;
	const from = Math.min(words.length - 1, at + (isJoint(word.norm) ? 1 : 0));
	const opensWith = isOneOf(
		known.cues.subordinate,
		words,
		since + afterOpeners(words.slice(since), known),
	);
	const question = questionAt(words, from, known, lang);
	if (question === 'wh')
		// "when it hurts, what do you do": the clause before only leads up to it.
		return !(opensWith && word.after !== '') && at - since >= 1 && !isTaker(before.norm, lang);
	if (question === 'verb-first')
		return (word.after !== '' || isJoint(word.norm)) && !opensWith && at - since >= 2;
	// Another sentence that only a comma parts from this one, or nothing: "… har du det, prøv at …".
	return word.after !== '' && at - since >= 2 && isOneOf(known.cues.leave, words, from);
}

const isJoint = (norm: string) =>
	['og', 'men', 'så', 'eller', 'and', 'but', 'so', 'or'].includes(norm);

/** After these an embedded question follows, whatever its order. */
const TAKERS = {
	da: new Set(
		'om på med ved til af for i over hvad at fortæl fortælle vide høre forstå beskrive beskriv forklare se'.split(
			' ',
		),
	),
	en: new Set(
		'about on of to in know tell me understand hear see wonder wondering curious describe explain at for with remember sure knowing that is'.split(
			' ',
		),
	),
};
const isTaker = (norm: string, lang: Language) => TAKERS[lang].has(norm);

export function afterOpeners(words: readonly Word[], { cues }: Knowledge): number {
	let at = 0;
	for (;;) {
		const opener = longestAt(cues.openers, words, at);
		if (!opener || opener.to >= words.length) return at;
		// "Så du er …" and "Men du …" stay whole; "tak" before a sentence does not.
		at = opener.to;
	}
}

/** Whether a main question begins at a word. */
export function questionAt(
	words: readonly Word[],
	at: number,
	{ cues }: Knowledge,
	lang: Language,
): Piece['question'] {
	const word = words[at];
	if (!word || word.quoted) return null;
	if (isOneOf(cues.wh, words, at)) return isMainWh(words, at, cues, lang) ? 'wh' : null;
	if (!isOneOf(cues.finite, words, at)) return null;
	const next = words[at + 1];
	if (!next || next.after !== '') return null;
	return isOneOf(cues.subjects, words, at + 1) ? 'verb-first' : null;
}

/** Main questions have the verb before the subject: "hvad har du prøvet", not "hvad du har prøvet". */
function isMainWh(
	words: readonly Word[],
	at: number,
	cues: Knowledge['cues'],
	lang: Language,
): boolean {
	for (let ahead = 1; ahead <= 6 && at + ahead < words.length; ahead += 1) {
		const here = words[at + ahead]!;
		if (isOneOf(cues.finite, words, at + ahead)) {
			// "hvad der er", "what you are"
			return true;
		}
		if (['du', 'jeg', 'der', 'vi', 'you', 'i', 'we', 'they', 'he', 'she', 'it'].includes(here.norm))
			return false;
		if (lang === 'en' && here.norm === 'that') return false;
	}
	// "hvad med søvnen", "hvorfor det", "what about work", "how so"
	return (
		words.length - at <= 5 ||
		['med', 'about', 'else', 'ellers', 'kind', 'sort'].includes(words[at + 1]?.norm ?? '')
	);
}
