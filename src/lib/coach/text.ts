import type { Span } from './contract.ts';
import type { Knowledge } from './knowledge.ts';
import type { Spelling } from './spellings.ts';

/** A word as it is looked up. One written word may be two: "don't" is `do` and `not`. */
export interface Word extends Span {
	/** Lower case, contractions and usual misspellings resolved. */
	norm: string;
	/** What stands between it and the word before: marks, as far as they matter. */
	after: Gap;
	/** Inside quotation marks. */
	quoted: boolean;
}

/** `''` nothing but space, `,` a comma or bracket, `–` a dash, colon or semicolon. */
export type Gap = '' | ',' | '–';

export interface Sentence extends Span {
	words: Word[];
	/** The mark that ends it, `?` also of `?!`; `''` where there is none. */
	mark: '' | '.' | '?' | '!';
}

const TOKEN = /[\p{L}\p{N}]+(?:['’´`-][\p{L}\p{N}]+)*['’´`]?|\S/gu;
const WORD = /^[\p{L}\p{N}]/u;
const ABBREVIATIONS =
	/^(fx|f\.eks|evt|ift|mht|bl\.a|pga|ca|kl|nr|dvs|mr|mrs|dr|vs|etc|e\.g|i\.e)$/i;
/** Longer than anybody writes to a patient; the rest is not looked at. */
export const LONGEST = 10_000;
/** Words. Nobody says more in one breath; what follows is read as a sentence of its own. */
export const LONGEST_SENTENCE = 120;

/** Splits a text into sentences and words, in order. Every span lies inside the text. */
export function read(text: string, known: Knowledge): Sentence[] {
	const sentences: Sentence[] = [];
	let words: Word[] = [];
	let gap: Gap = '';
	let quoted = false;
	let start = -1;
	const close = (end: number, mark: Sentence['mark']) => {
		if (words.length > 0) sentences.push({ words, start, end, mark });
		else if (mark === '?' && sentences.length > 0) sentences.at(-1)!.mark = '?';
		words = [];
		gap = '';
		start = -1;
	};
	const shown = text.slice(0, LONGEST);
	let ended = 0;
	for (const found of shown.matchAll(TOKEN)) {
		const [token] = found;
		const at = found.index;
		// A new line ends what was said, as people type it.
		if (words.length > 0 && shown.slice(ended, at).includes('\n')) close(ended, '');
		ended = at + token.length;
		if (words.length >= LONGEST_SENTENCE) close(at, '');
		if (WORD.test(token)) {
			if (start < 0) start = at;
			for (const word of normalised(token, at, known)) {
				if (known.fillers.has(word.norm)) continue;
				words.push({ ...word, after: gap, quoted });
				gap = '';
			}
		} else if (/[.!?…]/.test(token)) {
			const isAbbreviated =
				token === '.' &&
				ABBREVIATIONS.test(lastWritten(shown, words)) &&
				/^\s*\p{Ll}/u.test(shown.slice(ended, ended + 9));
			if (!isAbbreviated) close(ended, token === '…' ? '.' : (token as '.' | '!' | '?'));
		} else if (/["“”„»«‟]/.test(token)) {
			quoted = token === '»' || token === '„' ? true : token === '«' ? false : !quoted;
			if (gap === '') gap = ',';
		} else if (isDash(shown, token, at)) gap = '–';
		else if (gap === '' && /[,()[\]/–—-]/.test(token)) gap = ',';
	}
	close(ended, '');
	return unquotedWhereOpen(sentences);
}

/** A dash parts two moves; a hyphen, or two of them where somebody breaks off, does not. */
function isDash(text: string, token: string, at: number): boolean {
	if (/[;:]/.test(token)) return true;
	const isSpaced = /\s/.test(text[at - 1] ?? ' ') && /\s/.test(text[at + 1] ?? ' ');
	return /[–—-]/.test(token) && (isSpaced || /[–—]/.test(token));
}

function lastWritten(text: string, words: Word[]): string {
	const last = words.at(-1);
	return last ? text.slice(last.start, last.end) : '';
}

/** A mark that nothing closes quotes nothing. */
function unquotedWhereOpen(sentences: Sentence[]): Sentence[] {
	const words = sentences.flatMap((sentence) => sentence.words);
	if (words.at(-1)?.quoted && !words.every(({ quoted }) => quoted)) {
		for (let at = words.length - 1; at >= 0 && words[at]!.quoted; at -= 1)
			words[at]!.quoted = false;
	}
	return sentences;
}

function normalised(
	token: string,
	start: number,
	{ lang, spelling }: Knowledge,
): (Span & { norm: string })[] {
	const end = start + token.length;
	const plain = token
		.toLowerCase()
		.normalize('NFC')
		.replaceAll(/[’´`]/g, "'")
		.replaceAll(/[éèê]/g, 'e');
	const whole = lang === 'en' ? withoutStutter(plain) : plain;
	return splitUp(whole, spelling).map((norm) => ({ start, end, norm }));
}

/** "What-what" and "wh-what" are "what". */
function withoutStutter(plain: string): string {
	const parts = plain.split('-');
	const last = parts.at(-1)!;
	return parts.length > 1 && parts.every((part) => last.startsWith(part)) ? last : plain;
}

function splitUp(plain: string, { words, is, endings, close }: Spelling): string[] {
	const whole = Object.hasOwn(words, plain) ? words[plain] : undefined;
	if (whole) return whole.split(' ');
	const host = is?.exec(plain)?.slice(1).join('');
	if (host) return [host, 'is'];
	for (const [ending, meaning] of endings) {
		if (!plain.endsWith(ending) || plain.length === ending.length) continue;
		const host = plain.slice(0, -ending.length);
		return [...splitUp(host, { words, endings: [], close }), meaning];
	}
	const bare = plain.replace(/'+$/, '');
	return [nearest(bare, close) ?? bare];
}

/** A word that is missed by one letter: left out, added, changed, or two of them swapped. */
function nearest(word: string, close: readonly string[]): string | undefined {
	if (word.length < 4) return undefined;
	return close.find(
		(known) =>
			known !== word &&
			Math.abs(known.length - word.length) <= 1 &&
			(known[0] === word[0] || known[1] === word[0]) &&
			isOneOff(word, known),
	);
}

/** Whether two words differ by one letter (Damerau and Levenshtein's distance of 1). */
export function isOneOff(a: string, b: string): boolean {
	let from = 0;
	while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
	// Its ending is not a misspelling, but another form of the word.
	if (a.at(-1) !== b.at(-1)) return false;
	let ends = 0;
	while (
		ends < a.length - from &&
		ends < b.length - from &&
		a[a.length - 1 - ends] === b[b.length - 1 - ends]
	)
		ends += 1;
	const left = a.slice(from, a.length - ends);
	const right = b.slice(from, b.length - ends);
	if (left.length + right.length <= 1 || (left.length === 1 && right.length === 1)) return true;
	return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
