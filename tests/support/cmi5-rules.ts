import { createRequire } from 'node:module';
import xapiValidation from 'xapi-validation';
import { CMI5, VERBS } from '../../src/lib/xapi/iris.ts';
import type { Statement } from '../../src/lib/xapi/statement.ts';

// The package is written for require(); its function is one level deeper than the types say.
const invalidIn = ((xapiValidation as unknown as { default?: typeof xapiValidation }).default ??
	xapiValidation) as (data: unknown) => unknown[];

/** The normative requirements of the specification, by id. */
const requirements = createRequire(import.meta.url)('@cmi5/requirements') as Record<
	string,
	unknown
>;

export interface Rules {
	actor: object;
	registration: string;
	activityId: string;
	mode: 'Normal' | 'Browse' | 'Review';
	masteryScore?: number;
	template: {
		contextActivities: { grouping: { id: string }[] };
		extensions: Record<string, unknown>;
	};
}

/** A rule that was broken: the id of a requirement of the specification, and what was wrong. */
export type Complaint = `${string}: ${string}`;

/** A complaint under a requirement that exists. */
export function complaint(requirement: string, what: string): Complaint {
	if (!(requirement in requirements)) throw new Error(`There is no requirement ${requirement}`);
	return `${requirement}: ${what}`;
}

const verbOf = ({ verb }: Statement) =>
	Object.entries(VERBS).find(([, iri]) => iri === verb.id)?.[0] ?? verb.id;
export const isDefined = ({ context }: Statement) =>
	context.contextActivities.category?.some(({ id }) => id === CMI5.category) ?? false;
const named = (verb: string) => (one: Statement) => isDefined(one) && verbOf(one) === verb;

/**
 * What is wrong with a statement by the rules for assignable units, as an LMS sees it.
 *
 * @param session what the LMS got in this session before
 * @param registration what it got in all sessions of the registration before
 */
export function complaintsOf(
	rules: Rules,
	statement: Statement,
	session: Statement[],
	registration: Statement[],
): Complaint[] {
	const found: Complaint[] = [];
	const must = (isKept: boolean, requirement: string) => {
		if (!isKept) found.push(complaint(requirement, JSON.stringify(statement)));
	};
	const { id, timestamp, actor, context, result, object } = statement;
	const verb = verbOf(statement);
	const isFirst = session.length === 0;

	must(invalidIn(statement).length === 0, '4.1.0.0-1');
	must(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id), '9.1.0.0-1');
	must(/Z$/.test(timestamp), '9.7.0.0-2');
	must(sameJson(actor, rules.actor), '8.1.3.0-3');
	must(context.registration === rules.registration, '9.6.1.0-1');
	must(
		context.extensions?.[CMI5.sessionId] === rules.template.extensions[CMI5.sessionId],
		'9.6.3.1-4',
	);
	must(
		rules.template.contextActivities.grouping.every((wanted) =>
			context.contextActivities.grouping?.some((one) => sameJson(one, wanted)),
		),
		'10.2.1.0-6',
	);
	for (const [key, value] of Object.entries(rules.template.extensions))
		must(sameJson(context.extensions?.[key], value), '10.2.1.0-7');
	must(isFirst === named('initialized')(statement), '9.3.0.0-4');
	must(!session.some(named('terminated')), '9.3.0.0-5');

	const tellsMoveOn = result?.success !== undefined || result?.completion !== undefined;
	const hasMoveOn = context.contextActivities.category?.some((one) => one.id === CMI5.moveOn);
	if (!isDefined(statement)) {
		must(!hasMoveOn, '9.6.2.2-2');
		return found;
	}
	must(object.id === rules.activityId, '8.1.5.0-6');
	must(!session.some(named(verb)), '9.3.0.0-2');
	must(tellsMoveOn === Boolean(hasMoveOn), tellsMoveOn ? '9.6.2.2-1' : '9.6.2.2-2');
	if (rules.mode !== 'Normal')
		must(
			verb === 'initialized' || verb === 'terminated',
			rules.mode === 'Browse' ? '10.2.2.0-9' : '10.2.2.0-11',
		);
	must(verb !== 'completed' || !registration.some(named('completed')), '9.3.0.0-6');
	must(verb !== 'passed' || !registration.some(named('passed')), '9.3.0.0-7');
	must(verb !== 'failed' || !registration.some(named('passed')), '9.3.0.0-8');
	must(verb === 'passed' || verb === 'failed' || !result?.score, '9.5.1.0-2');
	const { score } = result ?? {};
	must(
		score?.raw === undefined || (score.min !== undefined && score.max !== undefined),
		'9.5.1.0-3',
	);
	must(verb !== 'passed' || result?.success === true, '9.5.2.0-1');
	must(verb === 'passed' || verb === 'failed' || result?.success === undefined, '9.5.2.0-3');
	must(verb !== 'completed' || result?.completion === true, '9.5.3.0-1');
	must(verb === 'completed' || result?.completion === undefined, '9.5.3.0-2');
	must(verb !== 'terminated' || result?.duration !== undefined, '9.5.4.1-1');
	must(verb !== 'completed' || result?.duration !== undefined, '9.5.4.1-2');
	must(verb !== 'passed' || result?.duration !== undefined, '9.5.4.1-3');
	if (verb === 'passed' && rules.masteryScore !== undefined) {
		must(score === undefined || score.scaled >= rules.masteryScore, '9.3.4.0-2');
		must(
			score === undefined || context.extensions?.[CMI5.masteryScore] === rules.masteryScore,
			'9.6.3.2-2',
		);
	}
	return found;
}

export const sameJson = (one: unknown, other: unknown) => sorted(one) === sorted(other);

function sorted(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) =>
		typeof part === 'object' && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);
}
