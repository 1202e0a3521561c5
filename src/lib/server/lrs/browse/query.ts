import { and, asc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { agentKey, checkAgent, isIri, isMbox, isUuid } from '#lib/xapi/rules/index.ts';
import type { Database } from '../../db/database.ts';
import { named } from '../../people/list.ts';
import { homePageOfServer } from '../../statements/narrators.ts';
import type { Query } from '../find.ts';

const field = (test: (text: string) => boolean, wrong: () => string) =>
	v.optional(
		v.pipe(
			v.string(),
			v.trim(),
			v.check((text) => text === '' || test(text), wrong),
		),
		'',
	);
const iri = field(isIri, () => m.admin_lrs_iri_wrong());
const uuid = field(isUuid, () => m.admin_lrs_uuid_wrong());
const day = field(
	(text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00`)),
	() => m.admin_lrs_day_wrong(),
);
const short = v.fallback(v.pipe(v.string(), v.maxLength(2_000)), '');

/** Which statements are asked for, as an address says it. */
const filters = v.object({
	/** As it was typed: a name or an e-mail address of somebody here, an address, or an agent as JSON. */
	person: v.optional(v.pipe(v.string(), v.trim()), ''),
	/** Who was chosen, as `agentKey` writes it; counts before what was typed. */
	agent: v.optional(short, ''),
	verb: iri,
	activity: iri,
	registration: uuid,
	/** Days of storing by the server's clock; the last one is included. */
	from: day,
	to: day,
	client: v.optional(short, ''),
	/** One statement and no other. */
	id: uuid,
	after: v.fallback(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), 0),
});
export type Filters = v.InferOutput<typeof filters>;

/** Somebody that statements may be about. */
export interface Choice {
	/** As `agentKey` writes it. */
	agent: string;
	name: string;
}

export interface Asked {
	/** As it was typed. */
	values: Record<string, string>;
	/** What is wrong, by field; nothing is looked up then. */
	errors: Record<string, string>;
	/** Those who may be meant, where it is more than one. */
	choices: Choice[];
	/** Who is meant, where it is only one. */
	who?: Choice;
	filters?: Filters;
}

/** Reads an address, and looks up whom it means. */
export async function readFilters(db: Database, params: URLSearchParams): Promise<Asked> {
	const values = Object.fromEntries(params);
	const parsed = v.safeParse(filters, values);
	if (!parsed.success) {
		const errors = parsed.issues.map((issue) => [v.getDotPath(issue)!, issue.message]);
		return { values, errors: Object.fromEntries(errors) as Record<string, string>, choices: [] };
	}
	const { person, agent } = parsed.output;
	if (person === '' || agent !== '')
		return { values, errors: {}, choices: [], filters: parsed.output };
	const choices = await whoIs(db, person);
	if (typeof choices === 'string') return { values, errors: { person: choices }, choices: [] };
	if (choices.length > 1) return { values, errors: {}, choices };
	const who = choices[0]!;
	return {
		values,
		errors: {},
		choices: [],
		who,
		filters: { ...parsed.output, agent: who.agent },
	};
}

/** More people of one name are not offered. */
const FEW = 20;

/** Who is meant by a text; a message where it is nobody. */
async function whoIs(db: Database, text: string): Promise<Choice[] | string> {
	if (text.startsWith('{')) return agentIn(text) ?? m.admin_lrs_person_wrong();
	const { users } = db.tables;
	const found = await db.read
		.select({ id: users.id, name: users.name, email: users.email })
		.from(users)
		.where(and(eq(users.isGuest, false), named(db, text)))
		.orderBy(asc(users.name), asc(users.id))
		.limit(FEW);
	const mbox = `mailto:${text}`;
	const choices = [
		...found.map(({ id, name, email }) => ({
			agent: agentKey({ account: { homePage: homePageOfServer(), name: id } }),
			name: email ? `${name} (${email})` : name,
		})),
		...(isMbox(mbox) ? [{ agent: agentKey({ mbox }), name: text }] : []),
	];
	return choices.length > 0 ? choices : m.admin_lrs_person_unknown();
}

function agentIn(json: string): Choice[] | undefined {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return undefined;
	}
	if (checkAgent(value, '2.0.0').length > 0) return undefined;
	return [{ agent: agentKey(value), name: plainly(agentKey(value)) }];
}

/** An agent's key without what is before an address. */
export const plainly = (key: string) => key.replace(/^(?:mbox:mailto:|\w+:)/, '');

/** The same as the store asks for it. */
export function queryOf({ agent, verb, activity, registration, client, from, to, after }: Filters) {
	const terms: Query['terms'] = [];
	if (agent) terms.push({ kind: 'agent', value: agent });
	if (verb) terms.push({ kind: 'verb', value: verb });
	if (activity) terms.push({ kind: 'activity', value: activity });
	if (registration) terms.push({ kind: 'registration', value: registration.toLowerCase() });
	if (client) terms.push({ kind: 'client', value: client });
	return {
		terms,
		// What is stored at the stroke of midnight belongs to the new day.
		since: from ? new Date(midnight(from).getTime() - 1) : undefined,
		until: to ? new Date(midnight(to, 1).getTime() - 1) : undefined,
		ascending: false,
		after: after || undefined,
		withVoided: true,
	} satisfies Omit<Query, 'limit'>;
}

/** The beginning of a day by the server's clock, or of one some days later. */
function midnight(day: string, later = 0): Date {
	const date = new Date(`${day}T00:00:00`);
	date.setDate(date.getDate() + later);
	return date;
}
