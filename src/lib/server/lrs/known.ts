import { hash } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { activitiesIn, agentKey, agentsIn } from '#lib/xapi/rules/index.ts';
import type { Database, Queries, Tables } from '../db/database.ts';
import { holdable } from '../db/holdable.ts';
import { prepared, preparedIn, taker, upserter } from '../db/prepared.ts';

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

/** What some statements say that may be new, of each activity and agent together. */
export interface News {
	/** `length`: what the definition has at the most as JSON. */
	activities: (Said & { iri: string; definition: Definition; length: number })[];
	/** Names of one agent: the latest first. */
	agents: (Said & { names: string[] })[];
}

/** Names that are kept of one agent. */
const MOST_NAMES = 20;
/**
 * Characters of a definition that is kept, as JSON: what many people say of one activity, each in other
 * words, has an end, and so has a page of statements that all have it written out.
 */
const LONGEST = 64 * 1024;
/** Activities, and agents, of which one request may tell something new; the statements have it all the same. */
const MOST_NEWS = 5_000;
/** Activities and agents of which the process keeps what was last said; most say it again and again. */
const MOST_MARKS = 20_000;
/**
 * By database: the last mark of each key, where what is on record is just what it stands for; or when it
 * was written, in milliseconds: what was read beside that may not be what is on record in the end.
 */
const marks = new WeakMap<object, Map<string, string | number> & { since: number }>();
/** Milliseconds after which they are made anew: another process may have made the store forget something. */
const RELIED_ON = 10 * 60_000;
/** Milliseconds after which whatever was written is on record, or has come to nothing. */
const SETTLED = 10_000;

const digest = (text: string) => hash('sha256', text, 'base64url');

function marksOf({ read }: Pick<Database, 'read'>): Map<string, string | number> {
	const last = marks.get(read);
	if (last && last.size <= MOST_MARKS && Date.now() - last.since < RELIED_ON) return last;
	const fresh = Object.assign(new Map<string, string | number>(), { since: Date.now() });
	marks.set(read, fresh);
	return fresh;
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
	const activities = new Map<string, News['activities'][number]>();
	const agents = new Map<string, News['agents'][number]>();
	for (const {
		received: { value },
	} of drafts) {
		for (const { id, definition } of activitiesIn(value)) {
			if (!isMap(definition)) continue;
			const text = JSON.stringify(definition);
			const said = { key: digest(id), mark: digest(text) };
			if (text.length > LONGEST || activities.size >= MOST_NEWS || !isNew(said)) continue;
			const before = activities.get(said.key);
			const length = (before?.length ?? 0) + text.length;
			// What gets too long begins anew.
			const isAnew = !before || length > LONGEST;
			activities.set(said.key, {
				...said,
				iri: id,
				definition: addTo(isAnew ? {} : before.definition, definition),
				length: isAnew ? text.length : length,
			});
		}
		for (const agent of agentsIn(value)) {
			if (typeof agent.name !== 'string' || agent.name === '') continue;
			// The statement itself has it as it came.
			const name = holdable(agent.name);
			const said = { key: digest(agentKey(agent)), mark: digest(name) };
			if (agents.size >= MOST_NEWS || !isNew(said)) continue;
			const before = agents.get(said.key)?.names ?? [];
			agents.set(said.key, { ...said, names: withName(before, name) });
		}
	}
	// In one order, so that no two transactions wait for each other.
	return {
		activities: [...activities.values()].sort(byKey),
		agents: [...agents.values()].sort(byKey),
	};
}

/** Names, the latest first. */
function withName(names: string[], name: string): string[] {
	return [name, ...names.filter((one) => one !== name)].slice(0, MOST_NAMES);
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
const takeActivity = taker('lrsActivities', ['key'], ['iri', 'definition', 'updatedAt']);
const takeAgent = taker('lrsAgents', ['key'], ['names', 'updatedAt']);
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
	// Remembered only when it was there before: this transaction may still come to nothing.
	const remember = ({ key, mark }: Said) => {
		const last = known.get(key);
		if (typeof last !== 'number' || Date.now() - last > SETTLED) known.set(key, mark);
	};
	const forget = ({ key }: Said) => known.set(key, Date.now());
	for (const said of activities) {
		const { key, iri, definition } = said;
		const [old] = await findActivity(db, tx, { key });
		if (old && old.definition === mergedText(old.definition, definition)) {
			remember(said);
			continue;
		}
		const row = { key, iri, definition: mergedText('{}', definition), updatedAt: now };
		const taken = await takeActivity(db, tx, row);
		forget(said);
		const whole = mergedText(taken.definition, definition);
		if (whole !== taken.definition) await writeActivity(db, tx, { ...row, definition: whole });
	}
	for (const said of agents) {
		const { key, names } = said;
		const [old] = await findAgent(db, tx, { key });
		if (names.length === 1 && old?.names[0] === names[0]) {
			remember(said);
			continue;
		}
		const row = { key, names, updatedAt: now };
		const taken = await takeAgent(db, tx, row);
		forget(said);
		const all = names.reduceRight(withName, taken.names);
		if (all.join('\n') !== taken.names.join('\n')) await writeAgent(db, tx, { ...row, names: all });
	}
}

/** What is known, as JSON; of what gets too long what was said now, where that is not too long itself. */
function mergedText(before: string, after: Definition): string {
	const texts = [addTo(JSON.parse(before) as Definition, after), after].map((one) =>
		JSON.stringify(one),
	);
	return texts.find(({ length }) => length <= LONGEST) ?? before;
}

/**
 * What is said later counts; words in other languages and other extensions stay.
 *
 * @param before changed, and handed back
 */
export function addTo(before: Definition, after: Definition): Definition {
	for (const [name, fresh] of Object.entries(after)) {
		const old = before[name];
		const isMerged = ['name', 'description', 'extensions'].includes(name);
		if (isMerged && isMap(old) && isMap(fresh)) Object.assign(old, fresh);
		// A copy, so that what comes later changes nobody's statement.
		else before[name] = isMap(fresh) ? { ...fresh } : fresh;
	}
	return before;
}

function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is known of an activity. */
export async function definitionOf(db: Database, iri: string): Promise<Definition | undefined> {
	const text = (await definitionsOf(db, [iri])).get(iri);
	return text === undefined ? undefined : (JSON.parse(text) as Definition);
}

/** What is known of some activities, as JSON, by IRI; of those of which something is. */
export async function definitionsOf(db: Database, iris: string[]): Promise<Map<string, string>> {
	if (iris.length === 0) return new Map();
	const byKey = new Map(iris.map((iri) => [digest(iri), iri]));
	const rows = await findActivities(db, { keys: JSON.stringify([...byKey.keys()]) });
	return new Map(rows.map(({ key, definition }) => [byKey.get(key)!, definition]));
}

const findActivities = prepared('lrs_activities', ({ tables: { lrsActivities }, lists, read }) => {
	const { key, definition } = lrsActivities;
	return read
		.select({ key, definition })
		.from(lrsActivities)
		.where(inArray(key, lists.texts(given('keys'))));
});

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
