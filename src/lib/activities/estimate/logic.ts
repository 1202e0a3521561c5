import type { ActivityType } from '../contract.ts';
import { invalid, isRecord, scored } from '../guard.ts';
import type { Estimate, EstimateResponse } from './schema.ts';

export interface EstimateView {
	context?: string;
	prompt: string;
	min: number;
	max: number;
	step: number;
	unit?: string;
}

/** What the line shows once answered. */
export interface EstimateState {
	answer: number;
	from: number;
	to: number;
	said: string;
}

export const estimate: ActivityType<Estimate, EstimateView, EstimateResponse, EstimateState> = {
	publicView: ({ context, prompt, min, max, step, unit }) => ({
		context,
		prompt,
		min,
		max,
		step,
		unit,
	}),

	/** One point within the tolerance. */
	score({ min, max, answer, tolerance }, response) {
		if (!isRecord(response) || typeof response.value !== 'number')
			return invalid('holds no number');
		const { value } = response;
		if (!(value >= min && value <= max)) return invalid(`lies outside of ${min} to ${max}`);
		return scored(Math.abs(value - answer) <= tolerance ? 1 : 0, 1);
	},

	grade(activity, response) {
		const { min, max, answer, tolerance, said, why } = activity;
		const score = estimate.score(activity, response ?? { value: Number.NaN });
		const mark = score.kind === 'scored' && score.earned > 0 ? 'strong' : 'costly';
		return {
			score,
			marks: { value: mark },
			feedback: [{ about: said, mark, why }],
			state: {
				answer,
				from: Math.max(min, answer - tolerance),
				to: Math.min(max, answer + tolerance),
				said,
			},
		};
	},

	interaction: ({ answer, tolerance }, { value }) => ({
		type: 'numeric',
		response: value,
		min: answer - tolerance,
		max: answer + tolerance,
	}),

	/**
	 * The value in thousandths, in three numbers of ten bits, upper part first. It does not count
	 * steps from `min`, so that an edited line keeps the values that still lie on it.
	 */
	pack: ({ value }) => {
		const thousandths = Math.round(value * 1000) + 2 ** 29;
		return [
			Math.floor(thousandths / 2 ** 20),
			Math.floor(thousandths / 2 ** 10) % 1024,
			thousandths % 1024,
		];
	},
	unpack({ min, max }, [upper, middle, lower]) {
		if (upper === undefined || middle === undefined || lower === undefined) return undefined;
		const value = (upper * 2 ** 20 + middle * 2 ** 10 + lower - 2 ** 29) / 1000;
		return value >= min && value <= max ? { value } : undefined;
	},
};
