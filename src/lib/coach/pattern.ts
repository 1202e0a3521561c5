import type { Word } from './text.ts';

/*
 * Patterns of words, for cues and lexicons, as a clinician can write them:
 *   slidt op                 these words, one after the other
 *   slid*, *slidt            any word that begins so, or ends so
 *   slidt|nedslidt           one of these words
 *   [helt] slidt             may be there or not
 *   (er|er blevet) slidt     one of these, also of several words
 *   ryg* .. slidt            at most four words between them
 *   <back> .. slidt          a word of a list
 * A comma in the text is no hindrance; the end of a sentence is.
 */

type Item =
	| { kind: 'word'; words: Set<string>; beginnings: string[]; endings: string[] }
	| { kind: 'gap' }
	| { kind: 'one-of'; choices: Item[][]; isOptional: boolean };

export interface Pattern {
	items: readonly Item[];
	source: string;
}
export type Groups = Record<string, readonly string[]>;

const GAP = 4;
const TOKEN = /[[\]()]|\|(?=[[(])|(?<=[\])])\||[^\s[\]()]+/g;

/** @throws on brackets that do not pair */
export function compile(source: string, groups: Groups = {}): Pattern {
	const tokens = source.match(TOKEN) ?? [];
	let at = 0;
	const sequence = (closing?: string): Item[][] => {
		const choices: Item[][] = [[]];
		for (; at < tokens.length; at += 1) {
			const token = tokens[at]!;
			if (token === closing) return choices;
			if (token === '[' || token === '(') {
				at += 1;
				const inner = sequence(token === '[' ? ']' : ')');
				choices.at(-1)!.push({ kind: 'one-of', choices: inner, isOptional: token === '[' });
			} else if (token === ']' || token === ')') break;
			else if (token === '..') choices.at(-1)!.push({ kind: 'gap' });
			else if (closing) inBrackets(token, choices, groups);
			else choices.at(-1)!.push(wordOf(token.split('|'), groups));
		}
		if (closing) throw new Error(`"${source}": a ${closing} is missing`);
		if (at < tokens.length) throw new Error(`"${source}": there is a ${tokens[at]} too many`);
		return choices;
	};
	return { items: sequence()[0]!, source };
}

/** In brackets, `|` parts what may be several words. */
function inBrackets(token: string, choices: Item[][], groups: Groups): void {
	for (const [index, part] of token.split('|').entries()) {
		if (index > 0) choices.push([]);
		if (part !== '') choices.at(-1)!.push(wordOf([part], groups));
	}
}

function wordOf(alternatives: string[], groups: Groups): Item {
	const all = alternatives.flatMap((one) =>
		/^<.+>$/.test(one) ? (groups[one.slice(1, -1)] ?? []) : [one],
	);
	return {
		kind: 'word',
		words: new Set(all.filter((one) => !one.includes('*'))),
		beginnings: all.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1)),
		endings: all.filter((one) => one.startsWith('*')).map((one) => one.slice(1)),
	};
}

export function compileAll(sources: readonly string[], groups: Groups = {}): Pattern[] {
	return sources.map((source) => compile(source, groups));
}

/** Where a match ends (the index after its last word), or -1. */
export function matchAt({ items }: Pattern, words: readonly Word[], at: number): number {
	return go(items, 0, words, at, (end) => end);
}

function go(
	items: readonly Item[],
	index: number,
	words: readonly Word[],
	at: number,
	then: (at: number) => number,
): number {
	const item = items[index];
	if (!item) return then(at);
	const next = (after: number) => go(items, index + 1, words, after, then);
	if (item.kind === 'word') {
		const word = words[at];
		return word && isOf(item, word.norm) ? next(at + 1) : -1;
	}
	if (item.kind === 'gap') {
		for (let skip = 0; skip <= GAP && at + skip <= words.length; skip += 1) {
			const end = next(at + skip);
			if (end >= 0) return end;
		}
		return -1;
	}
	for (const choice of item.choices) {
		const end = go(choice, 0, words, at, next);
		if (end >= 0) return end;
	}
	return item.isOptional ? next(at) : -1;
}

function isOf(item: Extract<Item, { kind: 'word' }>, norm: string): boolean {
	return (
		item.words.has(norm) ||
		item.beginnings.some((beginning) => norm.startsWith(beginning)) ||
		item.endings.some((ending) => norm.endsWith(ending))
	);
}

/** From the word `from` to the one before `to`. */
export interface Match {
	from: number;
	to: number;
	pattern: Pattern;
}

export function longestAt(
	patterns: readonly Pattern[],
	words: readonly Word[],
	at: number,
): Match | undefined {
	let best: Match | undefined;
	for (const pattern of patterns) {
		const to = matchAt(pattern, words, at);
		if (to > (best?.to ?? at)) best = { from: at, to, pattern };
	}
	return best;
}

/** The first match from some word on, the longest of those that begin there. */
export function find(
	patterns: readonly Pattern[],
	words: readonly Word[],
	from = 0,
	last = words.length - 1,
): Match | undefined {
	for (let at = Math.max(0, from); at <= last; at += 1) {
		const match = longestAt(patterns, words, at);
		if (match) return match;
	}
	return undefined;
}
