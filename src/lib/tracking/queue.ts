import { createStore, delMany, get, set, values, type UseStore } from 'idb-keyval';
import type { LearnerEvent } from '#lib/progress/events.ts';

/** A learner event on this device that its keeper has not acknowledged yet. */
interface Entry {
	id: string;
	/** The learner it belongs to; '' for somebody who has no account or guest session yet. */
	owner: string;
	event: LearnerEvent;
	/** Set when the server refused it; kept, never sent again. */
	refused?: string;
}

/** Where events wait until the server has them. Survives closing the tab when the browser allows. */
export interface EventQueue {
	add(owner: string, event: LearnerEvent): Promise<void>;
	/** Oldest first; without the refused ones. */
	waiting(owner: string): Promise<LearnerEvent[]>;
	remove(ids: string[]): Promise<void>;
	refuse(id: string, reason: string): Promise<void>;
	/** Hands what was done before there was an owner to the one there is now. */
	adopt(owner: string): Promise<void>;
}

/** The queue in IndexedDB, shared by all tabs of the site. Rejects when storage is not to be had. */
export async function openQueue(name = 'rygsamtalen'): Promise<EventQueue> {
	const store = createStore(name, 'events');
	// Storage that is refused should show now, not at the first event.
	await entries(store);
	return inDatabase(store);
}

function entries(store: UseStore): Promise<Entry[]> {
	return values<Entry>(store);
}

function inDatabase(store: UseStore): EventQueue {
	const put = (entry: Entry) => set(entry.id, entry, store);
	return {
		add: (owner, event) => put({ id: event.id, owner, event }),
		async waiting(owner) {
			return oldestFirst((await entries(store)).filter((entry) => entry.owner === owner));
		},
		remove: (ids) => delMany(ids, store),
		async refuse(id, reason) {
			const entry = await get<Entry>(id, store);
			if (entry) await put({ ...entry, refused: reason });
		},
		async adopt(owner) {
			for (const entry of await entries(store))
				if (entry.owner === '') await put({ ...entry, owner });
		},
	};
}

/** The queue when the browser refuses to store anything: lasts as long as the page. */
export function memoryQueue(): EventQueue {
	const entries = new Map<string, Entry>();
	return {
		async add(owner, event) {
			entries.set(event.id, { id: event.id, owner, event });
		},
		async waiting(owner) {
			return oldestFirst([...entries.values()].filter((entry) => entry.owner === owner));
		},
		async remove(ids) {
			ids.forEach((id) => entries.delete(id));
		},
		async refuse(id, reason) {
			const entry = entries.get(id);
			if (entry) entry.refused = reason;
		},
		async adopt(owner) {
			for (const entry of entries.values()) if (entry.owner === '') entry.owner = owner;
		},
	};
}

function oldestFirst(entries: Entry[]): LearnerEvent[] {
	return entries
		.filter((entry) => entry.refused === undefined)
		.map((entry) => entry.event)
		.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
