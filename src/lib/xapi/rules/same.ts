import { agentKey } from './agents.ts';
import { isObject, type Json } from './shape.ts';
import { SIGNATURE } from './statement.ts';
import { instantOf } from './timestamps.ts';

/**
 * Whether two statements with one id are the same one (1.0.3: Data 2.3.1, "Statement Comparison";
 * 2.0: 4.2.3). What the record store sets does not count, nor do definitions of activities, words of
 * verbs, the order of a group's members, the zone of a timestamp, the case of UUIDs and domains, and
 * what of a duration is finer than 0.01 seconds. Nor does a signature, which a statement gets after
 * it is made.
 */
export function isSameStatement(a: unknown, b: unknown): boolean {
	if (!isObject(a) || !isObject(b)) return false;
	// What one of them leaves open the record store may have set in the other.
	const open = ['id', 'timestamp'].filter((key) => a[key] === undefined || b[key] === undefined);
	return plain(a, open) === plain(b, open);
}

const SET_BY_STORE = ['authority', 'stored', 'version'];

function plain(statement: Json, open: string[]): string {
	const kept = Object.entries(statement).filter(
		([key]) => !SET_BY_STORE.includes(key) && !open.includes(key),
	);
	return JSON.stringify(statementOf(Object.fromEntries(kept)));
}

/** A statement or sub-statement in one form, whatever it was written like. */
function statementOf({ attachments, ...statement }: Json): unknown {
	const { id, actor, verb, object, result, context, timestamp } = statement;
	return sorted({
		...statement,
		id: lower(id),
		actor: actorOf(actor),
		verb: isObject(verb) ? verb.id : verb,
		object: objectOf(object),
		result: isObject(result) ? { ...result, duration: durationOf(result.duration) } : result,
		context: isObject(context) ? contextOf(context) : context,
		timestamp: typeof timestamp === 'string' ? instantOf(timestamp) : timestamp,
		attachments: unsigned(attachments),
	});
}

function objectOf(object: unknown): unknown {
	if (!isObject(object)) return object;
	switch (object.objectType) {
		case undefined:
		case 'Activity':
			return activityOf(object);
		case 'SubStatement':
			return statementOf(object);
		case 'StatementRef':
			return refOf(object);
		default:
			return actorOf(object);
	}
}

function contextOf(context: Json): Json {
	const { registration, instructor, team, contextActivities, contextAgents, contextGroups } =
		context;
	const with_ = (list: unknown, name: string) =>
		Array.isArray(list) ? list.map((one: Json) => ({ ...one, [name]: actorOf(one[name]) })) : list;
	return {
		...context,
		registration: lower(registration),
		instructor: actorOf(instructor),
		team: actorOf(team),
		statement: refOf(context.statement),
		contextActivities: isObject(contextActivities)
			? Object.fromEntries(
					Object.entries(contextActivities).map(([key, list]) => [
						key,
						[list].flat().map((one) => (isObject(one) ? activityOf(one) : one)),
					]),
				)
			: contextActivities,
		contextAgents: with_(contextAgents, 'agent'),
		contextGroups: with_(contextGroups, 'group'),
	};
}

const activityOf = ({ id }: Json) => ({ objectType: 'Activity', id });

const refOf = (ref: unknown) => (isObject(ref) ? { ...ref, id: lower(ref.id) } : ref);

const lower = (id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id);

/** An agent by its key; a group with its members in the order of theirs. */
function actorOf(actor: unknown): unknown {
	if (!isObject(actor)) return actor;
	const { objectType = 'Agent', name, member } = actor;
	const members = Array.isArray(member)
		? member.map((one) => JSON.stringify(sorted(actorOf(one)))).sort()
		: member;
	return { objectType, name, key: agentKey(actor), member: members };
}

/** Seconds cut off after two decimals; the rest of a duration is a text (Data 2.3.1 and 4.6). */
function durationOf(duration: unknown): unknown {
	if (typeof duration !== 'string') return duration;
	return duration.replace(/[.,](\d+)S$/, (_, digits: string) => {
		const kept = digits.slice(0, 2).replace(/0+$/, '');
		return kept ? `.${kept}S` : 'S';
	});
}

function unsigned(attachments: unknown): unknown {
	if (!Array.isArray(attachments)) return attachments;
	const others = attachments.filter((one) => !isObject(one) || one.usageType !== SIGNATURE);
	return others.length ? others : undefined;
}

/** The same value with the members of every object in the order of their names. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isObject(value)) return value;
	const entries = Object.entries(value).filter(([, member]) => member !== undefined);
	entries.sort(([one], [other]) => (one < other ? -1 : 1));
	return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
