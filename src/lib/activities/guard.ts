/**
 * Checks on responses, which come from outside. The schemas beside each type do the same more
 * thoroughly on the server; these keep the schema library out of the browser.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isStrings(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Distinct strings, all of them known. */
export function areKnown(value: unknown, known: { id: string }[]): value is string[] {
	const ids = new Set(known.map((one) => one.id));
	return (
		isStrings(value) && new Set(value).size === value.length && value.every((id) => ids.has(id))
	);
}

/** A value for each of `keys`, and for nothing else, taken from `values`. */
export function isComplete(
	value: unknown,
	keys: { id: string }[],
	values: { id: string }[],
): value is Record<string, string> {
	if (!isRecord(value) || Object.keys(value).length !== keys.length) return false;
	const ids = new Set(values.map((one) => one.id));
	return keys.every(({ id }) => Object.hasOwn(value, id) && ids.has(value[id] as string));
}

export function invalid(reason: string): { kind: 'invalid'; reason: string } {
	return { kind: 'invalid', reason };
}

export function scored(earned: number, possible: number) {
	return { kind: 'scored' as const, earned, possible };
}
