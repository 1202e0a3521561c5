import { eq, inArray } from 'drizzle-orm';
import type { Database } from './db/database.ts';

/** Something that the log speaks of, as it is called today. */
export interface Named {
	kind: string;
	id: string;
	/** Null when it is no longer there. */
	name: string | null;
}
type Ref = Pick<Named, 'kind' | 'id'>;

/** Keys of details by what their values are ids of. */
const PEOPLE = /^(?:user|person|learner|educator|member|holder)(?:Id)?$/;
const PLACES = /^(group|organisation)(?:Id)?$/;

/** Takes apart what a deed was done to and its details: ids of people and places, and the rest. */
export function placesIn(subject: string, subjectId: string, details: Record<string, unknown>) {
	let person: Ref | null = subject === 'person' ? { kind: subject, id: subjectId } : null;
	let place: Ref | null = PLACES.test(subject) ? { kind: subject, id: subjectId } : null;
	const rest: Record<string, string | number | boolean> = {};
	for (const [key, value] of Object.entries(details)) {
		const isId = typeof value === 'string';
		if (isId && PEOPLE.test(key)) person ??= { kind: 'person', id: value };
		else if (isId && PLACES.test(key)) place ??= { kind: PLACES.exec(key)![1]!, id: value };
		else if (['string', 'number', 'boolean'].includes(typeof value))
			rest[key] = value as string | number | boolean;
		else if (Array.isArray(value)) rest[key] = value.map(String).join(', ');
	}
	return { subject: { kind: subject, id: subjectId } as Ref, person, place, rest };
}

/** Looks up how everything is called today, in one query for each kind. */
export async function namesOf(db: Database, refs: (Ref | null)[]) {
	const wanted = Map.groupBy(
		refs.filter((one) => one !== null),
		(one) => one.kind,
	);
	const known = new Map<string, string>();
	for (const [kind, all] of wanted) {
		const ids = [...new Set(all.map((one) => one.id))];
		for (const { id, name } of await lookUp(db, kind, ids)) known.set(`${kind} ${id}`, name);
	}
	return (ref: Ref | null): Named | null =>
		ref && { ...ref, name: known.get(`${ref.kind} ${ref.id}`) ?? null };
}

/** What has its own id for a name. */
const BY_ID = ['setting', 'backup', 'mail', 'course', 'results'];

async function lookUp(
	{ read, tables }: Database,
	kind: string,
	ids: string[],
): Promise<{ id: string; name: string }[]> {
	const { apiTokens, assignments, certificates, destinations, dispatches } = tables;
	const { groups, invitations, lrsClients, organisations, users } = tables;
	if (kind === 'person')
		return read
			.select({ id: users.id, name: users.name })
			.from(users)
			.where(inArray(users.id, ids));
	const plain = { organisation: organisations, group: groups, token: apiTokens }[kind];
	if (plain)
		return read
			.select({ id: plain.id, name: plain.name })
			.from(plain)
			.where(inArray(plain.id, ids));
	const server = { destination: destinations, dispatch: dispatches, 'lrs-client': lrsClients }[
		kind
	];
	if (server)
		return read
			.select({ id: server.id, name: server.name })
			.from(server)
			.where(inArray(server.id, ids));
	if (kind === 'assignment' || kind === 'invitation') {
		const table = kind === 'assignment' ? assignments : invitations;
		return read
			.select({ id: table.id, name: groups.name })
			.from(table)
			.innerJoin(groups, eq(groups.id, table.groupId))
			.where(inArray(table.id, ids));
	}
	if (kind === 'certificate')
		return read
			.select({ id: certificates.id, name: users.name })
			.from(certificates)
			.innerJoin(users, eq(users.id, certificates.userId))
			.where(inArray(certificates.id, ids));
	return BY_ID.includes(kind) ? ids.map((id) => ({ id, name: id })) : [];
}
