import { and, asc, count, eq, isNotNull, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import type { Detail } from '#lib/xapi/statement.ts';
import { note, type Action } from '../audit.ts';
import type { Config } from '../config.ts';
import type { Database, Queries } from '../db/database.ts';
import { preparedIn } from '../db/prepared.ts';
import type { SecretBox } from '../secret-box.ts';
import { credentials, type Credentials, type Lrs } from './lrs.ts';

/** The destination that the environment names. */
const FIXED = 'environment';

/** The address of a record store; ends with a slash. */
export const address = (message: () => string) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.url(message),
		v.check((text) => /^https?:\/\//.test(text), message),
		v.transform((text) => (text.endsWith('/') ? text : `${text}/`)),
	);

/** A destination as somebody names it. */
export interface DestinationForm {
	name: string;
	endpoint: string;
	version: Lrs['version'];
	detail: Detail;
	credentials: Credentials;
}

type Row = Database['tables']['destinations']['$inferSelect'];

/** Where statements go, and how much of them. */
export const destinationsNow = preparedIn<Promise<Pick<Row, 'id' | 'detail'>[]>>(
	'find_destinations',
	({ tables: { destinations } }, tx) =>
		tx.select({ id: destinations.id, detail: destinations.detail }).from(destinations),
);

export interface DestinationState extends Omit<Row, 'credentials' | 'leasedBy' | 'leasedUntil'> {
	/** Statements that wait to be sent, and since when the oldest does. */
	waiting: number;
	oldest: Date | null;
	/** Statements that it does not take. */
	refused: number;
}

/** All destinations with how sending goes. */
export async function listDestinations(db: Database): Promise<DestinationState[]> {
	const { destinations, outbox, statements } = db.tables;
	const rows = await db.read.select().from(destinations).orderBy(asc(destinations.createdAt));
	return Promise.all(
		rows.map(async ({ credentials: _, leasedBy: __, leasedUntil: ___, ...row }) => {
			const theirs = eq(outbox.destinationId, row.id);
			// Each is answered from an index alone, also where a million wait.
			const [all] = await db.read.select({ count: count() }).from(outbox).where(theirs);
			const [refused] = await db.read
				.select({ count: count() })
				.from(outbox)
				.where(and(theirs, isNotNull(outbox.refusedAt)));
			const [first] = await db.read
				.select({ storedAt: statements.storedAt })
				.from(outbox)
				.innerJoin(statements, eq(statements.seq, outbox.seq))
				.where(and(theirs, isNull(outbox.refusedAt)))
				.orderBy(asc(outbox.seq))
				.limit(1);
			return {
				...row,
				waiting: (all?.count ?? 0) - (refused?.count ?? 0),
				oldest: first?.storedAt ?? null,
				refused: refused?.count ?? 0,
			};
		}),
	);
}

/** Statements that a destination does not take, oldest first. */
export async function refusedBy(db: Database, destinationId: string, most = 50) {
	const { outbox, statements } = db.tables;
	return db.read
		.select({
			seq: outbox.seq,
			id: statements.id,
			reason: outbox.reason,
			refusedAt: outbox.refusedAt,
			body: statements.body,
		})
		.from(outbox)
		.innerJoin(statements, eq(statements.seq, outbox.seq))
		.where(and(eq(outbox.destinationId, destinationId), isNotNull(outbox.refusedAt)))
		.orderBy(asc(outbox.seq))
		.limit(most);
}

/** Adds a destination. It gets what happens from now on. */
export async function addDestination(
	db: Database,
	box: SecretBox,
	form: DestinationForm,
	{
		id = crypto.randomUUID() as string,
		isFixed = false,
		actor = null as string | null,
		now = new Date(),
	} = {},
): Promise<string> {
	const { destinations } = db.tables;
	const { credentials: secret, ...named } = form;
	const row = { ...named, credentials: box.seal(JSON.stringify(secret)) };
	await db.tx(async (tx) => {
		await tx
			.insert(destinations)
			.values({ ...row, id, isFixed, isPaused: false, createdAt: now, failures: 0 })
			.onConflictDoUpdate({ target: destinations.id, set: row });
		// The environment's is set anew at every start, which is nobody's deed.
		if (!isFixed)
			await noteOn(db, tx, actor, 'destination.added', id, { detail: form.detail }, now);
	});
	return id;
}

function noteOn(
	db: Database,
	tx: Queries,
	actor: string | null,
	action: Action,
	id: string,
	details: Record<string, unknown> = {},
	now = new Date(),
): Promise<void> {
	return note(db, tx, { actor, action, on: ['destination', id], details }, now);
}

/** Takes a destination away, with everything that waits for it. One from the environment stays. */
export async function removeDestination(
	db: Database,
	id: string,
	actor: string | null,
): Promise<void> {
	const { destinations } = db.tables;
	await db.tx(async (tx) => {
		const gone = await tx
			.delete(destinations)
			.where(and(eq(destinations.id, id), eq(destinations.isFixed, false)))
			.returning({ id: destinations.id });
		if (gone.length > 0) await noteOn(db, tx, actor, 'destination.removed', id);
	});
}

export async function pauseDestination(
	db: Database,
	id: string,
	isPaused: boolean,
	actor: string | null,
): Promise<void> {
	const { destinations } = db.tables;
	await db.tx(async (tx) => {
		const changed = await tx
			.update(destinations)
			.set({ isPaused, failures: 0, retryAt: null })
			.where(eq(destinations.id, id))
			.returning({ id: destinations.id });
		if (changed.length > 0)
			await noteOn(db, tx, actor, 'destination.changed', id, { paused: isPaused });
	});
}

/** Tries again what was refused, and what waits, at once. */
export async function resend(db: Database, id: string, actor: string | null): Promise<void> {
	const { destinations, outbox } = db.tables;
	await db.tx(async (tx) => {
		const again = await tx
			.update(outbox)
			.set({ refusedAt: null, reason: null })
			.where(and(eq(outbox.destinationId, id), isNotNull(outbox.refusedAt)))
			.returning({ seq: outbox.seq });
		const changed = await tx
			.update(destinations)
			.set({ failures: 0, retryAt: null })
			.where(eq(destinations.id, id))
			.returning({ id: destinations.id });
		if (changed.length > 0)
			await noteOn(db, tx, actor, 'destination.changed', id, { sentAgain: again.length });
	});
}

/** @throws when the server's own key is not the one that sealed it */
export function lrsOf(row: Row, box: SecretBox, mayBeInner: boolean): Lrs {
	const { endpoint, version, isFixed } = row;
	return {
		endpoint,
		version,
		credentials: v.parse(credentials, JSON.parse(box.open(row.credentials))) as Credentials,
		mayBeInner: mayBeInner || isFixed,
	};
}

/** The destination of the environment: made, changed or, when it is no longer named, taken away. */
export async function followEnvironment(
	db: Database,
	box: SecretBox,
	config: Config,
): Promise<void> {
	const { LRS_URL, LRS_KEY, LRS_SECRET, LRS_TOKEN_URL, LRS_VERSION, LRS_DETAIL } = config;
	const { destinations } = db.tables;
	if (!LRS_URL) {
		await db.tx((tx) => tx.delete(destinations).where(eq(destinations.id, FIXED)));
		return;
	}
	const secret: Credentials = LRS_TOKEN_URL
		? {
				kind: 'oauth',
				tokenUrl: LRS_TOKEN_URL,
				clientId: LRS_KEY ?? '',
				clientSecret: LRS_SECRET ?? '',
			}
		: { kind: 'basic', key: LRS_KEY ?? '', secret: LRS_SECRET ?? '' };
	const form = {
		name: new URL(LRS_URL).host,
		endpoint: LRS_URL.endsWith('/') ? LRS_URL : `${LRS_URL}/`,
		version: LRS_VERSION,
		detail: LRS_DETAIL,
		credentials: secret,
	};
	await addDestination(db, box, form, { id: FIXED, isFixed: true });
}
