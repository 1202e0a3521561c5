import { IFIS } from './actor.ts';
import { bestLanguage } from './language.ts';
import { isObject, type Json } from './shape.ts';

export interface Canon {
	/** Wanted, the most wanted first. */
	languages: readonly string[];
	/** What is known of an activity; nothing, where the statement's own words stand. */
	definitionOf?: (id: string) => unknown;
	/** What is known of a verb's words, likewise. */
	displayOf?: (id: string) => unknown;
}

/**
 * A statement as `format` asks for it (Communication 2.1.3): `ids` keeps of agents, groups, verbs
 * and activities what identifies them; `canonical` has the definitions that the record store knows,
 * one language in each map. The statement that is given stays as it is.
 */
export function inFormat(
	statement: unknown,
	format: 'ids' | 'canonical',
	canon: Canon = { languages: [] },
): unknown {
	return formed(statement, format === 'ids' ? IDS : canonical(canon));
}

interface Forms {
	actor(actor: Json): Json;
	verb(verb: Json): Json;
	activity(activity: Json): Json;
}

function formed(statement: unknown, forms: Forms): unknown {
	if (!isObject(statement)) return statement;
	return changed(statement, {
		actor: forms.actor,
		verb: forms.verb,
		object: (object) => objectIn(object, forms),
		authority: forms.actor,
		context: (context) => contextIn(context, forms),
	});
}

function objectIn(object: Json, forms: Forms): Json {
	switch (object.objectType) {
		case undefined:
		case 'Activity':
			return forms.activity(object);
		case 'SubStatement':
			return formed(object, forms) as Json;
		case 'StatementRef':
			return object;
		default:
			return forms.actor(object);
	}
}

function contextIn(context: Json, { actor, activity }: Forms): Json {
	const inEach = (name: string) => (one: Json) => changed(one, { [name]: actor });
	return changed(context, {
		instructor: actor,
		team: actor,
		contextActivities: (kinds) =>
			changed(kinds, Object.fromEntries(Object.keys(kinds).map((kind) => [kind, activity]))),
		contextAgents: inEach('agent'),
		contextGroups: inEach('group'),
	});
}

/** The same object with some members changed, those that are there; arrays element by element. */
function changed(value: Json, changes: Record<string, (member: Json) => Json>): Json {
	const result = { ...value };
	for (const [key, change] of Object.entries(changes)) {
		const member = value[key];
		if (isObject(member)) result[key] = change(member);
		else if (Array.isArray(member))
			result[key] = member.map((one) => (isObject(one) ? change(one) : one));
	}
	return result;
}

const pick = (value: Json, names: readonly string[]): Json =>
	Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));

const IDS: Forms = {
	actor(actor) {
		const least = pick(actor, ['objectType', ...IFIS]);
		const isAnonymous = IFIS.every((name) => actor[name] === undefined);
		if (!isAnonymous || !Array.isArray(actor.member)) return least;
		return { ...least, member: actor.member.map((one) => (isObject(one) ? IDS.actor(one) : one)) };
	},
	verb: (verb) => pick(verb, ['id']),
	activity: (activity) => pick(activity, ['id']),
};

function canonical({ languages, definitionOf, displayOf }: Canon): Forms {
	const oneLanguage = (map: Json): Json => {
		const tag = bestLanguage(map, languages);
		return tag === undefined ? {} : { [tag]: map[tag] };
	};
	const component = (one: Json) => changed(one, { description: oneLanguage });
	return {
		actor: (actor) => actor,
		verb(verb) {
			const display = displayOf?.(String(verb.id)) ?? verb.display;
			return isObject(display) ? { ...verb, display: oneLanguage(display) } : verb;
		},
		activity(activity) {
			const definition = definitionOf?.(String(activity.id)) ?? activity.definition;
			if (!isObject(definition)) return activity;
			return {
				...activity,
				definition: changed(definition, {
					name: oneLanguage,
					description: oneLanguage,
					choices: component,
					scale: component,
					source: component,
					target: component,
					steps: component,
				}),
			};
		},
	};
}
