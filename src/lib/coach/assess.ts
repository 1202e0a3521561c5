import { readPiece, spanOf, type Reading } from './act.ts';
import type { Assessment, Flag, Move, Situation } from './contract.ts';
import { doubleSpan, leadingSpan, wordingFlags, type Read } from './flags.ts';
import { knowledge, type Knowledge } from './language.ts';
import { piecesOf } from './moves.ts';
import { QUESTION_FLAGS } from './question-flags.ts';
import { read } from './text.ts';
import { find } from './pattern.ts';

/**
 * Reads what a clinician says to a patient. Pure: no network, no clock, no state; the same words are
 * read the same way every time. Any text will do, the empty one too; what lies beyond the first
 * 10,000 characters is not looked at.
 */
export function assess(text: string, { lang }: Situation): Assessment {
	const known = knowledge(lang);
	const sentences = read(text, lang);
	const reads: Read[] = sentences
		.flatMap((sentence) => piecesOf(sentence, known, lang))
		.map((piece) => ({ piece, reading: readPiece(piece, known, lang) }));
	const flags = [
		...wordingFlags(sentences, known, lang),
		...questionFlags(reads, known, lang),
	].sort((a, b) => a.start - b.start || a.end - b.end);
	const last = lastMove(reads);
	const question = reads.findLast(({ reading }) => reading.asks !== 'none');
	const reflects = reads.some(
		({ piece, reading }) =>
			reading.reflects || find(known.cues.reflectsWithin, piece.words) !== undefined,
	);
	return {
		act: last?.act ?? 'other',
		asks: question?.reading.asks ?? 'none',
		form: last?.form ?? 'statement',
		reflects,
		flags,
		unsure: !last || last.certainty === 0,
		moves: reads.map(moveOf),
		permission: reads.find(({ reading }) => reading.permission)?.reading.permission ?? null,
	};
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

function questionFlags(reads: readonly Read[], known: Knowledge, lang: Situation['lang']): Flag[] {
	const words = QUESTION_FLAGS[lang];
	const flags: Flag[] = [];
	for (const one of reads) {
		const leading = leadingSpan(one, known);
		if (leading)
			flags.push({
				kind: 'leading',
				...spanOf(one.piece.words, leading.from, leading.to),
				...words.leading,
			});
	}
	const double = doubleSpan(reads);
	if (double)
		flags.push({
			kind: 'double',
			start: spanOf(double.first.piece.words).start,
			end: spanOf(double.second.piece.words).end,
			...words.double,
		});
	return flags;
}
