import { CMI5, VERBS } from '#lib/xapi/iris.ts';
import { agentKey, VOIDED } from '#lib/xapi/rules/index.ts';
import type { Actor } from '#lib/xapi/statement.ts';

export const MODES = ['Normal', 'Browse', 'Review'] as const;
export type Mode = (typeof MODES)[number];

/** The verbs of cmi5's own statements that a unit says itself (section 9.3). */
const DEFINED = ['initialized', 'completed', 'passed', 'failed', 'terminated'] as const;
export type DefinedVerb = (typeof DEFINED)[number];

/** Where a learner stands with a unit, in all its sessions together. */
export interface Standing {
	begun: boolean;
	completed: boolean;
	passed: boolean;
	failed: boolean;
	/** The last scaled score, −1–1. */
	score?: number;
}
export const NOT_BEGUN: Standing = { begun: false, completed: false, passed: false, failed: false };

/** What a session was launched with. */
export interface Session {
	id: string;
	actor: Actor;
	registration: string;
	activityId: string;
	/** The unit's id in the course structure. */
	publisherId: string;
	mode: Mode;
	masteryScore?: number;
}

/** What was said in it so far. */
export interface Said {
	verbs: readonly DefinedVerb[];
	/** Whether the learner's preferences were read (section 11). */
	hasPreferences: boolean;
	ended?: 'terminated' | 'abandoned';
}

/** A rule that a statement breaks. */
export interface Breach {
	/** The requirement's number: section, paragraph, sentence. */
	requirement: string;
	/** 400 where the statement itself is wrong, 403 where it comes at the wrong time. */
	status: 400 | 403;
	/** Where in the statement. */
	at: string;
	message: string;
}

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

/**
 * The first rule of cmi5 that a statement breaks at its place in the session; undefined where it keeps
 * all. Rules for the unit, as the learning system enforces them (sections 6.3, 7.1, 8.1, 9 and 10.2).
 */
export function breachOf(
	session: Session,
	said: Said,
	standing: Standing,
	statement: Sent,
): Breach | undefined {
	return [
		...inOrder(said, statement),
		...ofTheLaunch(session, statement),
		...(isDefined(statement) ? definedBy(session, said, standing, statement) : allowed(statement)),
	].find((one) => one !== undefined);
}

/** What holds after a statement that breaks no rule. */
export function after(
	said: Said,
	standing: Standing,
	statement: Sent,
): { said: Said; standing: Standing } {
	const verb = definedVerb(statement);
	if (!verb) return { said, standing };
	const scaled = statement.result?.score?.scaled;
	return {
		said: {
			...said,
			verbs: [...said.verbs, verb],
			...(verb === 'terminated' ? { ended: verb } : {}),
		},
		standing: {
			...standing,
			begun: true,
			completed: standing.completed || verb === 'completed',
			passed: standing.passed || verb === 'passed',
			failed: standing.failed || verb === 'failed',
			...(scaled === undefined ? {} : { score: scaled }),
		},
	};
}

type Found = (Breach | undefined)[];

function unless(
	isKept: boolean,
	requirement: string,
	at: string,
	message: string,
	status: Breach['status'] = 400,
): Breach | undefined {
	return isKept ? undefined : { requirement, status, at, message };
}

function late(isKept: boolean, requirement: string, message: string): Breach | undefined {
	return unless(isKept, requirement, 'verb', message, 403);
}

function categoriesOf({ context }: Sent): string[] {
	return activitiesIn(context?.contextActivities?.category);
}

function activitiesIn(list: { id: string } | { id: string }[] | undefined): string[] {
	return [list ?? []].flat().map(({ id }) => id);
}

/** Whether cmi5 defines the statement; all others it allows (section 7.1.3). */
export function isDefined(statement: Sent): boolean {
	return categoriesOf(statement).includes(CMI5.category);
}

function definedVerb(statement: Sent): DefinedVerb | undefined {
	if (!isDefined(statement)) return undefined;
	return DEFINED.find((verb) => VERBS[verb] === statement.verb.id);
}

function inOrder({ verbs, ended }: Said, statement: Sent): Found {
	return [
		late(ended !== 'abandoned', '9.3.6.0-2', 'comes after the session was abandoned'),
		late(ended !== 'terminated', '9.3.0.0-5', 'comes after "terminated", which is the last'),
		late(
			verbs.length > 0 || definedVerb(statement) === 'initialized',
			'9.3.0.0-4',
			'comes before "initialized", which is the first',
		),
		late(statement.verb.id !== VOIDED, '6.3.0.0-1', 'a unit may not void statements'),
	];
}

/** That it is of this learner, this registration and this session. */
function ofTheLaunch(session: Session, { id, timestamp, actor, context }: Sent): Found {
	const grouping = activitiesIn(context?.contextActivities?.grouping);
	return [
		unless(id !== undefined, '9.1.0.0-1', 'id', 'is missing'),
		unless(timestamp !== undefined, '9.7.0.0-1', 'timestamp', 'is missing'),
		unless(
			timestamp === undefined || /(?:Z|[+-]00(?::?00)?)$/i.test(timestamp),
			'9.7.0.0-2',
			'timestamp',
			'must be in UTC',
		),
		unless(
			agentKey(actor) === agentKey(session.actor),
			'8.1.3.0-3',
			'actor',
			'must be the one of the launch',
			403,
		),
		unless(
			context?.registration?.toLowerCase() === session.registration,
			'9.6.1.0-1',
			'context.registration',
			'must be the one of the launch',
			403,
		),
		unless(
			context?.extensions?.[CMI5.sessionId] === session.id,
			'9.6.3.1-4',
			`context.extensions["${CMI5.sessionId}"]`,
			'must be the session id of LMS.LaunchData',
			403,
		),
		unless(
			grouping.includes(session.publisherId),
			'10.2.1.0-6',
			'context.contextActivities.grouping',
			'must hold what the contextTemplate of LMS.LaunchData holds',
		),
	];
}

function allowed(statement: Sent): Found {
	return [
		unless(
			!categoriesOf(statement).includes(CMI5.moveOn),
			'9.6.2.2-2',
			'context.contextActivities.category',
			'the moveOn category belongs to statements that cmi5 defines',
		),
	];
}

function definedBy(session: Session, said: Said, standing: Standing, statement: Sent): Found {
	const verb = definedVerb(statement);
	if (!verb)
		return [
			unless(
				false,
				'9.3.0.0-1',
				'verb.id',
				`a unit's own statements are ${DEFINED.join(', ')}; others go without the cmi5 category`,
			),
		];
	return [
		unless(
			statement.object.id === session.activityId,
			'8.1.5.0-6',
			'object.id',
			'must be the activityId of the launch',
		),
		...once(session, said, standing, verb),
		...withResult(verb, statement),
		...withScore(session, verb, statement),
	];
}

function once({ mode }: Session, said: Said, standing: Standing, verb: DefinedVerb): Found {
	const { verbs, hasPreferences } = said;
	const isOutcome = verb === 'passed' || verb === 'failed';
	const isFrame = verb === 'initialized' || verb === 'terminated';
	return [
		late(
			verb !== 'initialized' || hasPreferences,
			'11.0.0.0-3',
			'comes before the agent profile cmi5LearnerPreferences was asked for',
		),
		late(!verbs.includes(verb), '9.3.0.0-2', `"${verb}" twice in a session`),
		late(
			!isOutcome || !verbs.some((one) => one === 'passed' || one === 'failed'),
			'9.3.0.0-3',
			'"passed" or "failed" once in a session',
		),
		late(
			mode === 'Normal' || isFrame,
			mode === 'Browse' ? '10.2.2.0-9' : '10.2.2.0-11',
			`only "initialized" and "terminated" when launched to ${mode}`,
		),
		late(
			verb !== 'completed' || !standing.completed,
			'9.3.0.0-6',
			'"completed" once in a registration',
		),
		late(verb !== 'passed' || !standing.passed, '9.3.0.0-7', '"passed" once in a registration'),
		late(verb !== 'failed' || !standing.passed, '9.3.0.0-8', '"failed" after "passed"'),
	];
}

function withResult(verb: DefinedVerb, statement: Sent): Found {
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

function withScore({ masteryScore }: Session, verb: DefinedVerb, { result, context }: Sent): Found {
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
