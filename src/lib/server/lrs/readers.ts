import type { Database } from '../db/database.ts';
import { listClients } from './clients.ts';
import { may, type Need } from './scopes.ts';

/** What others wrote of a learner that a program may read. */
const PARTS = {
	statements: 'readAny',
	state: 'readState',
	profile: 'readProfile',
} as const satisfies Record<string, Need>;
export type Part = keyof typeof PARTS;

/**
 * Programs that may read about any learner in the record store, and what, the oldest first: as learners
 * are told. Those that are shut out are left out, and so are those that read only what they wrote.
 */
export async function readersOfLearners(db: Database): Promise<{ name: string; reads: Part[] }[]> {
	const parts = Object.entries(PARTS) as [Part, Need][];
	return (await listClients(db))
		.filter(({ disabledAt }) => disabledAt === null)
		.map((client) => ({
			name: client.name,
			reads: parts.filter(([, need]) => may(client, need)).map(([part]) => part),
		}))
		.filter(({ reads }) => reads.length > 0);
}
