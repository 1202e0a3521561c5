import pg from 'pg';
import { expect, test } from 'vitest';
import { survive } from './postgres.ts';

/* PostgreSQL is restarted: connections are lost wherever they are, and the process goes on. */

test('the loss of a connection does not end the process, be it in use or not', () => {
	const pool = new pg.Pool();
	survive(pool);
	const client = new pg.Client();
	pool.emit('connect', client);
	const lost = Object.assign(new Error('terminating connection'), { code: '57P01' });
	expect(pool.emit('error', lost, client)).toBe(true);
	expect(client.emit('error', lost)).toBe(true);
});
