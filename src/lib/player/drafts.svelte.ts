/**
 * Unfinished input (a typed question, half a sorting). It survives language switch, going back and
 * forth and closing the tab, and never leaves the device.
 */
export class Drafts {
	#values: Record<string, unknown> = $state({});
	readonly #prefix: string;

	/** @param owner whose drafts these are, so that two people on one computer do not meet in a field */
	constructor(owner: string) {
		this.#prefix = `draft:${owner}:`;
	}

	/** Reads what the device holds; call once in the browser. */
	restore(keys: string[]): void {
		for (const key of keys) {
			const stored = read(this.#prefix + key);
			if (stored !== undefined && this.#values[key] === undefined) this.#values[key] = stored;
		}
	}

	get(key: string): unknown {
		return this.#values[key];
	}

	set(key: string, value: unknown): void {
		this.#values[key] = value;
		write(this.#prefix + key, value);
	}

	drop(key: string): void {
		const { [key]: _dropped, ...others } = this.#values;
		this.#values = others;
		write(this.#prefix + key, undefined);
	}
}

// Storage may be missing or refused (sandboxed frames, private windows); drafts then live in memory.
function read(key: string): unknown {
	try {
		const text = localStorage.getItem(key);
		return text === null ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function write(key: string, value: unknown): void {
	try {
		if (value === undefined) localStorage.removeItem(key);
		else localStorage.setItem(key, JSON.stringify(value));
	} catch {
		return;
	}
}
