import type { ActivityType } from '../contract.ts';
import { invalid, isRecord, scored } from '../guard.ts';
import type { Reflect, ReflectResponse } from './schema.ts';

export interface ReflectView {
	prompt: string;
	hint?: string;
}

export const reflect: ActivityType<Reflect, ReflectView, ReflectResponse> = {
	publicView: ({ prompt, hint }) => ({ prompt, hint }),
	score: (_, response) =>
		isRecord(response) && response.written === true
			? scored(0, 0)
			: invalid('does not say that something was written'),
	grade: (activity, response) => ({
		score: reflect.score(activity, response ?? ({} as ReflectResponse)),
		marks: {},
		feedback: [],
		state: undefined,
	}),
	/** A learner's own words, and that they wrote any, are nobody's interaction. */
	interaction: () => undefined,
	pack: () => [1],
	unpack: () => ({ written: true }),
};
