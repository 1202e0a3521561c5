import type { Profession } from '#lib/course/professions.ts';
import { code } from '#lib/course/code.ts';
import type { Localised } from '#lib/course/localise.ts';
import type { ActivityType, Feedback, Mark, Move } from '../contract.ts';
import { invalid, isRecord, isStrings } from '../guard.ts';
import { play, poseOf, type AnyVignette, type Exchange, type Meters, type Play } from './engine.ts';
import type { Vignette, VignetteResponse } from './schema.ts';
import type { Pose } from './terms.ts';

type Told = Localised<Vignette>;

/** What is known before the conversation: who sits there, where, and who the learner is. */
export interface VignetteView {
	patient: Told['patient'];
	/** The one that it was written for comes first. */
	casts: Cast[];
}

/** Who the learner is in the conversation. */
export interface Cast {
	profession?: Profession;
	setting: string;
	role: string;
	/** The patient's first line, where it is another than usual. */
	says?: string;
}

/** The conversation so far, as the learner may see it. */
export interface VignetteState {
	path: string[];
	lines: Line[];
	meters: Meters;
	pose: Pose;
	/** The pose in words. */
	looks: string;
	/** What waits for an answer; absent at the end. */
	now?: {
		turn: string;
		says?: string;
		options: { id: string; text: string }[];
	};
	debrief?: Debrief;
}

/** One choice with everything that belongs to it. */
export interface Line {
	turn: string;
	/** Length of the path before this choice: where to go back to. */
	at: number;
	/** What the patient said before. */
	says?: string;
	said: string;
	reply: string;
	quality: Mark;
	isRepair: boolean;
	repaired: boolean;
	skill: string;
	feedback: Feedback;
	/** How the patient looks after it, when that changed. */
	looks?: string;
}

export interface Debrief {
	ending: { title: string; text: string; later: string; kind: string };
	summary: string;
	prompt: string;
	metaphor?: string;
	/** Turn by turn: what the patient thought, what was said and what else could have been. */
	turns: { turn: string; at: number; thinks: string; options: PathOption[] }[];
	/** Skill ids of helpful moves made, and of strong moves not made. */
	met: string[];
	missed: string[];
	costly: number;
	earned: number;
	possible: number;
}

export interface PathOption {
	id: string;
	said: string;
	reply: string;
	quality: Mark;
	taken: boolean;
	why: string;
	better?: string;
}

export const vignette: ActivityType<Vignette, VignetteView, VignetteResponse, VignetteState> = {
	publicView: ({ patient, profession, setting, role, others }) => ({
		patient: {
			name: patient.name,
			age: patient.age,
			role: patient.role,
			look: patient.look,
		} as Told['patient'],
		casts: [
			{ profession, setting, role },
			...others.map((one) => ({
				profession: one.profession,
				setting: one.setting,
				role: one.role,
				says: one.says,
			})),
		],
	}),

	/** Two points for a strong choice, one for a workable or repaired one; not the meters. */
	score(activity, response) {
		if (!isRecord(response) || !isStrings(response.path)) return invalid('holds no path');
		const state = play<AnyVignette>(activity, response.path);
		if (typeof state === 'number')
			return invalid(`"${response.path[state]}" was not on offer at choice ${state + 1}`);
		const { earned, possible } = state;
		return { kind: state.turn ? 'partial' : 'scored', earned, possible };
	},

	grade(activity, response) {
		const path = response?.path ?? [];
		const state = play(activity as Told, path);
		if (typeof state === 'number') return vignette.grade(activity, { path: path.slice(0, state) });
		return {
			score: vignette.score(activity, { path }),
			marks: {},
			feedback: [],
			state: tell(activity as Told, path, state),
		};
	},

	interaction(activity, { path }) {
		const state = play(activity as Told, path);
		if (typeof state === 'number') return undefined;
		const choices = state.exchanges.filter((one) => !one.repair);
		return {
			type: 'performance',
			response: choices.map(({ turn, option }) => [turn.id, option.id]),
			correct: choices.map((choice) => [choice.turn.id, bestOf(choice).id]),
		};
	},

	moves(activity, { path }) {
		const state = play<AnyVignette>(activity, path);
		if (typeof state === 'number') return undefined;
		const { ending, exchanges, meters, earned, possible } = state;
		return {
			choices: exchanges.map(move),
			...(ending
				? {
						end: {
							ending: { id: ending.id, kind: ending.kind },
							skills: [...skillsMet(exchanges)],
							meters: whole(meters),
							score: { earned, possible },
						},
					}
				: {}),
		};
	},

	/** A response only ever goes on from the one before: what came late from another tab is passed over. */
	merge(before, next) {
		if (!isRecord(next) || !isStrings(next.path)) return before;
		const extended = before.path.every((id, at) => next.path[at] === id);
		return extended ? next : before;
	},

	pack: ({ path }) => path.map(code),
	unpack(activity, numbers) {
		const path: string[] = [];
		for (const number of numbers) {
			const state = play<AnyVignette>(activity, path);
			if (typeof state === 'number') return undefined;
			const offered = [...state.options, ...(state.repair ? [state.repair] : [])];
			const found = offered.find((one) => code(one.id) === number);
			if (!found) return undefined;
			path.push(found.id);
		}
		return { path };
	},
};

function tell(activity: Told, path: string[], state: Play<Told>): VignetteState {
	const { turn, says, options, repair, exchanges, meters } = state;
	const pose = poseOf(meters);
	const offered = options.map(({ id, text }) => ({ id, text }));
	if (repair) offered.unshift({ id: repair.id, text: repair.text });
	return {
		path,
		lines: exchanges.map((exchange, at) => line(activity, exchange, at)),
		meters,
		pose,
		looks: activity.poses[pose],
		now: turn && { turn: turn.id, says, options: offered },
		debrief: turn ? undefined : debrief(activity, state),
	};
}

function line(activity: Told, exchange: Exchange<Told>, at: number): Line {
	const { turn, option, repair, repaired, says, before, after } = exchange;
	const spoken = repair ?? option;
	const pose = poseOf(after);
	return {
		turn: turn.id,
		at,
		says,
		said: spoken.text,
		reply: spoken.reply,
		quality: repair ? 'workable' : option.quality,
		isRepair: repair !== undefined,
		repaired: !repair && repaired,
		skill: option.skill,
		feedback: repair
			? { mark: 'workable', why: repair.why }
			: { mark: option.quality, feels: option.feels, why: option.why, better: option.better },
		looks: pose === poseOf(before) ? undefined : activity.poses[pose],
	};
}

/** Ids of the skills of strong choices. */
function skillsMet<V extends AnyVignette>(exchanges: Exchange<V>[]): Set<string> {
	const strong = exchanges.filter((one) => !one.repair && one.option.quality === 'strong');
	return new Set(strong.map((one) => one.option.skill));
}

/** Ids of the skills that were met, and of those that a better choice would have met. */
export function skillsOf<V extends AnyVignette>(exchanges: Exchange<V>[]) {
	const met = skillsMet(exchanges);
	const missed = new Set(
		exchanges
			.filter((one) => !one.repair && one.option.quality !== 'strong')
			.map((one) => bestOf(one).skill)
			.filter((skill) => !met.has(skill)),
	);
	return { met, missed };
}

const POINTS = { strong: 2, workable: 1, costly: 0 };

function move({ turn, option, offered, repair, after }: Exchange<AnyVignette>): Move {
	const quality = repair ? 'workable' : option.quality;
	return {
		turn: turn.id,
		offered: [...(repair ? [repair.id] : []), ...offered.map(({ id }) => id)],
		chosen: repair?.id ?? option.id,
		best: repair ? [repair.id] : bestIn(offered).map(({ id }) => id),
		quality,
		skill: option.skill,
		isRepair: repair !== undefined,
		meters: whole(after),
		// A repair earns the point that its choice had lost.
		score: repair ? { earned: 1, possible: 1 } : { earned: POINTS[quality], possible: 2 },
	};
}

function whole(meters: Meters): Meters {
	const rounded = Object.entries(meters).map(([meter, value]) => [meter, Math.round(value)]);
	return Object.fromEntries(rounded) as Meters;
}

/** The choice made if none better was on offer; a strong one may have needed what was not yet said. */
function bestOf<V extends AnyVignette>({ option, offered }: Exchange<V>): Exchange<V>['option'] {
	const best = bestIn(offered);
	return best.includes(option) ? option : best[0]!;
}

function bestIn<O extends { quality: keyof typeof POINTS }>(offered: O[]): O[] {
	const most = Math.max(...offered.map(({ quality }) => POINTS[quality]));
	return offered.filter(({ quality }) => POINTS[quality] === most);
}

function debrief(activity: Told, state: Play<Told>): Debrief {
	const { exchanges, ending, costly, earned, possible } = state;
	const { met, missed } = skillsOf(exchanges);
	const { summary, prompt, metaphor } = activity.debrief;
	const { title, text, later, kind } = ending!;
	return {
		ending: { title, text, later, kind },
		summary,
		prompt,
		metaphor,
		turns: exchanges.flatMap(({ turn, option, offered, repair }, at) =>
			repair
				? []
				: [
						{
							turn: turn.id,
							at,
							thinks: turn.thinks,
							options: offered.map((one) => ({
								id: one.id,
								said: one.text,
								reply: one.reply,
								quality: one.quality,
								taken: one === option,
								why: one.why,
								better: one.better,
							})),
						},
					],
		),
		met: [...met],
		missed: [...missed],
		costly,
		earned,
		possible,
	};
}
