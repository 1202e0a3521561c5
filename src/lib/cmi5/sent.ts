import { CMI5, VERBS } from '#lib/xapi/iris.ts';

/** The verbs of cmi5's own statements that a unit says itself (section 9.3). */
export const DEFINED = ['initialized', 'completed', 'passed', 'failed', 'terminated'] as const;
export type DefinedVerb = (typeof DEFINED)[number];

/** What of a statement counts here; it is a valid one. */
export interface Sent {
	id?: string;
	timestamp?: string;
	actor: unknown;
	verb: { id: string };
	object: { id?: string };
	result?: {
		success?: boolean;
		completion?: boolean;
		duration?: string;
		score?: { scaled?: number; raw?: number; min?: number; max?: number };
	};
	context?: {
		registration?: string;
		contextActivities?: Partial<Record<string, { id: string } | { id: string }[]>>;
		extensions?: Record<string, unknown>;
	};
}

export function categoriesOf({ context }: Sent): string[] {
	return activitiesIn(context?.contextActivities?.category);
}

export function activitiesIn(list: { id: string } | { id: string }[] | undefined): string[] {
	return [list ?? []].flat().map(({ id }) => id);
}

/** Whether cmi5 defines the statement; all others it allows (section 7.1.3). */
export function isDefined(statement: Sent): boolean {
	return categoriesOf(statement).includes(CMI5.category);
}

export function definedVerb(statement: Sent): DefinedVerb | undefined {
	if (!isDefined(statement)) return undefined;
	return DEFINED.find((verb) => VERBS[verb] === statement.verb.id);
}
