import type { Goal } from '#lib/coach/contract.ts';
import type { ActivityType } from '../contract.ts';
import { ownWords, ownWordsView, type OwnWordsView } from '../own-words.ts';
import type { Rewrite, RewriteResponse } from './schema.ts';

export interface RewriteView extends OwnWordsView {
	goal: Goal;
	original?: string;
}

export const rewrite: ActivityType<Rewrite, RewriteView, RewriteResponse> = {
	...ownWords,
	publicView: (activity) => ({
		...ownWordsView(activity),
		goal: activity.goal,
		original: activity.original,
	}),
};
