import type { Language } from '#lib/course/language.ts';
import type { Knowledge } from './knowledge.ts';
import { isAt, longestAt } from './pattern.ts';
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

/** Cuts a sentence where another question begins, or where a dash or semicolon parts it. */
export function piecesOf(sentence: Sentence, known: Knowledge): Piece[] {
	const { words } = sentence;
	const cuts = [0];
	for (let at = 1; at < words.length; at += 1)
		if (beginsAnother(sentence, at, cuts.at(-1)!, known)) cuts.push(at);
	return cuts.map((start, index) => {
		const own = words.slice(start, cuts[index + 1] ?? words.length);
		const from = mainClause(own, afterOpeners(own, known), known);
		const isLast = index === cuts.length - 1;
		return {
			words: own,
			from,
			asked: isLast && sentence.mark === '?',
			question: questionAt(own, from, known, true),
		};
	});
}

function beginsAnother(
	{ words, mark }: Sentence,
	at: number,
	since: number,
	known: Knowledge,
): boolean {
	const word = words[at]!;
	const before = words[at - 1]!;
	if (word.start === before.start) return false;
	// It has been cut before the "and".
	if (at - since === 1 && isJoint(before.norm)) return false;
	if (word.after === '–') return at - since > 0;
	const from = Math.min(words.length - 1, at + (isJoint(word.norm) ? 1 : 0));
	const opensWith = isAt(
		known.cues.subordinate,
		words,
		since + afterOpeners(words.slice(since), known),
	);
	const question = questionAt(words, from, known);
	if (question === 'wh')
		// "when it hurts, what do you do": the clause before only leads up to it.
		return (
			!(opensWith && word.after !== '') && at - since >= 1 && !isTaker(before.norm, known.lang)
		);
	if (question === 'verb-first')
		return (
			(word.after !== '' || isJoint(word.norm)) &&
			!opensWith &&
			at - since >= 2 &&
			isInverted(words, from, mark)
		);
	// Another sentence that only a comma parts from this one, or nothing: "… har du det, prøv at …".
	return word.after !== '' && at - since >= 2 && isAt(known.cues.leave, words, from);
}

/**
 * "…, kan jeg høre." and "så ringer jeg" have the verb first, too, and ask nothing: a full stop or the
 * speaker as subject tells.
 */
function isInverted(words: readonly Word[], at: number, mark: Sentence['mark']): boolean {
	const isOurs = ['jeg', 'vi'].includes(words[at + 1]!.norm);
	return mark === '?' || (mark !== '.' && !isOurs && words[at - 1]?.norm !== 'så');
}

/** "If it gets worse, ring me": where what is said begins, after the clause that leads up to it. */
function mainClause(words: readonly Word[], from: number, known: Knowledge): number {
	const { cues } = known;
	const next = questionAt(words, from + 1, known, true);
	const isSo = words[from]!.norm === 'så';
	if (isJoint(words[from]!.norm) && words[from + 1] && (isSo ? next === 'wh' : next !== null))
		return from + 1;
	if (!isAt(cues.subordinate, words, from)) return from;
	for (let at = from + 2; at < words.length; at += 1) {
		const word = words[at]!;
		if (word.after === '' && !isJoint(word.norm) && word.norm !== 'then') continue;
		const begins = isJoint(word.norm) || word.norm === 'then' ? at + 1 : at;
		if (questionAt(words, begins, known) === 'wh') return begins;
		if ([cues.advises, cues.invites, cues.leave].some((list) => isAt(list, words, begins)))
			return begins;
	}
	return from;
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
		'about on of over to in me us know tell me understand hear see wonder wondering curious describe explain at for with remember sure knowing that is'.split(
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
		at = opener.to;
	}
}

/** Whether a main question begins at a word. */
export function questionAt(
	words: readonly Word[],
	at: number,
	known: Knowledge,
	isStart = false,
): Piece['question'] {
	const { cues, lang } = known;
	const word = words[at];
	if (!word || word.quoted) return null;
	if (isAt(cues.wh, words, at)) return isMainWh(words, at, known, isStart) ? 'wh' : null;
	const next = words[at + 1];
	if (!next || next.after !== '') return null;
	// "…, fortalte du": whose words they are, not a question.
	if (!isStart && words.length - at <= 2) return null;
	if (isAt(cues.finite, words, at) && isAt(cues.subjects, words, at + 1)) return 'verb-first';
	return isVerb(word.norm, lang) && isPronoun(next.norm, lang) ? 'verb-first' : null;
}

const PRONOUNS = new Set('du de i jeg vi han hun man det you we they he she it'.split(' '));
/** Danish "i" is "in" far more often than "you". */
const isPronoun = (norm: string, lang: Language) =>
	PRONOUNS.has(norm) && !(norm === 'i' && lang === 'da');
const NO_ENGLISH_VERB = new Set(
	'you i we they he she it the a an your my this that these those there people things'.split(' '),
);
const NO_VERB =
	/^(eller|efter|over|under|der|her|hver|mere|bare|siden|for|før|hvor|selvfølgelig|derfor|altså|ofte|lidt|helt|bedre|værre|samme|rigtig|desværre|alle|nogle|hele|måske|ikke|ligesom|sammen|faster|mor|far|år|par|når|da|så|og|men|at|om|som|fordi|hvis|men|også|de|smerter|timer|uger|måneder|dage|tider)$/;

/** A Danish verb shows itself by its ending; an English question has one of a few before its subject. */
function isVerb(norm: string, lang: Language): boolean {
	return lang === 'da' && norm.length > 2 && /(r|ede|te)$/.test(norm) && !NO_VERB.test(norm);
}

/** Main questions have the verb before the subject: "hvad har du prøvet", not "hvad du har prøvet". */
function isMainWh(
	words: readonly Word[],
	at: number,
	{ cues, lang }: Knowledge,
	isStart: boolean,
): boolean {
	const next = words[at + 1]?.norm ?? '';
	if (isStart && lang === 'da') return !isPronoun(next, lang) && next !== 'der' && next !== 'dine';
	if (lang === 'en' && ['when', 'where', 'why', 'who'].includes(words[at]!.norm))
		return (
			words.length - at <= 2 ||
			next === 'not' ||
			isAt(cues.finite, words, at + 1) ||
			(at === 0 && !NO_ENGLISH_VERB.has(next))
		);
	if (
		lang === 'en' &&
		words[at]!.norm !== 'how' &&
		(isStart || words[at]!.after !== '') &&
		!NO_ENGLISH_VERB.has(next) &&
		next.endsWith('s')
	)
		return true;
	if (next === 'come') return true;
	// "hvad har du", but "hvad andre har": in the middle only a verb right after it asks.
	if (lang === 'da' && /^(hvad|hvordan|hvorfor|hvem)$/.test(words[at]!.norm))
		return next === 'med' || isAt(cues.finite, words, at + 1) || isVerb(next, lang);
	for (let ahead = 1; ahead <= 6 && at + ahead < words.length; ahead += 1) {
		const here = words[at + ahead]!;
		if (isAt(cues.finite, words, at + ahead)) return true;
		if (isVerb(here.norm, lang) && isAt(cues.subjects, words, at + ahead + 1)) return true;
		// "hvad der er", "what you are"
		if (isPronoun(here.norm, lang) || here.norm === 'der') return false;
		if (lang === 'en' && here.norm === 'that') return false;
	}
	// "hvad med søvnen", "hvorfor det", "what about work", "how so"
	return (
		((isStart || words[at]!.after !== '') && words.length - at <= 5) ||
		['med', 'about', 'else', 'ellers', 'kind', 'sort'].includes(words[at + 1]?.norm ?? '')
	);
}
