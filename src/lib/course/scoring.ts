/**
 * What a scorer says of one response. Points are whole numbers, 0 ≤ earned ≤ possible ≤ 30.
 * - `scored`: the response is complete.
 * - `partial`: well-formed, but the activity is not finished (a vignette between two turns).
 * - `invalid`: not a response to this activity; nothing is stored.
 */
export type Score =
	| { kind: 'scored'; earned: number; possible: number }
	| { kind: 'partial'; earned: number; possible: number }
	| { kind: 'invalid'; reason: string };

export const MAX_POINTS = 30;

/**
 * What progress must know of an activity type; `src/lib/activities/registry.ts` provides it.
 * `Definition` and `Response` are opaque here.
 */
export interface ActivityRules {
	score(activity: unknown, response: unknown): Score;
	/** Merges a later response into an earlier one of the same attempt; by default the later one wins. */
	merge?(before: unknown, next: unknown): unknown;
	/** A response as few small numbers (each 0–1023), for suspend data. */
	pack?(response: unknown): number[];
	/** The inverse of `pack`; undefined when the numbers no longer fit the (edited) activity. */
	unpack?(activity: unknown, numbers: number[]): unknown;
}

export type RulesByType = (type: string) => ActivityRules | undefined;
