import { agentKey, withMembersOf, type Agent } from './agents.ts';
import { isObject, type Json } from './shape.ts';
import { VOIDED } from './statement.ts';

/**
 * What a statement is found by: a filter of the statements resource, and a value that it fits. The
 * related ones are what the broad filters (`related_agents`, `related_activities`) find and the narrow
 * ones do not.
 */
export interface Term {
	kind: 'agent' | 'agent-related' | 'activity' | 'activity-related' | 'verb' | 'registration';
	/** An agent's key, an IRI, or a UUID in lower case. */
	value: string;
}

/**
 * What a statement is found by by itself (Communication 2.1.3); one that refers to another is found
 * by the other's terms too, which is for the store to see to. The authority counts, so it has to be
 * there. Each term comes once: whoever looks broadly looks for both kinds.
 */
export function termsOf(statement: unknown): Term[] {
	if (!isObject(statement)) return [];
	const { verb, context } = statement;
	const agents = keysOf([statement.actor, agentIn(statement.object)]);
	const activities = idsOf([activityIn(statement.object)]);
	const registration = isObject(context) ? context.registration : undefined;
	return [
		...terms('agent', agents),
		...terms('agent-related', without(agents, keysOf(actorsIn(statement)))),
		...terms('activity', activities),
		...terms('activity-related', without(activities, idsOf(activitiesOf(statement)))),
		...terms('verb', isObject(verb) ? [String(verb.id)] : []),
		...terms('registration', registration ? [String(registration).toLowerCase()] : []),
	];
}

function terms(kind: Term['kind'], values: string[]): Term[] {
	return [...new Set(values)].map((value) => ({ kind, value }));
}

function without(some: string[], all: string[]): string[] {
	const known = new Set(some);
	return all.filter((one) => !known.has(one));
}

const keysOf = (actors: unknown[]) =>
	actors
		.flatMap(withMembersOf)
		.map(agentKey)
		.filter((key) => key !== '');

const idsOf = (activities: (Json | undefined)[]) =>
	activities.flatMap((one) => (one ? [String(one.id)] : []));

/** The id of the statement that a statement voids (Data 2.3.2), in lower case. */
export function voidedBy(statement: unknown): string | undefined {
	if (!isObject(statement) || !isObject(statement.verb)) return undefined;
	return statement.verb.id === VOIDED ? referencedBy(statement) : undefined;
}

/** The id of the statement that a statement has for its object, in lower case. */
export function referencedBy(statement: unknown): string | undefined {
	if (!isObject(statement) || !isObject(statement.object)) return undefined;
	const { objectType, id } = statement.object;
	return objectType === 'StatementRef' ? String(id).toLowerCase() : undefined;
}

/** Every activity of a statement and its sub-statement, with what is said of it; the object first. */
export function activitiesIn(statement: unknown): { id: string; definition?: unknown }[] {
	if (!isObject(statement)) return [];
	return activitiesOf(statement).map(({ id, definition }) => ({
		id: String(id),
		...(definition === undefined ? {} : { definition }),
	}));
}

/** Every agent of a statement and its sub-statement, members of groups too; without the groups. */
export function agentsIn(statement: unknown): Agent[] {
	if (!isObject(statement)) return [];
	return actorsIn(statement)
		.flatMap(withMembersOf)
		.filter(({ objectType }) => objectType !== 'Group');
}

/** Agents and groups wherever a statement has one: the broad filter's places (2.1.3). */
function actorsIn(statement: Json): Agent[] {
	const { actor, object, authority } = statement;
	const context = isObject(statement.context) ? statement.context : {};
	const places = [actor, agentIn(object), authority, context.instructor, context.team];
	for (const [list, name] of [
		[context.contextAgents, 'agent'],
		[context.contextGroups, 'group'],
	] as const)
		if (Array.isArray(list)) places.push(...list.filter(isObject).map((one) => one[name]));
	const inner = subStatementIn(object);
	return [...places.filter(isObject), ...(inner ? actorsIn(inner) : [])];
}

function activitiesOf(statement: Json): Json[] {
	const { object } = statement;
	const context = isObject(statement.context) ? statement.context : {};
	const around = isObject(context.contextActivities)
		? Object.values(context.contextActivities).flat()
		: [];
	const inner = subStatementIn(object);
	return [
		...[activityIn(object), ...around].filter(isObject),
		...(inner ? activitiesOf(inner) : []),
	];
}

const subStatementIn = (object: unknown) =>
	isObject(object) && object.objectType === 'SubStatement' ? object : undefined;

const activityIn = (object: unknown) =>
	isObject(object) && (object.objectType === undefined || object.objectType === 'Activity')
		? object
		: undefined;

const agentIn = (object: unknown) =>
	isObject(object) && (object.objectType === 'Agent' || object.objectType === 'Group')
		? object
		: undefined;
