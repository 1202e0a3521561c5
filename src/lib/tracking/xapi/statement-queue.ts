import { createStore, delMany, get, set, values, type UseStore } from 'idb-keyval';
import type { Statement } from '#lib/xapi/statement.ts';

/** A statement on this device that its record store has not taken yet. */
interface Entry {
	id: string;
	/** Whose statements for which store these are. */
	owner: string;
	/** Smaller is earlier. */
	order: number;
	statement: Statement;
	/** Set when the store refused it; kept, never sent again. */
	refused?: string;
}

/** Where statements wait. Survives closing the tab when the browser allows. */
export interface StatementQueue {
	add(owner: string, statements: Statement[]): Promise<void>;
	/** In the order in which they were added; without the refused ones. */
	waiting(owner: string): Promise<Statement[]>;
	remove(ids: string[]): Promise<void>;
	refuse(id: string, reason: string): Promise<void>;
}

/** The queue in IndexedDB. Rejects when storage is not to be had. */
export async function openStatementQueue(): Promise<StatementQueue> {
	const store: UseStore = createStore('rygsamtalen-statements', 'statements');
	const entries = () => values<Entry>(store);
	await entries();
	let order = Date.now() * 1000;
	return {
		async add(owner, statements) {
			const numbered = statements.map((statement): Entry => ({
				id: statement.id,
				owner,
				order: order++,
				statement,
			}));
			await Promise.all(numbered.map((entry) => set(entry.id, entry, store)));
		},
		async waiting(owner) {
			return (await entries())
				.filter((entry) => entry.owner === owner && entry.refused === undefined)
				.sort((a, b) => a.order - b.order)
				.map(({ statement }) => statement);
		},
		remove: (ids) => delMany(ids, store),
		async refuse(id, reason) {
			const entry = await get<Entry>(id, store);
			if (entry) await set(id, { ...entry, refused: reason }, store);
		},
	};
}

/** The queue when the browser refuses to store anything: the sender's own memory is all there is. */
export function noStatementQueue(): StatementQueue {
	return {
		add: async () => undefined,
		waiting: async () => [],
		remove: async () => undefined,
		refuse: async () => undefined,
	};
}
