import { CMI5 } from '#lib/xapi/iris.ts';
import { agentKey, VOIDED } from '#lib/xapi/rules/index.ts';
import type { Actor } from '#lib/xapi/statement.ts';
import { late, unless, type Breach, type Found } from './breach.ts';
import { withResult, withScore } from './results.ts';
import {
	activitiesIn,
	categoriesOf,
	DEFINED,
	definedVerb,
	isDefined,
	type DefinedVerb,
	type Sent,
} from './sent.ts';

export const MODES = ['Normal', 'Browse', 'Review'] as const;
export type Mode = (typeof MODES)[number];

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
