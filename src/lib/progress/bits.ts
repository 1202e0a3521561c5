/**
 * Small numbers as text that every LMS carries unharmed: six bits a character, in the alphabet of
 * base64url (RFC 4648, section 5), without padding.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PER_CHARACTER = 6;

export class BitWriter {
	#text = '';
	#held = 0;
	#count = 0;

	/** Appends a whole number; what does not fit into `width` bits (at most 24) becomes the largest that does. */
	write(value: number, width: number): void {
		const fitting = Math.max(0, Math.min(Math.trunc(value), 2 ** width - 1));
		for (let bit = width - 1; bit >= 0; bit--) this.#bit((fitting >>> bit) & 1);
	}

	flag(value: boolean): void {
		this.#bit(value ? 1 : 0);
	}

	/** What was written; the last character is filled up with zeros. */
	text(): string {
		return this.#count === 0
			? this.#text
			: this.#text + ALPHABET[this.#held << (PER_CHARACTER - this.#count)];
	}

	#bit(bit: number): void {
		this.#held = (this.#held << 1) | bit;
		this.#count += 1;
		if (this.#count < PER_CHARACTER) return;
		this.#text += ALPHABET[this.#held];
		this.#held = 0;
		this.#count = 0;
	}
}

/** Thrown when text ends early or holds what no writer wrote. */
export class BitsEnded extends Error {}

export class BitReader {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** @throws BitsEnded */
	read(width: number): number {
		let value = 0;
		for (let bit = 0; bit < width; bit++) value = value * 2 + this.#bit();
		return value;
	}

	/** @throws BitsEnded */
	flag(): boolean {
		return this.#bit() === 1;
	}

	#bit(): number {
		const held = ALPHABET.indexOf(this.#text[Math.floor(this.#at / PER_CHARACTER)] ?? ' ');
		if (held < 0) throw new BitsEnded();
		const shift = PER_CHARACTER - 1 - (this.#at % PER_CHARACTER);
		this.#at += 1;
		return (held >>> shift) & 1;
	}
}
