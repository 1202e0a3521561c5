import { CMI5, VERBS, EXTENSIONS } from '#lib/xapi/iris.ts';
import { DISPLAY } from '#lib/xapi/display.ts';
import type { Context, Result, Statement, XapiActivity } from '#lib/xapi/statement.ts';
import type { Launch } from './launch.ts';
import type { ContextTemplate } from './launch-data.ts';

/** What the course says by itself of its four great moments; it never says `failed`. */
export type DefinedVerb = 'initialized' | 'completed' | 'passed' | 'terminated';

export interface Moment {
	id: string;
	verb: DefinedVerb;
	/** ISO 8601 in UTC. */
	at: string;
	language: string;
	/** The version of the course. */
	revision: string;
	result?: Result;
	/** What the LMS asks for, where it was asked ("cmi5", section 9.6.3.2). */
	masteryScore?: number;
}

/** A statement that cmi5 defines (section 7.1.3). */
export function defined({ actor, registration, activityId }: Launch, moment: Moment): Statement {
	const { id, verb, at, language, revision, result, masteryScore } = moment;
	const tellsMoveOn = result?.completion !== undefined || result?.success !== undefined;
	const category = [CMI5.category, ...(tellsMoveOn ? [CMI5.moveOn] : [])];
	return {
		id,
		timestamp: at,
		actor: { objectType: 'Agent', ...actor },
		verb: { id: VERBS[verb], display: DISPLAY[verb] },
		object: au(activityId),
		...(result ? { result } : {}),
		context: {
			registration,
			platform: 'Rygsamtalen',
			language,
			revision,
			contextActivities: { category: category.map((id) => ({ objectType: 'Activity', id })) },
			...(masteryScore === undefined ? {} : { extensions: { [CMI5.masteryScore]: masteryScore } }),
		},
	};
}

/**
 * What is told of a visit as cmi5 allows it. What concerns the course as a whole is the assignable
 * unit's: its beginning, its end and its outcome are `defined`, so that only progress is left, below
 * 100 (best practice "progressed").
 *
 * @param course the IRI of the course
 */
export function allowed(
	{ activityId }: Launch,
	course: string,
	statements: Statement[],
): Statement[] {
	return statements.flatMap((statement) => {
		if (statement.object.id !== course) return [statement];
		const progress = statement.result?.extensions?.[EXTENSIONS.progress];
		return typeof progress === 'number' && progress < 100
			? [{ ...statement, object: au(activityId) }]
			: [];
	});
}

const au = (id: string): XapiActivity => ({ objectType: 'Activity', id });

/** A statement with the LMS's context, of which nothing is overwritten ("cmi5", section 10.2.1). */
export function inSession(template: ContextTemplate, statement: Statement): Statement {
	const { context } = statement;
	const { contextActivities: theirs = {}, extensions, ...others } = template;
	const contextActivities = Object.fromEntries(
		KINDS.map((kind) => [
			kind,
			together([theirs[kind] ?? []].flat(), context.contextActivities[kind] ?? []),
		]).filter(([, list]) => list!.length > 0),
	) as Context['contextActivities'];
	return {
		...statement,
		context: {
			...context,
			...others,
			contextActivities,
			...(extensions || context.extensions
				? { extensions: { ...context.extensions, ...extensions } }
				: {}),
		},
	};
}

const KINDS = ['parent', 'grouping', 'category', 'other'] as const;

function together(theirs: { id: string }[], ours: { id: string }[]): { id: string }[] {
	return [...theirs, ...ours.filter(({ id }) => !theirs.some((one) => one.id === id))];
}
