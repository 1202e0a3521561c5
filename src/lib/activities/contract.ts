import type { Activity } from '#lib/course/model.ts';
import type { ActivityRules, Score } from '#lib/course/scoring.ts';
import type { Localised } from '#lib/course/localise.ts';

/**
 * What an activity type provides. Generic in
 * - `Def`: the authored definition in all languages (inferred from its schema),
 * - `View`: what the learner may see before answering, in one language,
 * - `Response`: what the learner did; ids and numbers only, never a learner's free text.
 *
 * To add a type: a folder with `schema.ts` (definition and response schema, content checks),
 * `logic.ts` (this interface), `View.svelte`, `index.ts` and tests, and one line each in
 * `registry.ts`, `schemas.ts` and `load.ts`.
 */
export interface ActivityType<
	Def extends Activity = Activity,
	View = unknown,
	Response = unknown,
	State = undefined,
> extends ActivityRules {
	/**
	 * The answerless view. An allow-list: it names what goes out, so a new field of the definition
	 * stays private until it is named here.
	 */
	publicView(activity: Localised<Def>): View;
	/** Language-independent: the same response scores the same in every language. */
	score(activity: Def | Localised<Def>, response: Response): Score;
	/** Everything the learner is told after answering, in one language. */
	grade(activity: Localised<Def>, response: Response | undefined): Verdict<State>;
	/** The response as LMSs and learning record stores understand it. Undefined when it must not leave. */
	interaction(activity: Localised<Def>, response: Response): Interaction | undefined;
	/** For types that go on in turns: each choice of a response, and how it ended. */
	moves?(activity: Def | Localised<Def>, response: Response): Moves | undefined;
	merge?(before: Response, next: Response): Response;
	pack?(response: Response): number[];
	unpack?(activity: Def | Localised<Def>, numbers: number[]): Response | undefined;
}

/** An activity type as somebody sees it who does not know which one it is. */
export interface AnyType extends ActivityRules {
	publicView(activity: unknown): unknown;
	grade(activity: unknown, response: unknown): Verdict;
	interaction(activity: unknown, response: unknown): Interaction | undefined;
	moves?(activity: unknown, response: unknown): Moves | undefined;
}

/** What the learner is told of a response. */
export interface Verdict<State = unknown> {
	score: Score;
	/** For each part of the activity that has something to show: how it was answered. */
	marks: Record<string, Mark>;
	/** What to say, in the order in which to say it. */
	feedback: Feedback[];
	/** For types that show their own course of events (the vignette). */
	state: State;
}

/**
 * - `strong`: chosen or placed well; `workable`: partly; `costly`: not helpful;
 * - `missed`: would have been right and was not chosen.
 */
export type Mark = 'strong' | 'workable' | 'costly' | 'missed';

/** Feedback in three parts, as a good supervisor gives it. `why` is always there. */
export interface Feedback {
	/** The words that the feedback is about, when there are several in one verdict. */
	about?: string;
	mark?: Mark;
	/** What the patient feels. */
	feels?: string;
	why: string;
	/** A better wording. */
	better?: string;
}

/**
 * An interaction in the terms of SCORM and xAPI (xAPI 1.0.3 Data, "Interaction Activities").
 * Ids are course ids; deliveries encode them as their standard asks.
 */
export type Interaction =
	| { type: 'choice'; response: string[]; correct: string[]; choices: Labelled[] }
	| { type: 'sequencing'; response: string[]; correct: string[]; choices: Labelled[] }
	| {
			type: 'matching';
			response: [string, string][];
			correct: [string, string][];
			source: Labelled[];
			target: Labelled[];
	  }
	| { type: 'numeric'; response: number; min: number; max: number }
	| { type: 'performance'; response: [string, string][]; correct: [string, string][] }
	| { type: 'likert'; response: string; scale: Labelled[] };

export interface Labelled {
	id: string;
	label: string;
}

/** A response that went on in turns, as record stores hear of it: by ids and numbers. */
export interface Moves {
	choices: Move[];
	/** Once it is over. */
	end?: {
		/** Id and kind of the ending. */
		ending: { id: string; kind: string };
		/** Ids of the skills that were met. */
		skills: string[];
		meters: Record<string, number>;
		score: Points;
	};
}

export interface Move {
	/** The id of the turn. */
	turn: string;
	/** The ids on offer, the chosen one among them, and those that were the best to be had. */
	offered: string[];
	chosen: string;
	best: string[];
	quality: 'strong' | 'workable' | 'costly';
	/** The id of the conversational move. */
	skill: string;
	/** Whether it made up for the choice before. */
	isRepair: boolean;
	/** What can be read off after it, each 0–100. */
	meters: Record<string, number>;
	score: Points;
}

/** What an activity may say of its lesson and course. */
export interface LessonContext {
	/** The lesson's key message. */
	message: string;
	/** The course's conversational moves, by id. */
	skills: Record<string, { name: string; helpful: boolean }>;
	/** The course's metaphors, by id; `href` leads to where one is shown. */
	metaphors: Record<string, { title: string; href?: string }>;
}

export interface Points {
	earned: number;
	possible: number;
}

/** The properties that every `View.svelte` gets. */
export interface ViewProps<View, Response, Draft = unknown, State = undefined> {
	activity: View;
	/** The response on record, if any. While it is set the activity shows it and is closed to change. */
	response: Response | undefined;
	/** The verdict on `response`; present exactly when `response` is, except for types with a `State`. */
	verdict: Verdict<State> | undefined;
	/** Unfinished input: survives language switch, leaving and returning; stays on this device. Bindable. */
	draft: Draft | undefined;
	/** Stable text from which option order is shuffled, so that it is the same after resume. */
	seed: string;
	/** The lesson that the activity stands in. */
	lesson: LessonContext;
	/** How it went before, once it was finished more than once. */
	past?: { first: Points; best: Points };
	onanswer: (response: Response) => void;
	/** Replays from a given earlier response (vignettes); absent where replay is not offered. */
	onreplay?: (from: Response | undefined) => void;
	/** Saves words to the learner's private log, where there is one. */
	onsave?: (text: string) => Promise<void>;
}
