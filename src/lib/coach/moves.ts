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
		const from = atQuestionWord(own, mainClause(own, afterOpeners(own, known), known), known);
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
	const opening = since + afterOpeners(words.slice(since), known);
	const opensWith =
		isAt(known.cues.subordinate, words, opening) &&
		questionAt(words, opening, known, true) === null;
	const question = questionAt(words, from, known);
	if (question === 'wh')
		// "when it hurts, what do you do": the clause before only leads up to it.
		return (
			!(opensWith && word.after !== '') &&
			at - since >= 1 &&
			!isAt(known.cues.takers, words, at - 1)
		);
	if (question === 'verb-first')
		return (
			!isTag(words, at, known) &&
			(word.after !== '' || isJoint(word.norm)) &&
			!opensWith &&
			at - since >= 2 &&
			isInverted(words, from, mark)
		);
	// Another sentence that only a comma parts from this one, or nothing: "… har du det, prøv at …".
	return word.after !== '' && at - since >= 2 && isAt(known.cues.leave, words, from);
}

/** "…, kan du ikke?" */
function isTag(words: readonly Word[], at: number, { cues }: Knowledge): boolean {
	return longestAt(cues.tags, words, at)?.to === words.length;
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
	if (isJoint(words[from]!.norm) && words[from + 1]) {
		const rest = words.slice(from + 1);
		const on = from + 1 + atQuestionWord(rest, afterOpeners(rest, known), known);
		const next = questionAt(words, on, known, true);
		if (words[from]!.norm === 'så' ? next === 'wh' : next !== null) return on;
	}
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

/** "In what way …", "på hvilken måde …" ask as much as what follows the preposition does. */
function atQuestionWord(words: readonly Word[], from: number, { cues }: Knowledge): number {
	return isAt(cues.prepositions, words, from) && isAt(cues.wh, words, from + 1) ? from + 1 : from;
}

const isJoint = (norm: string) =>
	['og', 'men', 'så', 'eller', 'and', 'but', 'so', 'or'].includes(norm);

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
	const { cues } = known;
	const word = words[at];
	if (!word || word.quoted) return null;
	if (isAt(cues.wh, words, at)) return isMainWh(words, at, known, isStart) ? 'wh' : null;
	const next = words[at + 1];
	if (!next || next.after !== '') return null;
	// "…, fortalte du": whose words they are, not a question.
	if (!isStart && words.length - at <= 2) return null;
	if (isAt(cues.finite, words, at) && isAt(cues.subjects, words, at + 1)) return 'verb-first';
	return isVerb(words, at, known) && isAt(cues.pronouns, words, at + 1) ? 'verb-first' : null;
}

/** A Danish verb shows itself by its ending; an English question has one of a few before its subject. */
const isVerb = (words: readonly Word[], at: number, { cues, lang }: Knowledge) =>
	lang === 'da' && /^..+(r|ede|te)$/.test(words[at]?.norm ?? '') && !isAt(cues.noVerbs, words, at);

/** Main questions have the verb before the subject: "hvad har du prøvet", not "hvad du har prøvet". */
function isMainWh(words: readonly Word[], at: number, known: Knowledge, isStart: boolean): boolean {
	const early = known.lang === 'da' ? isMainInDanish : isMainInEnglish;
	const isShort = (isStart || words[at]!.after !== '') && words.length - at <= 5;
	return (
		early(words, at, known, isStart) ??
		isVerbFirst(words, at, known) ??
		// "hvad med søvnen", "hvorfor det", "what about work", "how so"
		(isShort || STAND_FOR_A_VERB.has(words[at + 1]?.norm ?? ''))
	);
}

const STAND_FOR_A_VERB = new Set(['med', 'about', 'else', 'ellers', 'kind', 'sort']);

function isMainInDanish(
	words: readonly Word[],
	at: number,
	known: Knowledge,
	isStart: boolean,
): boolean | undefined {
	const { cues } = known;
	const next = words[at + 1]?.norm ?? '';
	if (isStart) return !isAt(cues.pronouns, words, at + 1) && next !== 'der' && next !== 'dine';
	// "hvad har du", but "hvad andre har": in the middle only a verb right after it asks.
	if (/^(hvad|hvordan|hvorfor|hvem)$/.test(words[at]!.norm))
		return next === 'med' || isAt(cues.finite, words, at + 1) || isVerb(words, at + 1, known);
	return undefined;
}

function isMainInEnglish(
	words: readonly Word[],
	at: number,
	{ cues }: Knowledge,
	isStart: boolean,
): boolean | undefined {
	const { norm, after } = words[at]!;
	const next = words[at + 1]?.norm ?? '';
	const mayBeVerb = !isAt(cues.noVerbs, words, at + 1);
	const begins = isStart || after !== '' || isJoint(words[at - 1]!.norm);
	// "people who can …"
	if (norm === 'who' && !begins) return false;
	if (['when', 'where', 'why', 'who'].includes(norm))
		return (
			words.length - at <= 2 ||
			next === 'not' ||
			next === 'else' ||
			isAt(cues.finite, words, at + 1) ||
			(at === 0 && mayBeVerb)
		);
	// "what worries you", "what brought you here", "how come"
	const asksItself =
		mayBeVerb &&
		begins &&
		((norm !== 'how' && next.endsWith('s')) || words[at + 2]?.norm === 'you');
	return asksItself || next === 'come' || undefined;
}

/** Whether a verb comes before a subject in what follows; undefined where neither comes. */
function isVerbFirst(words: readonly Word[], at: number, known: Knowledge): boolean | undefined {
	const { cues, lang } = known;
	for (let ahead = at + 1; ahead <= at + 6 && ahead < words.length; ahead += 1) {
		if (isAt(cues.finite, words, ahead)) return true;
		if (isVerb(words, ahead, known) && isAt(cues.subjects, words, ahead + 1)) return true;
		// "hvad der er", "what you are"
		const { norm } = words[ahead]!;
		if (isAt(cues.pronouns, words, ahead) || norm === (lang === 'da' ? 'der' : 'that'))
			return false;
	}
	return undefined;
}
