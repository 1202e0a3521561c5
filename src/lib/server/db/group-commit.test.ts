import { expect, test } from 'vitest';
import { GroupCommit, type Writer } from './group-commit.ts';

/** A connection whose disk can fail, and which says what it was asked. */
function writer() {
	const asked: string[] = [];
	const state = { fails: (_: string): boolean => false, inTransaction: false };
	const made: Writer = {
		exec(sql) {
			asked.push(sql);
			if (sql.startsWith('BEGIN') && state.inTransaction)
				throw new Error('cannot start a transaction within a transaction');
			if (state.fails(sql)) throw new Error(`disk I/O error: ${sql}`);
			if (sql.startsWith('BEGIN')) state.inTransaction = true;
			if (sql === 'COMMIT' || sql === 'ROLLBACK') state.inTransaction = false;
		},
		get inTransaction() {
			return state.inTransaction;
		},
	};
	return { made, state, asked };
}

const outcome = (work: Promise<unknown>) =>
	work.then(
		(value) => value,
		(error: Error) => error.message,
	);

test('a disk that fails even when work is taken back leaves nobody waiting, and others go on', async () => {
	const { made, state, asked } = writer();
	const group = new GroupCommit(made);
	state.fails = (sql) => sql === 'COMMIT' || sql === 'ROLLBACK';
	const both = [group.run(async () => 1), group.run(async () => 2)].map(outcome);
	expect(await Promise.all(both)).toEqual(Array(2).fill('disk I/O error: COMMIT'));
	// The transaction is still open: the next one cannot begin, is told, and takes it back.
	state.fails = () => false;
	expect(await outcome(group.run(async () => 3))).toMatch(/within a transaction/);
	expect(asked.at(-1)).toBe('ROLLBACK');
	expect(await group.run(async () => 4)).toBe(4);
	await group.idle();
});
