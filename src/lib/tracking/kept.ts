/** What this device holds for a record keeper: what that had, and what came after. */
interface Kept {
	base: string;
	data: string;
	/** Was on its way, and may have arrived. */
	sent?: string;
}

/** A copy on this device of what its record keeper has not confirmed. */
export interface Copy {
	/**
	 * @param base what the record keeper has
	 * @param sent what may have reached it in the meantime
	 */
	keep(data: string, base: string, sent?: string): void;
	/** What was kept; undefined when the record keeper's own data have moved on. */
	after(known: string): string | undefined;
	drop(): void;
}

/**
 * @param key undefined where two people on one computer could not be told apart: nothing is kept
 */
export function deviceCopy(
	storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
	key: string | undefined,
): Copy {
	return {
		keep(data, base, sent) {
			if (key === undefined) return;
			const kept: Kept = { base, data, ...(sent === undefined ? {} : { sent }) };
			try {
				storage?.setItem(key, JSON.stringify(kept));
			} catch {
				// A full or forbidden storage is no trouble as long as the record keeper takes the data.
				return;
			}
		},
		after(known) {
			if (key === undefined) return undefined;
			try {
				const found = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Kept> | null;
				return found?.base === known || found?.sent === known ? found.data : undefined;
			} catch {
				return undefined;
			}
		},
		drop() {
			if (key === undefined) return;
			try {
				storage?.removeItem(key);
			} catch {
				return;
			}
		},
	};
}
