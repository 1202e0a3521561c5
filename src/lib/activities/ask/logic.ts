import type { Goal } from '#lib/coach/contract.ts';
import type { ActivityType } from '../contract.ts';
import { ownWords, ownWordsView, type OwnWordsView } from '../own-words.ts';
import type { ReplyKind } from './reply.ts';
import type { Ask, AskResponse } from './schema.ts';

export interface AskView extends OwnWordsView {
	goal: Goal;
	speaker: string;
	says: string;
	/** Which of them is the answer is decided where the words are: on the learner's device. */
	replies: Record<ReplyKind, string>;
}

export const ask: ActivityType<Ask, AskView, AskResponse> = {
	...ownWords,
	publicView: (activity) => ({
		...ownWordsView(activity),
		goal: activity.goal,
		speaker: activity.speaker,
		says: activity.says,
		replies: {
			open: activity.replies.open,
			closed: activity.replies.closed,
			heard: activity.replies.heard,
			told: activity.replies.told,
			hurt: activity.replies.hurt,
		},
	}),
};
