/** The parts of an xAPI statement that we write (xAPI 1.0.3 Data, section 2; the same in 2.0). */
export interface Statement {
	id: string;
	timestamp: string;
	actor: Actor;
	verb: { id: string; display: LanguageMap };
	object: XapiActivity;
	result?: Result;
	context: Context;
}

/** Words by language tag. */
export type LanguageMap = Record<string, string>;

/** Somebody known by an account; no name and no address leave the product. */
export interface Actor {
	objectType?: 'Agent';
	name?: string;
	account?: { homePage: string; name: string };
	mbox?: string;
	mbox_sha1sum?: string;
	openid?: string;
}

export interface XapiActivity {
	objectType: 'Activity';
	id: string;
	definition?: Definition;
}

export interface Definition {
	type: string;
	name?: LanguageMap;
	description?: LanguageMap;
	interactionType?: string;
	correctResponsesPattern?: string[];
	choices?: Component[];
	source?: Component[];
	target?: Component[];
	scale?: Component[];
}

export interface Component {
	id: string;
	description?: LanguageMap;
}

export interface Result {
	completion?: boolean;
	success?: boolean;
	score?: { scaled: number; raw?: number; min?: number; max?: number };
	response?: string;
	/** ISO 8601. */
	duration?: string;
	extensions?: Record<string, unknown>;
}

export interface Context {
	registration?: string;
	platform: string;
	language: string;
	/** The version of the course. */
	revision: string;
	contextActivities: {
		parent?: XapiActivity[];
		grouping?: XapiActivity[];
		category?: XapiActivity[];
		other?: XapiActivity[];
	};
	extensions?: Record<string, unknown>;
}

/**
 * How much of what a learner does a destination gets. Each level holds the ones before it:
 * - `results`: begun, progress, done, passed or failed, left;
 * - `interactions`: every answer and every choice of a conversation, by ids;
 * - `full`: what was read, metaphors moved, languages chosen.
 */
export const DETAILS = ['results', 'interactions', 'full'] as const;
export type Detail = (typeof DETAILS)[number];

/** Whether a destination that gets `most` gets what is of `detail`. */
export function reaches(detail: Detail, most: Detail): boolean {
	return DETAILS.indexOf(detail) <= DETAILS.indexOf(most);
}

/** Whole seconds as an ISO 8601 duration. */
export function duration(seconds: number): string {
	const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
	return `PT${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s || !(h || m) ? `${s}S` : ''}`;
}
