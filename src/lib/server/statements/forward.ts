import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { logError } from '../log.ts';
import type { SecretBox } from '../secret-box.ts';
import { lrsOf } from './destinations.ts';
import { sendStatements, type Lrs, type Sent } from './lrs.ts';

export interface ForwarderOptions {
	db: Database;
	box: SecretBox;
	/** Whether administrators may name addresses of the inner network. */
	mayBeInner?: boolean;
	send?: (lrs: Lrs, bodies: string[]) => Promise<Sent>;
	/** Milliseconds between two looks at the outbox. */
	pause?: number;
	/** Milliseconds before a failed destination is tried again, by failures in a row. */
	backoff?: (failures: number) => number;
}

export interface Forwarder {
	/** Sends what waits, to every destination, once. @returns how many statements were taken */
	once(): Promise<number>;
	start(): void;
	/** Ends after the request under way. */
	stop(): Promise<void>;
}

interface Delivered {
	kind: 'done';
	taken: number;
	refused: { seq: number; reason: string }[];
}

/** Statements in one request. */
const BATCH = 100;
/** Longer than any request takes. */
const LEASE = 90_000;

/**
 * Sends the outbox to learning record stores, oldest first, so that what is told of a learner
 * arrives in its order. A statement leaves the outbox when its store has confirmed it; when the
 * server dies in between it is sent again, which stores know by its id. What a store refuses waits
 * for a person; any other trouble is tried again, ever more seldom. On PostgreSQL several servers
 * may share a database: a destination is leased to one of them at a time.
 */
export function forwarder({
	db,
	box,
	mayBeInner = false,
	send = sendStatements,
	pause = 2_000,
	backoff = defaultBackoff,
}: ForwarderOptions): Forwarder {
	const { destinations, outbox, statements } = db.tables;
	const me = crypto.randomUUID();
	let stopped = false;
	let running: Promise<unknown> | undefined;
	let timer: NodeJS.Timeout | undefined;

	async function once(): Promise<number> {
		const now = new Date();
		const due = await db.read
			.select()
			.from(destinations)
			.where(
				and(
					eq(destinations.isPaused, false),
					or(isNull(destinations.retryAt), lt(destinations.retryAt, now)),
				),
			);
		const each = await Promise.all(due.map((row) => drain(row)));
		return each.reduce((sum, one) => sum + one, 0);
	}

	/** One destination, until nothing waits or something goes wrong. */
	async function drain(row: typeof destinations.$inferSelect): Promise<number> {
		let taken = 0;
		if ((await waiting(row.id, 1)).length === 0 || !(await lease(row.id))) return taken;
		let lrs: Lrs;
		try {
			lrs = lrsOf(row, box, mayBeInner);
		} catch {
			await failed(row, { reason: 'Its credentials cannot be opened; enter them again.' });
			return taken;
		}
		for (;;) {
			const batch = await waiting(row.id, BATCH);
			if (batch.length === 0 || stopped) break;
			const sent = await deliver(row.id, lrs, batch);
			if (sent.kind === 'trouble') {
				await failed(row, sent);
				return taken;
			}
			const [first] = sent.refused;
			if (sent.taken === 0 && batch.length > 1 && first) {
				// When nothing at all is taken, it is not the statements that are wrong.
				await failed(row, first);
				return taken;
			}
			await refuse(row.id, sent.refused);
			taken += sent.taken;
			if (!(await lease(row.id))) return taken;
		}
		await release(row.id);
		return taken;
	}

	/** Sends a batch; halves it where the store does not take all of it, down to the one that is wrong. */
	async function deliver(
		destination: string,
		lrs: Lrs,
		batch: { seq: number; body: string }[],
	): Promise<Delivered | Extract<Sent, { kind: 'trouble' }>> {
		const sent = await send(
			lrs,
			batch.map(({ body }) => body),
		);
		if (sent.kind === 'trouble') return sent;
		if (sent.kind === 'stored') {
			await remove(destination, batch);
			return { kind: 'done', taken: batch.length, refused: [] };
		}
		if (batch.length === 1) {
			const reason = sent.kind === 'refused' ? sent.reason : '413: too large by itself';
			return { kind: 'done', taken: 0, refused: [{ seq: batch[0]!.seq, reason }] };
		}
		const middle = Math.ceil(batch.length / 2);
		const first = await deliver(destination, lrs, batch.slice(0, middle));
		if (first.kind === 'trouble') return first;
		const second = await deliver(destination, lrs, batch.slice(middle));
		if (second.kind === 'trouble') {
			await refuse(destination, first.refused);
			return second;
		}
		return {
			kind: 'done',
			taken: first.taken + second.taken,
			refused: [...first.refused, ...second.refused],
		};
	}

	function waiting(destination: string, most: number) {
		return db.read
			.select({ seq: outbox.seq, body: statements.body })
			.from(outbox)
			.innerJoin(statements, eq(statements.seq, outbox.seq))
			.where(and(eq(outbox.destinationId, destination), isNull(outbox.refusedAt)))
			.orderBy(asc(outbox.seq))
			.limit(most);
	}

	async function remove(destination: string, batch: { seq: number }[]): Promise<void> {
		const seqs = batch.map(({ seq }) => seq);
		await db.tx(async (tx) => {
			await tx
				.delete(outbox)
				.where(and(eq(outbox.destinationId, destination), inArray(outbox.seq, seqs)));
			await tx
				.update(destinations)
				.set({ failures: 0, trouble: null, retryAt: null, lastSentAt: new Date() })
				.where(eq(destinations.id, destination));
		});
	}

	async function refuse(destination: string, refused: Delivered['refused']): Promise<void> {
		if (refused.length === 0) return;
		await db.tx(async (tx) => {
			for (const { seq, reason } of refused)
				await tx
					.update(outbox)
					.set({ refusedAt: new Date(), reason })
					.where(and(eq(outbox.destinationId, destination), eq(outbox.seq, seq)));
		});
	}

	async function failed(
		{ id }: { id: string },
		{ reason, after = 0 }: { reason: string; after?: number },
	): Promise<void> {
		await db.tx(async (tx) => {
			const [row] = await tx.select().from(destinations).where(eq(destinations.id, id));
			const failures = (row?.failures ?? 0) + 1;
			const retryAt = new Date(Date.now() + Math.max(after, backoff(failures)));
			await tx
				.update(destinations)
				.set({ failures, trouble: reason, retryAt, leasedBy: null, leasedUntil: null })
				.where(eq(destinations.id, id));
		});
	}

	/** Takes or renews the right to send; false when another server has it. */
	async function lease(id: string): Promise<boolean> {
		const now = new Date();
		const free = or(
			isNull(destinations.leasedUntil),
			lt(destinations.leasedUntil, now),
			eq(destinations.leasedBy, me),
		);
		const got = await db.tx((tx) =>
			tx
				.update(destinations)
				.set({ leasedBy: me, leasedUntil: new Date(now.getTime() + LEASE) })
				.where(and(eq(destinations.id, id), free))
				.returning({ id: destinations.id }),
		);
		return got.length > 0;
	}

	async function release(id: string): Promise<void> {
		await db.tx((tx) =>
			tx
				.update(destinations)
				.set({ leasedBy: null, leasedUntil: null })
				.where(and(eq(destinations.id, id), eq(destinations.leasedBy, me))),
		);
	}

	function next(): void {
		if (stopped) return;
		timer = setTimeout(() => {
			running = once()
				.catch((cause: unknown) => logError('Statements were not forwarded:', cause))
				.finally(next);
		}, pause).unref();
	}

	/** A SQLite file has one server: a lease found at its start is that of one which was killed. */
	async function forgetLeases(): Promise<void> {
		if (db.engine !== 'sqlite') return;
		await db.tx((tx) => tx.update(destinations).set({ leasedBy: null, leasedUntil: null }));
	}

	return {
		once,
		start() {
			running = forgetLeases()
				.catch((cause: unknown) => logError('Leases were not forgotten:', cause))
				.finally(next);
		},
		async stop() {
			stopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}

/** 2, 4, 8 … at most 600 seconds, of which chance takes up to a half: many servers do not come at once. */
function defaultBackoff(failures: number): number {
	const most = Math.min(600_000, 1000 * 2 ** Math.min(failures, 10));
	return most * (0.5 + Math.random() / 2);
}
