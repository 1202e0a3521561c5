import { eq } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import { activitiesIn, agentKey, agentsIn } from '#lib/xapi/rules/index.ts';
import { note } from '../../audit.ts';
import type { Database } from '../../db/database.ts';
import { homePageOfServer } from '../../statements/narrators.ts';
import { listClients } from '../clients.ts';
import { findStatement, findStatements, type Row } from '../find.ts';
import { definitionsOf } from '../known.ts';
import { textOf, valueOf } from '../own-statements.ts';
import { plainly, queryOf, readFilters, type Asked, type Filters } from './query.ts';
import { WORDS_OF_VERBS } from './verbs.ts';
import { actorWords, isMap, sentenceOf, verbWords, type Known, type Sentence } from './words.ts';

/** A statement as the page shows it. */
export interface Shown extends Sentence {
	id: string;
	/** When it happened, as the statement says; null where that is no date. */
	at: Date | null;
	storedAt: Date;
	/** Who wrote it; null for this server. */
	client: string | null;
	isVoided: boolean;
	/** What finds others like it: values of the filters. */
	like: { agent: string; verb: string; activity: string; id: string };
	/** As the record store hands it out; null where it is too large for a page. */
	text: string | null;
	/** Of that text. */
	kilobytes: number;
}

export interface Browsed extends Pick<Asked, 'values' | 'errors' | 'choices'> {
	/** The id of somebody with an account here whose statements were looked for: a deed to be noted. */
	person: string | null;
	/** What narrows the list, in words, by filter. */
	chosen: { name: 'agent' | 'verb' | 'activity' | 'id'; words: string }[];
	statements: Shown[];
	/** What `after` is for those that follow; null when these are the last. */
	next: number | null;
	clients: { id: string; name: string }[];
	/** Verbs to choose from. */
	verbs: { iri: string; words: string }[];
}

export const STATEMENTS_A_PAGE = 20;
/** Bytes of a page's statements, after which it ends early; and of one of them that is shown as JSON. */
const PAGE_BYTES = 4 * 1024 * 1024;
const SHOWN_BYTES = 128 * 1024;

/** Statements for people who look after the store: the latest first, voided ones too. */
export async function browse(
	db: Database,
	params: URLSearchParams,
	language: Language,
): Promise<Browsed> {
	const { values, errors, choices, who, filters } = await readFilters(db, params);
	const clients = await listClients(db);
	const found = filters ? await find(db, filters) : { rows: [] };
	const all = found.rows.map((row) => ({ row, value: valueOf(row) as Record<string, unknown> }));
	const person = filters ? idOfPerson(filters) : null;
	const known = await knownOf(
		db,
		all.map(({ value }) => value),
		language,
		person,
	);
	const names = new Map(clients.map(({ id, name }) => [id, name]));
	const statements = all.map(({ row, value }) => shown(row, value, names, known));
	return {
		person,
		values,
		errors,
		choices,
		chosen: filters
			? chosenIn(
					filters,
					who?.name ?? (person === null ? undefined : known.people.get(person)),
					all.map(({ value }) => value),
					known,
				)
			: [],
		statements,
		next: found.next ?? null,
		clients: clients.map(({ id, name }) => ({ id, name })),
		verbs: Object.entries(WORDS_OF_VERBS).map(([iri, words]) => ({ iri, words: words[language] })),
	};
}

async function find(db: Database, filters: Filters): Promise<{ rows: Row[]; next?: number }> {
	const size = { limit: STATEMENTS_A_PAGE, bytes: PAGE_BYTES };
	if (!filters.id) return findStatements(db, { ...queryOf(filters), ...size });
	const row = await findStatement(db, filters.id);
	return { rows: row ? [row] : [] };
}

function shown(
	row: Row,
	value: Record<string, unknown>,
	clients: ReadonlyMap<string, string>,
	known: Known,
): Shown {
	const at = new Date(String(value.timestamp));
	const object = isMap(value.object) ? value.object : {};
	const kind = object.objectType ?? 'Activity';
	const text = textOf(row);
	const bytes = Buffer.byteLength(text);
	return {
		...sentenceOf(value, known),
		id: row.id,
		at: Number.isNaN(at.getTime()) ? null : at,
		storedAt: row.storedAt,
		client: row.clientId === null ? null : (clients.get(row.clientId) ?? row.clientId),
		isVoided: row.isVoided,
		like: {
			agent: agentKey(value.actor),
			verb: isMap(value.verb) ? String(value.verb.id) : '',
			activity: kind === 'Activity' ? String(object.id) : '',
			id: kind === 'StatementRef' ? String(object.id) : '',
		},
		text: bytes <= SHOWN_BYTES ? text : null,
		kilobytes: Math.round(bytes / 1024),
	};
}

/** Notes that somebody who administers looked for the statements of a person. */
export async function noteLookingFor(db: Database, actor: string, person: string): Promise<void> {
	await db.tx((tx) =>
		note(db, tx, { actor, action: 'statements.looked-up', on: ['person', person] }),
	);
}

/** Whose account here the statements are narrowed to. */
function idOfPerson({ agent }: Filters): string | null {
	const start = agentKey({ account: { homePage: homePageOfServer(), name: '' } });
	return agent.startsWith(start) ? agent.slice(start.length) || null : null;
}

/**
 * What the statements of a page leave unsaid, looked up at once. People with an account here are
 * numbers in our statements, and stay so, but for the one who was looked for by name: whoever
 * administers does not see what everybody did just by being here (docs/privacy.md).
 */
async function knownOf(
	db: Database,
	values: unknown[],
	language: Language,
	person: string | null,
): Promise<Known> {
	const { users } = db.tables;
	const people = person
		? await db.read
				.select({ id: users.id, name: users.name })
				.from(users)
				.where(eq(users.id, person))
		: [];
	const unsaid = values
		.flatMap(activitiesIn)
		.filter(({ definition }) => !isMap(definition) || !isMap(definition.name))
		.map(({ id }) => id);
	const definitions = await definitionsOf(db, [...new Set(unsaid)]);
	return {
		language,
		homePage: homePageOfServer(),
		people: new Map(people.map(({ id, name }) => [id, name])),
		definitions: new Map([...definitions].map(([id, text]) => [id, JSON.parse(text) as unknown])),
	};
}

/** What narrows the list, as its statements call it. */
function chosenIn(
	{ agent, verb, activity, id }: Filters,
	name: string | undefined,
	values: Record<string, unknown>[],
	known: Known,
): Browsed['chosen'] {
	const whose = values.flatMap(agentsIn).find((one) => agentKey(one) === agent);
	// Some of them are found by what they refer to.
	const said = (key: 'verb' | 'object', id: string) => {
		const value = values.find((one) => isMap(one[key]) && one[key].id === id);
		return value && sentenceOf(value, known);
	};
	const chosen: [Browsed['chosen'][number]['name'], string, string | undefined][] = [
		['agent', agent, whose ? actorWords(whose, known) : (name ?? plainly(agent))],
		['verb', verb, said('verb', verb)?.did ?? verbWords({ id: verb }, known.language)],
		['activity', activity, said('object', activity)?.what],
		['id', id, undefined],
	];
	return chosen.flatMap(([name, value, words]) => (value ? [{ name, words: words ?? value }] : []));
}
