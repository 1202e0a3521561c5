import { and, asc, gt, inArray, isNull, lte, max } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database, Queries } from '../db/database.ts';
import { readSetting, writeSetting, type Setting } from '../settings.ts';
import { addTerms, clientKey, removeTerms, termKeysOf } from './index-terms.ts';
import { keepKnown, newsIn } from './known.ts';
import { valueOf } from './own-statements.ts';

/*
 * Our own statements are found by the record store's filters as those of its clients are.
 */

interface Own {
	seq: number;
	body: string;
	storedAt: Date;
}

const ownValue = ({ body, storedAt }: Own) => valueOf({ clientId: null, body, storedAt });

/** Indexes own statements, in the transaction that stores them. */
export async function indexOwn(db: Database, tx: Queries, rows: Own[]): Promise<void> {
	if (rows.length === 0) return;
	const values = rows.map((row) => ({ seq: row.seq, received: { value: ownValue(row) } }));
	await addTerms(
		db,
		tx,
		values.flatMap(({ seq, received: { value } }) =>
			termKeysOf(value).map((term) => ({ term, seq })),
		),
	);
	const news = newsIn(db, values);
	await keepKnown(db, tx, news, rows[0]!.storedAt);
}

/** Rows in one transaction, when people are deleted or old statements indexed. */
const FEW = 200;

/** Takes people's own statements, and those of packages about them, out of the index, before they are deleted with them. */
export async function unindexOwn(
	{ tables }: Pick<Database, 'tables'>,
	tx: Queries,
	userIds: string[],
): Promise<void> {
	const { statements } = tables;
	let last = 0;
	for (;;) {
		const rows = await tx
			.select()
			.from(statements)
			.where(and(inArray(statements.userId, userIds), gt(statements.seq, last)))
			.orderBy(asc(statements.seq))
			.limit(FEW);
		await removeTerms(
			{ tables },
			tx,
			rows.map((row) => ({ seq: row.seq, terms: termsOrNone(row) })),
		);
		if (rows.length < FEW) return;
		last = rows.at(-1)!.seq;
	}
}

/** Nobody stays because a statement of theirs is damaged. */
function termsOrNone(row: Parameters<typeof valueOf>[0]): string[] {
	try {
		const terms = termKeysOf(valueOf(row));
		return row.clientId ? [...terms, clientKey(row.clientId)] : terms;
	} catch {
		return [];
	}
}

/** How far statements of versions before the record store are indexed: all up to `seq` of `upTo`. */
const progress: Setting<v.GenericSchema<{ seq: number; upTo: number }>> = {
	name: 'lrs-index',
	schema: v.object({ seq: v.number(), upTo: v.number() }),
};

/**
 * Indexes statements that were stored before there was an index, after the server's start; it goes on
 * where it stopped.
 *
 * @param goOn whether the server still runs
 * @param few statements in one transaction: others want to write, too
 * @returns how many were indexed
 */
export async function catchUpIndex(
	db: Database,
	goOn: () => boolean = () => true,
	few = FEW,
): Promise<number> {
	const { statements } = db.tables;
	let total = 0;
	for (;;) {
		if (!goOn()) return total;
		const done = await db.tx(async (tx) => {
			const [newest] = await tx.select({ seq: max(statements.seq) }).from(statements);
			const { seq, upTo } = (await readSetting(db, tx, progress)) ?? {
				seq: 0,
				upTo: newest?.seq ?? 0,
			};
			const rows = await tx
				.select({ seq: statements.seq, body: statements.body, storedAt: statements.storedAt })
				.from(statements)
				.where(and(gt(statements.seq, seq), lte(statements.seq, upTo), isNull(statements.clientId)))
				.orderBy(asc(statements.seq))
				.limit(few);
			await indexOwn(db, tx, rows);
			total += rows.length;
			const last = rows.length < few ? upTo : rows.at(-1)!.seq;
			if (seq < upTo || upTo === 0) await writeSetting(db, tx, progress, { seq: last, upTo });
			return last >= upTo;
		});
		if (done) return total;
	}
}
