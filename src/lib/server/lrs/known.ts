import { hash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { activitiesIn, agentKey, agentsIn } from '#lib/xapi/rules/index.ts';
import type { Database, Queries, Tables } from '../db/database.ts';
import { preparedIn, upserter } from '../db/prepared.ts';

/*
 * What is known of activities and agents from what statements say of them (xAPI 1.0.3 Communication,
 * sections 2.4 and 2.5).
 */

type Definition = Record<string, unknown>;

interface Said {
	/** Of the activity or agent. */
	key: string;
	/** Tells whether the same was said before. */
	mark: string;
}

/** What some statements say that may be new. */
export interface News {
	activities: (Said & { iri: string; definition: Definition })[];
	agents: (Said & { name: string })[];
}

/** Names that are kept of one agent. */
const MOST_NAMES = 20;
/** Activities and agents of which the process keeps what was last said; most say it again and again. */
const MOST_MARKS = 20_000;
/** By database: the last mark of each key, where what is on record is just what it stands for. */
const marks = new WeakMap<object, Map<string, string>>();

const digest = (text: string) => hash('sha256', text, 'base64url');

function marksOf({ read }: Pick<Database, 'read'>): Map<string, string> {
	const known = marks.get(read) ?? new Map<string, string>();
	marks.set(read, known);
	if (known.size > MOST_MARKS) known.clear();
	return known;
}

/** What statements say of activities and agents, without what is known to be on record. */
export function newsIn(
	db: Pick<Database, 'read'>,
	drafts: { received: { value: unknown } }[],
): News {
	const known = marksOf(db);
	const here = new Map<string, string>();
	const isNew = ({ key, mark }: Said) => {
		if (here.get(key) === mark || (!here.has(key) && known.get(key) === mark)) return false;
		here.set(key, mark);
		return true;
	};
	const news: News = { activities: [], agents: [] };
	for (const {
		received: { value },
	} of drafts) {
		for (const { id, definition } of activitiesIn(value)) {
			if (!isMap(definition)) continue;
			const said = { key: digest(id), mark: digest(JSON.stringify(definition)) };
			if (isNew(said)) news.activities.push({ iri: id, definition, ...said });
		}
		for (const agent of agentsIn(value)) {
			const { name } = agent;
			// PostgreSQL has no texts with U+0000, and nobody a name.
			if (typeof name !== 'string' || name === '' || name.includes('\0')) continue;
			const said = { key: digest(agentKey(agent)), mark: digest(name) };
			if (isNew(said)) news.agents.push({ name, ...said });
		}
	}
	// In one order, so that no two transactions wait for each other.
	news.activities.sort(byKey);
	news.agents.sort(byKey);
	return news;
}

const byKey = (one: Said, other: Said) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);

const given = sql.placeholder;
const findActivity = preparedIn<Promise<Tables['lrsActivities']['$inferSelect'][]>>(
	'find_lrs_activity',
	({ tables: { lrsActivities } }, tx) =>
		tx
			.select()
			.from(lrsActivities)
			.where(eq(lrsActivities.key, given('key'))),
);
const findAgent = preparedIn<Promise<Tables['lrsAgents']['$inferSelect'][]>>(
	'find_lrs_agent',
	({ tables: { lrsAgents } }, tx) =>
		tx
			.select()
			.from(lrsAgents)
			.where(eq(lrsAgents.key, given('key'))),
);
const writeActivity = upserter('lrsActivities', ['key'], ['iri', 'definition', 'updatedAt']);
const writeAgent = upserter('lrsAgents', ['key'], ['names', 'updatedAt']);

/** Writes down what is new, in the transaction that stores the statements. */
export async function keepKnown(
	db: Pick<Database, 'read' | 'tables' | 'lists'>,
	tx: Queries,
	{ activities, agents }: News,
	now: Date,
): Promise<void> {
	const known = marksOf(db);
	for (const { key, mark, iri, definition } of activities) {
		const [old] = await findActivity(db, tx, { key });
		const before = old ? (JSON.parse(old.definition) as Definition) : {};
		const row = { definition: JSON.stringify(merged(before, definition)), updatedAt: now };
		// Remembered only when it was there before: this transaction may still come to nothing.
		if (old?.definition === row.definition) {
			known.set(key, mark);
			continue;
		}
		known.delete(key);
		await writeActivity(db, tx, { key, iri, ...row });
	}
	for (const { key, mark, name } of agents) {
		const [old] = await findAgent(db, tx, { key });
		if (old?.names[0] === name) {
			known.set(key, mark);
			continue;
		}
		known.delete(key);
		const others = (old?.names ?? []).filter((one) => one !== name);
		const row = { names: [name, ...others].slice(0, MOST_NAMES), updatedAt: now };
		await writeAgent(db, tx, { key, ...row });
	}
}

/** What is said later counts; words in other languages and other extensions stay. */
export function merged(before: Definition, after: Definition): Definition {
	const result: Definition = { ...before, ...after };
	for (const name of ['name', 'description', 'extensions']) {
		const [old, fresh] = [before[name], after[name]];
		if (isMap(old) && isMap(fresh)) result[name] = { ...old, ...fresh };
	}
	return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is known of an activity. */
export async function definitionOf(
	{ tables: { lrsActivities }, read }: Database,
	iri: string,
): Promise<Definition | undefined> {
	const [row] = await read
		.select()
		.from(lrsActivities)
		.where(eq(lrsActivities.key, digest(iri)));
	return row && (JSON.parse(row.definition) as Definition);
}

/** The names by which an agent is known, the latest first. */
export async function namesOf(
	{ tables: { lrsAgents }, read }: Database,
	agent: unknown,
): Promise<string[]> {
	const key = digest(agentKey(agent));
	const [row] = await read.select().from(lrsAgents).where(eq(lrsAgents.key, key));
	return row?.names ?? [];
}

/** Forgets what an agent is called. */
export async function forgetNames(
	{ tables: { lrsAgents } }: Pick<Database, 'tables'>,
	tx: Queries,
	agent: unknown,
): Promise<void> {
	await tx.delete(lrsAgents).where(eq(lrsAgents.key, digest(agentKey(agent))));
}
