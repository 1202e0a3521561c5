import { and, asc, desc, eq, gte, inArray, lt, or } from 'drizzle-orm';
import * as v from 'valibot';
import { ACTIONS, type Action } from './audit.ts';
import { namesOf, placesIn, type Named } from './audit-names.ts';
import type { Database } from './db/database.ts';
import { named } from './people/list.ts';

/** What deeds are about, as one asks for them: the beginnings of their actions. */
export const KINDS = {
	people: ['person'],
	organisations: ['organisation', 'educator'],
	groups: ['group', 'member', 'invitation', 'import'],
	assignments: ['assignment'],
	results: ['results', 'statements', 'token'],
	certificates: ['certificate'],
	server: ['setting', 'mail', 'destination', 'lrs-client', 'cmi5-course', 'dispatch', 'backup'],
} as const;
export type Kind = keyof typeof KINDS;

export function actionsOf(kind: Kind): Action[] {
	const beginnings: readonly string[] = KINDS[kind];
	return ACTIONS.filter((action) => beginnings.includes(action.split('.')[0]!));
}

const day = v.fallback(v.union([v.literal(''), v.pipe(v.string(), v.isoDate())]), '');

/** Which deeds are asked for, as an address says it. What it does not know is left out. */
export const auditQuery = v.object({
	kind: v.fallback(v.picklist(['', ...(Object.keys(KINDS) as Kind[])]), ''),
	/** An id, or part of a name or address: who did it, or to whom. */
	person: v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(200)), ''),
	/** Days by the server's clock; the last one is included. */
	from: day,
	to: day,
	/** Only what stands before this number. */
	before: v.fallback(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), 0),
});
export type AuditQuery = v.InferOutput<typeof auditQuery>;

export interface Entry {
	seq: number;
	at: Date;
	action: string;
	/** Null for the server and its command line. */
	actor: Named | null;
	subject: Named;
	/** Who and where else is spoken of: a person, a group, an organisation. */
	person: Named | null;
	place: Named | null;
	/** The rest of the details: figures and codes. */
	details: Record<string, string | number | boolean>;
}

export const AUDIT_PAGE = 50;
/** More people by one name are not asked about at once. */
const FEW = 200;

/**
 * Deeds, latest first, by their numbers and not by how many come before: the last of a million is as
 * near as the first.
 *
 * @returns `next` is what `before` is for those that follow; null when these are the last
 */
export async function readAudit(
	db: Database,
	{ kind = '', person = '', from = '', to = '', before = 0 }: Partial<AuditQuery>,
	most = AUDIT_PAGE,
): Promise<{ entries: Entry[]; next: number | null }> {
	const { audit } = db.tables;
	const end = to === '' ? undefined : dayAfter(to);
	const begin = from === '' ? undefined : dayOf(from);
	const whose = person === '' ? undefined : await peopleBy(db, person);
	const rows = await db.read
		.select()
		.from(audit)
		.where(
			and(
				before > 0 ? lt(audit.seq, before) : undefined,
				// There is no index of times, but numbers grow with them, give or take who writes at once.
				end && lt(audit.seq, await seqAt(db, end.getTime() + SLACK)),
				end && lt(audit.at, end),
				begin && gte(audit.seq, await seqAt(db, begin.getTime() - SLACK)),
				begin && gte(audit.at, begin),
				kind === '' ? undefined : inArray(audit.action, actionsOf(kind)),
				whose &&
					or(
						inArray(audit.actor, whose),
						and(eq(audit.subject, 'person'), inArray(audit.subjectId, whose)),
					),
			),
		)
		.orderBy(desc(audit.seq))
		.limit(most + 1);
	const shown = rows.slice(0, most);
	return {
		entries: await withNames(db, shown),
		next: rows.length > most ? shown.at(-1)!.seq : null,
	};
}

type Row = Database['tables']['audit']['$inferSelect'];

async function withNames(db: Database, rows: Row[]): Promise<Entry[]> {
	const places = rows.map((row) => placesIn(row.subject, row.subjectId, row.details));
	const find = await namesOf(db, [
		...rows.flatMap(({ actor }) => (actor === null ? [] : [{ kind: 'person', id: actor }])),
		...places.flatMap(({ subject, person, place }) => [subject, person, place]),
	]);
	return rows.map(({ seq, at, action, actor }, index) => {
		const { subject, person, place, rest } = places[index]!;
		return {
			seq,
			at,
			action,
			actor: actor === null ? null : find({ kind: 'person', id: actor })!,
			subject: find(subject)!,
			person: find(person),
			place: find(place),
			details: rest,
		};
	});
}

/** Ids of those who are meant: the text itself, which may be that of somebody deleted, and who is called so. */
async function peopleBy(db: Database, text: string): Promise<string[]> {
	const { users } = db.tables;
	if (/^[0-9a-f-]{36}$/.test(text)) return [text];
	const found = await db.read
		.select({ id: users.id })
		.from(users)
		.where(and(eq(users.isGuest, false), named(db, text)))
		.orderBy(asc(users.id))
		.limit(FEW);
	return [text, ...found.map((one) => one.id)];
}

/** Milliseconds by which the order of numbers and that of times may differ. */
const SLACK = 10 * 60 * 1000;

/** The number of the first deed at a time or later, by halving. */
async function seqAt(db: Database, time: number): Promise<number> {
	const { audit } = db.tables;
	const next = async (seq: number) => {
		const [row] = await db.read
			.select({ seq: audit.seq, at: audit.at })
			.from(audit)
			.where(gte(audit.seq, seq))
			.orderBy(asc(audit.seq))
			.limit(1);
		return row;
	};
	const [last] = await db.read
		.select({ seq: audit.seq })
		.from(audit)
		.orderBy(desc(audit.seq))
		.limit(1);
	let low = 1;
	let high = (last?.seq ?? 0) + 1;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		const row = await next(middle);
		if (!row || row.at.getTime() >= time) high = middle;
		else low = row.seq + 1;
	}
	return low;
}

/** Midnight at the beginning of a day, by the server's clock. */
function dayOf(text: string): Date {
	return new Date(`${text}T00:00:00`);
}

function dayAfter(text: string): Date {
	const date = dayOf(text);
	date.setDate(date.getDate() + 1);
	return date;
}
