/**
 * A text as every database can hold it: PostgreSQL has none with the character U+0000, and no JSON with
 * half a surrogate pair. Browsers put U+FFFD in their place, too (html.spec.whatwg.org, section 13.2.5;
 * webidl.spec.whatwg.org, `USVString`).
 */
export function holdable(text: string): string {
	return text.replaceAll('\u0000', '\ufffd').toWellFormed();
}
