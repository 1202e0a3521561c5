import { CMI5 } from '#lib/xapi/iris.ts';
import { unless, type Found } from './breach.ts';
import { categoriesOf, type DefinedVerb, type Sent } from './sent.ts';
import type { Session } from './session.ts';

/** What a result must and must not hold, by the verb (sections 9.5 and 9.6.2.2). */
export function withResult(verb: DefinedVerb, statement: Sent): Found {
	const { success, completion, duration } = statement.result ?? {};
	const tells = success !== undefined || completion !== undefined;
	const isMarked = categoriesOf(statement).includes(CMI5.moveOn);
	const category = 'context.contextActivities.category';
	return [
		unless(verb !== 'passed' || success === true, '9.5.2.0-1', 'result.success', 'must be true'),
		unless(verb !== 'failed' || success === false, '9.5.2.0-2', 'result.success', 'must be false'),
		unless(
			verb === 'passed' || verb === 'failed' || success === undefined,
			'9.5.2.0-3',
			'result.success',
			'belongs to "passed" and "failed" only',
		),
		unless(
			verb !== 'completed' || completion === true,
			'9.5.3.0-1',
			'result.completion',
			'must be true',
		),
		unless(
			verb === 'completed' || completion === undefined,
			'9.5.3.0-2',
			'result.completion',
			'belongs to "completed" only',
		),
		unless(
			verb === 'initialized' || duration !== undefined,
			DURATION[verb],
			'result.duration',
			'is missing',
		),
		unless(!tells || isMarked, '9.6.2.2-1', category, 'must hold the moveOn category'),
		unless(tells || !isMarked, '9.6.2.2-2', category, 'must not hold the moveOn category'),
	];
}

const DURATION: Record<DefinedVerb, string> = {
	initialized: '',
	terminated: '9.5.4.1-1',
	completed: '9.5.4.1-2',
	passed: '9.5.4.1-3',
	failed: '9.5.4.1-4',
};

/** What a score must and must not say (sections 9.3.4, 9.3.5, 9.5.1 and 9.6.3.2). */
export function withScore(
	{ masteryScore }: Session,
	verb: DefinedVerb,
	{ result, context }: Sent,
): Found {
	const { score } = result ?? {};
	if (!score) return [];
	const { scaled, raw, min, max } = score;
	const isJudged = masteryScore !== undefined && scaled !== undefined;
	return [
		unless(
			verb === 'passed' || verb === 'failed',
			'9.5.1.0-2',
			'result.score',
			'belongs to "passed" and "failed" only',
		),
		unless(
			raw === undefined || (min !== undefined && max !== undefined),
			'9.5.1.0-3',
			'result.score',
			'raw needs min and max',
		),
		unless(
			verb !== 'passed' || !isJudged || scaled >= masteryScore,
			'9.3.4.0-2',
			'result.score.scaled',
			`"passed" takes at least the mastery score, ${masteryScore}`,
		),
		unless(
			verb !== 'failed' || !isJudged || scaled < masteryScore,
			'9.3.5.0-2',
			'result.score.scaled',
			`"failed" takes less than the mastery score, ${masteryScore}`,
		),
		unless(
			masteryScore === undefined || context?.extensions?.[CMI5.masteryScore] === masteryScore,
			'9.6.3.2-2',
			`context.extensions["${CMI5.masteryScore}"]`,
			`must be the mastery score of LMS.LaunchData, ${masteryScore}`,
		),
	];
}
