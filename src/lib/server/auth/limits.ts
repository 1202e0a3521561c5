/**
 * How often something may be tried: so many times in so long, for each key (an address, an e-mail).
 * Kept in this process; a second server would allow as much again, which is still few.
 */
export class Limit {
	readonly #times: number;
	readonly #within: number;
	readonly #tries = new Map<string, { count: number; until: number }>();

	/** @param within milliseconds */
	constructor(times: number, within: number) {
		this.#times = times;
		this.#within = within;
	}

	/** Counts a try. @returns whether it is allowed */
	allows(key: string, now = Date.now()): boolean {
		return this.#count(key, 1, now) <= this.#times;
	}

	/** Counts so many at once, such as letters. @returns whether all are allowed; else none is counted */
	allowsAll(key: string, many: number, now = Date.now()): boolean {
		if (this.#count(key, many, now) <= this.#times) return true;
		this.#count(key, -many, now);
		return false;
	}

	#count(key: string, many: number, now: number): number {
		this.#forget(now);
		const tries = this.#tries.get(key) ?? { count: 0, until: now + this.#within };
		tries.count += many;
		this.#tries.set(key, tries);
		return tries.count;
	}

	/** A success: the slate is clean. */
	clear(key: string): void {
		this.#tries.delete(key);
	}

	/** Old entries go, so that the map stays as small as the last while was busy. */
	#forget(now: number): void {
		for (const [key, { until }] of this.#tries) {
			if (until > now) break;
			this.#tries.delete(key);
		}
	}
}

const MINUTE = 60 * 1000;
/** Per e-mail address and per network address; a ward shares one of the latter. */
export const limits = {
	signIn: new Limit(10, 15 * MINUTE),
	signInFrom: new Limit(100, 15 * MINUTE),
	register: new Limit(60, 60 * MINUTE),
	forgot: new Limit(3, 60 * MINUTE),
	forgotFrom: new Limit(30, 60 * MINUTE),
	guests: new Limit(600, 60 * MINUTE),
	/** A hospital's staff all come from one address, many of them at the same hour. */
	launches: new Limit(10_000, 60 * MINUTE),
	/** Letters that an educator sends by hand, and by files: a large school twice. */
	invitations: new Limit(300, 60 * MINUTE),
	imports: new Limit(20_000, 60 * MINUTE),
	/** Files are read in this process: somebody who tries a few is served, a script is not. */
	uploads: new Limit(60, 60 * MINUTE),
	/** A human resources department looks up a whole staff's; nobody finds a code by trying. */
	verify: new Limit(120, 15 * MINUTE),
	/** By a token that is none. */
	wrongTokens: new Limit(100, 15 * MINUTE),
};
