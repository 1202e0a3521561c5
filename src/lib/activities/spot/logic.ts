import { fromCodes, toCodes } from '../codes.ts';
import type { ActivityType, Feedback, Mark } from '../contract.ts';
import { areKnown, invalid, isRecord, scored } from '../guard.ts';
import { pieces, type Piece } from './pieces.ts';
import type { Spot, SpotResponse } from './schema.ts';

export interface SpotView {
	context?: string;
	prompt: string;
	speaker: string;
	pieces: Piece[];
	coach: boolean;
}

export const spot: ActivityType<Spot, SpotView, SpotResponse> = {
	publicView: ({ context, prompt, speaker, utterance, coach }) => ({
		context,
		prompt,
		speaker,
		pieces: pieces(utterance),
		coach,
	}),

	/** One point for each thing marked that should be, less one for each that should not. */
	score({ targets }, response) {
		if (!isRecord(response) || !areKnown(response.marked, targets))
			return invalid('marks something that cannot be marked');
		const marked = new Set(response.marked);
		const right = targets.filter((target) => target.hit);
		const hits = right.filter((target) => marked.has(target.id)).length;
		return scored(Math.max(0, hits - (marked.size - hits)), right.length);
	},

	grade(activity, response) {
		const marked = new Set(response?.marked);
		const words = new Map(pieces(activity.utterance).map((piece) => [piece.target, piece.words]));
		const marks: Record<string, Mark> = {};
		const feedback: Feedback[] = [];
		for (const { id, hit, feels, why, better } of activity.targets) {
			const mark = marked.has(id) ? (hit ? 'strong' : 'costly') : hit ? 'missed' : undefined;
			if (!mark) continue;
			marks[id] = mark;
			feedback.push({ about: words.get(id), mark, feels, why, better });
		}
		const score = spot.score(activity, response ?? { marked: [] });
		return { score, marks, feedback, state: undefined };
	},

	interaction({ targets, utterance }, response) {
		const words = new Map(pieces(utterance).map((piece) => [piece.target, piece.words]));
		return {
			type: 'choice',
			response: response.marked,
			correct: targets.filter((target) => target.hit).map((target) => target.id),
			choices: targets.map(({ id }) => ({ id, label: words.get(id) ?? id })),
		};
	},

	pack: (response) => toCodes(response.marked),
	unpack({ targets }, numbers) {
		const ids = fromCodes(numbers, targets);
		return ids && { marked: ids };
	},
};
