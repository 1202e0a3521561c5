/**
 * The code on a certificate: what people type to ask whether it is real. It says nothing by itself.
 *
 * Twenty characters in five groups, `7K3Q-M9TX-…`: nineteen at random (95 bits, so that nobody finds
 * one by trying) and one that tells of mistakes in typing. The alphabet is Crockford's: no I, L, O
 * and U; where one of the first three is typed, the figure that it looks like is meant.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM = 19;
const GROUP = 4;
const LOOK_ALIKE: Record<string, string> = { I: '1', L: '1', O: '0' };

/** A new code, in groups as it is printed. */
export function newCode(): string {
	const values = [...crypto.getRandomValues(new Uint8Array(RANDOM))].map((byte) => byte % 32);
	return grouped([...values, checkOf(values)].map((value) => ALPHABET[value]!).join(''));
}

/** A code as somebody typed it: as it is printed, or what is wrong with it. */
export type ReadCode = { code: string } | { wrong: 'empty' | 'length' | 'sign' | 'mistyped' };

/** Reads a code in any case, with or without its hyphens and with spaces anywhere. */
export function readCode(typed: string): ReadCode {
	const plain = typed
		.slice(0, 200)
		.toUpperCase()
		.replaceAll(/[\s‐-―-]/g, '')
		.replaceAll(/[ILO]/g, (letter) => LOOK_ALIKE[letter]!);
	if (plain === '') return { wrong: 'empty' };
	const values = [...plain].map((sign) => ALPHABET.indexOf(sign));
	if (values.includes(-1)) return { wrong: 'sign' };
	if (values.length !== RANDOM + 1) return { wrong: 'length' };
	if (checkOf(values.slice(0, RANDOM)) !== values[RANDOM]) return { wrong: 'mistyped' };
	return { code: grouped(plain) };
}

/**
 * A sum over GF(2⁵) in which each place weighs the double of the next. It differs for every single
 * wrong character and for every two that have changed places.
 */
function checkOf(values: number[]): number {
	return values.reduce((sum, value) => double(sum ^ value), 0);
}

/** Modulo x⁵ + x² + 1, of which x has the order 31: no two of the places weigh the same. */
function double(value: number): number {
	return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}

function grouped(plain: string): string {
	return plain.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}
