/**
 * A text as every database can hold it: PostgreSQL has none with the character U+0000, and no JSON with
 * half a surrogate pair. Browsers put U+FFFD in their place, too (html.spec.whatwg.org, section 13.2.5;
 * webidl.spec.whatwg.org, `USVString`).
 */
export function holdable(text: string): string {
	return text.replaceAll('\u0000', '\ufffd').toWellFormed();
}

/** JSON whose texts are such, those of names too. @throws SyntaxError */
export function parseHoldable(text: string): unknown {
	return JSON.parse(text, (_, value: unknown) => {
		if (typeof value === 'string') return holdable(value);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
		const names = Object.keys(value);
		if (names.every((name) => holdable(name) === name)) return value;
		return Object.fromEntries(Object.entries(value).map(([name, own]) => [holdable(name), own]));
	}) as unknown;
}
