import { readPiece, spanOf, type Reading } from './act.ts';
import type { Assessment, Flag, Move, Span } from './contract.ts';
import { doubleSpan, leadingSpan, wordingFlags, type Read } from './flags.ts';
import type { Knowledge } from './knowledge.ts';
import { piecesOf, type Piece } from './moves.ts';
import { soundsLikeReflection } from './reflects.ts';
import { read } from './text.ts';

/** Reads a text with what is known of its language. */
export function assessWith(known: Knowledge, text: string): Assessment {
	const sentences = read(text, known);
	const wording = wordingFlags(sentences, known);
	const reads: Read[] = sentences
		.flatMap((sentence) => piecesOf(sentence, known))
		.map((piece) => ({ piece, reading: ownView(piece, readPiece(piece, known), wording) }));
	const flags = [...wording, ...questionFlags(reads, known)].sort(
		(a, b) => a.start - b.start || a.end - b.end,
	);
	const last = lastMove(reads);
	const question = reads.findLast(({ reading }) => reading.asks !== 'none');
	return {
		act: last?.act ?? 'other',
		// A statement with a question mark asks whether it is so.
		asks:
			question?.reading.asks ?? (sentences.some(({ mark }) => mark === '?') ? 'closed' : 'none'),
		form: last?.form ?? 'statement',
		reflects: soundsLikeReflection(sentences, reads, known),
		flags,
		unsure: !last || last.certainty === 0,
		moves: reads.map(moveOf),
		why: whyOf(reads),
		permission: reads.find(({ reading }) => reading.permission)?.reading.permission ?? null,
	};
}

/** "You've got the spine of …": with words of the clinician's own it tells, and does not mirror. */
function ownView({ words }: Piece, reading: Reading, wording: readonly Flag[]): Reading {
	const { start, end } = spanOf(words);
	return reading.isByYou && wording.some((flag) => flag.start < end && start < flag.end)
		? { ...reading, act: 'information', reflects: false, asks: 'none' }
		: reading;
}

const WHY = new Set(['hvorfor', 'why']);

function whyOf(reads: readonly Read[]): Span | null {
	for (const { piece } of reads) {
		const first = piece.words[piece.from]!;
		if (piece.question === 'wh' && WHY.has(first.norm) && piece.words.length > 2)
			return { start: first.start, end: first.end };
	}
	return null;
}

function moveOf({ piece: { words }, reading: { act, asks, form, cue } }: Read): Move {
	return { ...spanOf(words), act, asks, form, cue };
}

/** The last one that does something; a check at the end of a reflection belongs to it. */
function lastMove(reads: readonly Read[]): Reading | undefined {
	const doing = reads.filter(({ reading }) => reading.act !== 'other');
	const last = doing.at(-1)?.reading ?? reads.at(-1)?.reading;
	if (!last?.isCheck) return last;
	const before = doing.at(-2)?.reading;
	if (before && before.act !== 'closed-question' && before.act !== 'open-question')
		return {
			...before,
			asks: 'closed',
			form: last.form,
			act: before.act === 'information' ? 'reflection' : before.act,
		};
	return last;
}

function questionFlags(reads: readonly Read[], known: Knowledge): Flag[] {
	const flags: Flag[] = [];
	for (const one of reads) {
		const leading = leadingSpan(one, known);
		if (leading)
			flags.push({
				kind: 'leading',
				...spanOf(one.piece.words, leading.from, leading.to),
				...known.questions.leading,
			});
	}
	const double = doubleSpan(reads);
	if (double)
		flags.push({
			kind: 'double',
			start: spanOf(double.first.piece.words).start,
			end: spanOf(double.second.piece.words).end,
			...known.questions.double,
		});
	return flags;
}
