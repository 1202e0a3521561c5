import { code } from '#lib/course/code.ts';

/** Ids as the numbers that suspend data holds. */
export function toCodes(ids: string[]): number[] {
	return ids.map(code);
}

/** The ids that numbers stand for; undefined when one is of nothing that is still there. */
export function fromCodes(numbers: number[], known: { id: string }[]): string[] | undefined {
	const ids = numbers.map((number) => known.find((one) => code(one.id) === number)?.id);
	return ids.every((id) => id !== undefined) ? ids : undefined;
}

/** One value for each key, in the order of the keys. */
export function recordFromCodes(
	numbers: number[],
	keys: { id: string }[],
	values: { id: string }[],
): Record<string, string> | undefined {
	const ids = fromCodes(numbers, values);
	if (!ids || ids.length !== keys.length) return undefined;
	return Object.fromEntries(keys.map((key, at) => [key.id, ids[at]!]));
}
