import type { Act, Asks, Form, Span } from './contract.ts';
import type { Knowledge } from './knowledge.ts';
import { find, isAt, longestAt, type Match, type PatternList } from './pattern.ts';
import type { Piece } from './moves.ts';
import type { Word } from './text.ts';

/** What a piece does, and how sure one may be. */
export interface Reading {
	act: Act;
	asks: Asks;
	form: Form;
	reflects: boolean;
	/** 0 a guess, 1 likely, 2 clear. */
	certainty: 0 | 1 | 2;
	cue: Span;
	permission?: Span;
	/** A mirror only because the patient is its subject. */
	isByYou?: boolean;
	/** It asks whether what was said before is right. */
	isCheck?: boolean;
}

export function spanOf(words: readonly Word[], from = 0, to = words.length): Span {
	const first = words[Math.min(from, words.length - 1)]!;
	const last = words[Math.max(Math.min(to, words.length) - 1, 0)]!;
	return { start: first.start, end: Math.max(first.end, last.end) };
}

/** Reads one piece by itself. */
export function readPiece(piece: Piece, known: Knowledge): Reading {
	const { cues } = known;
	const { words, from } = piece;
	const at = (patterns: PatternList): Match | undefined =>
		longestAt(patterns, words, from) ?? (from > 0 ? longestAt(patterns, words, 0) : undefined);
	const within = (patterns: PatternList) => find(patterns, words);
	const cue = (match?: Match): Span =>
		match ? spanOf(words, match.from, match.to) : spanOf(words, from, from + 3);
	const reading = (
		act: Act,
		certainty: Reading['certainty'],
		match?: Match,
		more: Partial<Reading> = {},
	): Reading => ({
		act,
		asks: act === 'open-question' ? 'open' : act === 'closed-question' ? 'closed' : 'none',
		form: formOf(piece, known),
		reflects: act === 'reflection',
		certainty,
		cue: cue(match),
		...more,
	});

	const talk = longestAt(cues.smallTalk, words, 0) ?? at(cues.smallTalk);
	if (talk && talk.to >= words.length - 1 && piece.question !== 'wh')
		return reading('other', 2, talk);

	const check = at(cues.checks);
	if (check && words.length - check.from <= 12)
		return reading('closed-question', 1, check, { isCheck: true });

	const leave = at(cues.leave);
	const invite = at(cues.invites);
	const inviteClosed = at(cues.invitesClosed);
	const longest = [leave, invite, inviteClosed].reduce(
		(best, one) => (one && (!best || one.to > best.to) ? one : best),
		undefined,
	);
	const advice = at(cues.advises);
	if (longest && longest === leave)
		return reading('closed-question', 2, leave, { permission: cue(leave) });
	if (longest && longest === inviteClosed) return reading('closed-question', 1, inviteClosed);
	if (longest && !(advice && advice.to > longest.to + 1))
		return reading('open-question', 2, invite);

	const warm = piece.asked ? undefined : at(cues.validates);
	if (piece.question === 'wh' && warm && warm.to - warm.from > 2)
		return reading('validation', 1, warm);
	if (piece.question === 'wh') return readWh(piece, known, reading, advice);
	const tag = tagOf(piece, known);
	const leading = at(cues.leading);
	if (isAt(cues.fragments, words, from)) return reading('closed-question', 1);
	if (piece.question === 'verb-first') {
		// "Gør det ondt …" begins like an order, and asks.
		if (advice && advice.to - advice.from > 1 && formOf(piece, known) !== 'either-or')
			return reading('advice', 1, advice);
		const reflection = at(cues.reflects);
		if (reflection && !leading)
			return reading('reflection', 1, reflection, { asks: piece.asked ? 'closed' : 'none' });
		return reading('closed-question', 2, leading);
	}
	return readStatement({ piece, known, reading, at, within, tag, leading, advice });
}

function readWh(
	{ words, from, asked }: Piece,
	{ cues }: Knowledge,
	reading: (act: Act, certainty: Reading['certainty'], match?: Match) => Reading,
	advice: Match | undefined,
): Reading {
	if (advice) return reading('advice', 1, advice);
	const open = longestAt(cues.whOpen, words, from);
	if (open) return reading('open-question', 1, open);
	const closed = longestAt(cues.whClosed, words, from);
	if (closed) return reading('closed-question', closed.to - closed.from > 1 ? 2 : 1, closed);
	return reading(
		'open-question',
		asked || words.length > 2 ? 2 : 1,
		longestAt(cues.wh, words, from),
	);
}

interface Statement {
	piece: Piece;
	known: Knowledge;
	reading: (
		act: Act,
		certainty: Reading['certainty'],
		match?: Match,
		more?: Partial<Reading>,
	) => Reading;
	at: (patterns: PatternList) => Match | undefined;
	within: (patterns: PatternList) => Match | undefined;
	tag: Match | undefined;
	leading: Match | undefined;
	advice: Match | undefined;
}

function readStatement(statement: Statement): Reading {
	const { piece, known, reading, at, within, tag, leading, advice } = statement;
	const { cues } = known;
	if (asksAtItsEnd(piece, known)) return reading('closed-question', 1);
	const size = (match?: Match) => (match ? match.to - match.from : 0);
	const validation = at(cues.validates);
	const reflection = at(cues.reflects);
	const information = at(cues.informs);
	const asksBack = tag || piece.asked;
	const mirrors = reflection && !isAt(cues.you, piece.words, reflection.from);
	if (tag && !mirrors && !isFeeling(piece, known)) return reading('closed-question', 1, tag);
	const you = aboutYou(piece, known);
	if (leading && (!reflection || size(leading) >= size(reflection)))
		return reading('closed-question', 1, leading);
	const inviting = within(cues.invitesWithin);
	if (inviting) return reading('open-question', 1, inviting);
	const best = [
		['advice', you?.act === 'advice' ? you.match : undefined] as const,
		['information', you?.act === 'information' ? you.match : undefined] as const,
		['advice', advice] as const,
		['validation', validation] as const,
		['reflection', reflection] as const,
		['information', information] as const,
	]
		.filter(([, match]) => match)
		.sort(([, a], [, b]) => size(b) - size(a))[0];
	if (best) {
		const [act, match] = best;
		if (asksBack && act === 'information')
			return reading('closed-question', 0, match, { reflects: !tag && piece.words.length > 2 });
		const inner = act === 'information' ? innerAdvice(statement) : undefined;
		if (inner) return inner;
		return reading(
			act,
			size(match) > 2 ? 2 : 1,
			match,
			asksBack && act === 'reflection' ? { asks: tag ? 'closed' : 'none' } : {},
		);
	}
	if (you?.act === 'reflection' && !within(cues.validatesWithin))
		return reading('reflection', 1, you.match, {
			isByYou: true,
			...(asksBack ? { asks: tag ? 'closed' : 'none' } : {}),
		});
	const inside: [Act, Match | undefined][] = [
		['validation', within(cues.validatesWithin)],
		['advice', within(cues.advisesWithin)],
		['reflection', within(cues.reflectsWithin)],
		['information', within(cues.informsWithin)],
	];
	const found = inside.find(([, match]) => match);
	if (asksBack && found?.[0] !== 'reflection')
		return reading('closed-question', 0, undefined, { reflects: !tag && piece.words.length > 2 });
	if (found) return reading(found[0], 1, found[1]);
	if (find(cues.feelings, piece.words)) return reading('reflection', 0);
	return reading(piece.words.length <= 2 ? 'other' : 'information', 0);
}

/** "You have had it for how long?" */
function asksAtItsEnd({ words, from, asked }: Piece, { cues }: Knowledge): boolean {
	return asked && find(cues.wh, words, Math.max(from + 2, words.length - 4)) !== undefined;
}

/** "Ryggen er stærk, så du skal bare …": what comes later in a statement may be what it is for. */
function innerAdvice({ piece, known, reading }: Statement): Reading | undefined {
	const advice = find(known.cues.advisesWithin, piece.words, piece.from + 2);
	return advice && reading('advice', 1, advice);
}

/** "You're fed up with it, aren't you?" mirrors; "you're not afraid, are you?" leads. */
function isFeeling({ words }: Piece, { cues }: Knowledge): boolean {
	return (
		find(cues.feelings, words) !== undefined &&
		find(cues.negators, words.slice(0, -2)) === undefined
	);
}

/** What a statement about the patient does: "you should", "you will get a letter", "you feel". */
function aboutYou(
	{ words, from }: Piece,
	{ cues }: Knowledge,
): { act: Act; match: Match } | undefined {
	for (let at = from; at < Math.min(words.length - 1, from + 5); at += 1) {
		if (!isAt(cues.you, words, at)) continue;
		const urge =
			longestAt(cues.urges, words, at + 1) ??
			(at > from ? longestAt(cues.urges, words, at - 1) : undefined);
		if (urge) return { act: 'advice', match: { ...urge, from: Math.min(at, urge.from) } };
		const fact =
			longestAt(cues.youInforms, words, at + 1) ??
			(at > from ? longestAt(cues.youInforms, words, at - 1) : undefined);
		if (fact) return { act: 'information', match: { ...fact, from: Math.min(at, fact.from) } };
		return { act: 'reflection', match: { from: at, to: at + 2, pattern: cues.you.all[0]! } };
	}
	return undefined;
}

export function tagOf({ words, from }: Piece, { cues }: Knowledge): Match | undefined {
	for (let at = Math.max(from + 2, words.length - 4); at < words.length; at += 1) {
		const match = longestAt(cues.tags, words, at);
		if (
			match &&
			match.to === words.length &&
			(words[at]!.after !== '' || match.to - match.from > 1 || isBareTag(words, at))
		)
			return match;
	}
	return undefined;
}

/** "det er stress ikke", typed without the comma; but not "det gør det ikke". */
function isBareTag(words: readonly Word[], at: number): boolean {
	const before = words[at - 1]!.norm;
	return (
		at >= 3 &&
		['ikke', 'vel', 'right'].includes(words[at]!.norm) &&
		!/^(det|den|jeg|du|der|er|har|kan|vil|skal|går|gør|heller|slet|stadig|endnu|alright|that|s)$/.test(
			before,
		)
	);
}

function formOf(piece: Piece, known: Knowledge): Form {
	const { words, question } = piece;
	if (question === 'wh') return 'wh';
	if (question === 'verb-first') return isChoice(words) ? 'either-or' : 'verb-first';
	return tagOf(piece, known) ? 'tag' : 'statement';
}

/** "er det værst om morgenen eller om aftenen": two answers on offer, not a list to say yes to. */
function isChoice(words: readonly Word[]): boolean {
	const at = words.findIndex(({ norm }) => norm === 'eller' || norm === 'or');
	return at > 2 && at < words.length - 1 && words.length - at <= 8;
}
