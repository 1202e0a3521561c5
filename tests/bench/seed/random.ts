/** Chance that is the same each time for the same seed (mulberry32). */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** 0 ≤ x < 1 */
	next = (): number => {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};

	/** 0 ≤ n < below, whole */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}

	of<T>(list: readonly T[]): T {
		return list[this.below(list.length)]!;
	}

	/** A UUID, version 4. */
	uuid(): string {
		const hex = (digits: number) =>
			this.below(16 ** digits)
				.toString(16)
				.padStart(digits, '0');
		const variant = (8 + this.below(4)).toString(16);
		return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
	}
}
