import * as v from 'valibot';
import { isWell, reasonOf, type Lrs } from '../xapi/lrs.ts';
import { parsed, positive, readJson, text, webAddress } from '../forms.ts';
import type { Launch } from './launch.ts';

/** A list of activities, or one alone (xAPI 1.0.3 Data, section 2.4.6.2). */
const activities = v.optional(
	v.custom<Listed | Listed[]>((value) =>
		[value].flat().every((one) => typeof (one as Partial<Listed> | null)?.id === 'string'),
	),
);
interface Listed {
	id: string;
}
const contextTemplate = v.looseObject({
	contextActivities: v.optional(
		v.looseObject({
			parent: activities,
			grouping: activities,
			category: activities,
			other: activities,
		}),
	),
	extensions: v.optional(v.looseObject({})),
});
const MODES = ['Normal', 'Browse', 'Review'] as const;

/** `LMS.LaunchData` ("cmi5", section 10.2), as far as the course has a use for it. */
const launchData = v.looseObject({
	contextTemplate,
	launchMode: v.custom<(typeof MODES)[number]>((value) => MODES.some((one) => one === value)),
	masteryScore: v.optional(v.custom<number>((value) => v.is(positive, value) && value <= 1)),
	returnURL: v.optional(webAddress),
});
export type ContextTemplate = v.InferOutput<typeof contextTemplate>;
export interface LaunchData {
	contextTemplate: ContextTemplate;
	launchMode: (typeof MODES)[number];
	/** 0–1; absent where the LMS asks for no score. */
	masteryScore?: number | undefined;
	/** Where to go when the learner leaves. */
	returnURL?: string | undefined;
}

export type NoLaunchData =
	| { problem: 'unreachable'; reason: string }
	/** The names of what is wrong with it. */
	| { problem: 'damaged'; reason: string };

/** What a launch's state documents are found by ("cmi5", section 10.1). */
export function stateOf({ activityId, actor, registration }: Launch, stateId: string) {
	return { activityId, agent: JSON.stringify(actor), registration, stateId };
}

/** What the LMS laid down for this launch. Never rejects. */
export async function readLaunchData(lrs: Lrs, launch: Launch): Promise<LaunchData | NoLaunchData> {
	const params = stateOf(launch, 'LMS.LaunchData');
	const answer = await lrs.ask('activities/state', { method: 'GET', params });
	if (!isWell(answer)) return { problem: 'unreachable', reason: reasonOf(answer) };
	const read = v.safeParse(launchData, parsed(answer.body));
	if (read.success) return read.output;
	const places = read.issues.map(({ path }) => path?.map(({ key }) => key).join('.') ?? 'JSON');
	return { problem: 'damaged', reason: [...new Set(places)].join(', ') };
}

/**
 * The languages that the learner would like, best first ("cmi5", section 11.1). An LMS may keep them to
 * itself: then there are none.
 */
export async function readLanguages(lrs: Lrs, { actor }: Launch): Promise<string[]> {
	const params = { agent: JSON.stringify(actor), profileId: 'cmi5LearnerPreferences' };
	const answer = await lrs.ask('agents/profile', { method: 'GET', params });
	if (!isWell(answer)) return [];
	const read = readJson(v.looseObject({ languagePreference: text }), answer.body);
	return (read?.languagePreference ?? '').split(',').map((one) => one.trim().slice(0, 2));
}
