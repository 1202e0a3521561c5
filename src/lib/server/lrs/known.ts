import { hash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { activitiesIn, agentKey, agentsIn } from '#lib/xapi/rules/index.ts';
import type { Database, Queries } from '../db/database.ts';

/*
 * What is known of activities and agents from what statements say of them (xAPI 1.0.3 Communication,
 * sections 2.4 and 2.5).
 */

type Definition = Record<string, unknown>;

/** What some statements say that may be new. */
export interface News {
	activities: { iri: string; definition: Definition; mark: string }[];
	agents: { key: string; name: string; mark: string }[];
}

/** Names that are kept of one agent. */
const MOST_NAMES = 20;
/** What has lately been written down; most statements say again what others said before them. */
const MOST_MARKS = 20_000;
const marks = new WeakMap<object, Set<string>>();

const digest = (text: string) => hash('sha256', text, 'base64url');

/** What statements say of activities and agents, without what has just been written down. */
export function newsIn(db: Database, drafts: { received: { value: unknown } }[]): News {
	const seen = marks.get(db.tables) ?? new Set();
	const now = new Set<string>();
	const isNew = (mark: string) => !seen.has(mark) && !now.has(mark) && now.add(mark);
	const news: News = { activities: [], agents: [] };
	for (const {
		received: { value },
	} of drafts) {
		for (const { id, definition } of activitiesIn(value)) {
			if (!definition || typeof definition !== 'object') continue;
			const mark = digest(`activity\n${id}\n${JSON.stringify(definition)}`);
			if (isNew(mark))
				news.activities.push({ iri: id, definition: definition as Definition, mark });
		}
		for (const agent of agentsIn(value)) {
			const { name } = agent as { name?: unknown };
			if (typeof name !== 'string' || name === '') continue;
			const key = digest(agentKey(agent));
			const mark = digest(`agent\n${key}\n${name}`);
			if (isNew(mark)) news.agents.push({ key, name, mark });
		}
	}
	return news;
}

/** To be called once it is on disk. */
export function rememberKnown(db: Database, { activities, agents }: News): void {
	const seen = marks.get(db.tables) ?? new Set();
	if (seen.size > MOST_MARKS) seen.clear();
	for (const { mark } of [...activities, ...agents]) seen.add(mark);
	marks.set(db.tables, seen);
}

export async function keepKnown(
	{ tables: { lrsActivities, lrsAgents } }: Database,
	tx: Queries,
	{ activities, agents }: News,
	now: Date,
): Promise<void> {
	for (const { iri, definition } of activities) {
		const key = digest(iri);
		const [old] = await tx.select().from(lrsActivities).where(eq(lrsActivities.key, key));
		const before = old ? (JSON.parse(old.definition) as Definition) : {};
		const row = { definition: JSON.stringify(merged(before, definition)), updatedAt: now };
		if (old?.definition === row.definition) continue;
		await tx
			.insert(lrsActivities)
			.values({ key, iri, ...row })
			.onConflictDoUpdate({ target: lrsActivities.key, set: row });
	}
	for (const { key, name } of agents) {
		const [old] = await tx.select().from(lrsAgents).where(eq(lrsAgents.key, key));
		const others = (old?.names ?? []).filter((one) => one !== name);
		const row = { names: [name, ...others].slice(0, MOST_NAMES), updatedAt: now };
		await tx
			.insert(lrsAgents)
			.values({ key, ...row })
			.onConflictDoUpdate({ target: lrsAgents.key, set: row });
	}
}

/** What is said later counts; words in other languages and other extensions stay. */
export function merged(before: Definition, after: Definition): Definition {
	const result: Definition = { ...before, ...after };
	for (const name of ['name', 'description', 'extensions'])
		if (isMap(before[name]) && isMap(after[name]))
			result[name] = { ...before[name], ...after[name] };
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
	const [row] = await read.select().from(lrsActivities).where(eq(lrsActivities.key, digest(iri)));
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
