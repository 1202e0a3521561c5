import { scan, type Item } from './scan.ts';

/**
 * The text of an object with members added or replaced at its top: replaced where they stand, added
 * at the end. Everything else stays byte for byte; members that are undefined are left alone.
 *
 * @throws {NotJson} where the text breaks JSON's grammar
 * @throws {TypeError} where it is no object
 */
export function withMembers(text: string, members: Record<string, unknown>): string {
	const { items, start } = topOf(text);
	if (text[start] !== '{') throw new TypeError('Only an object has members.');
	const rest = new Map(
		Object.entries(members).filter(([, value]) => JSON.stringify(value) !== undefined),
	);
	let result = '';
	let done = 0;
	for (const { key, start: from, end: to } of items) {
		if (!rest.has(String(key))) continue;
		result += text.slice(done, from) + JSON.stringify(rest.get(String(key)));
		rest.delete(String(key));
		done = to;
	}
	const end = items.at(-1)?.end ?? start + 1;
	const added = [...rest].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
	const before = items.length && added.length ? ',' : '';
	return result + text.slice(done, end) + before + added.join(',') + text.slice(end);
}

/**
 * The same where it is known that none of the members is there, that there are others, and that the
 * text is JSON without space around it: nothing has to be read for that.
 */
export function withNewMembers(text: string, members: Record<string, unknown>): string {
	const end = text.slice(0, -1).trimEnd().length;
	const added = JSON.stringify(members).slice(1, -1);
	return added === '' ? text : `${text.slice(0, end)},${added}${text.slice(end)}`;
}

/**
 * The text with some values made into arrays of one element. Everything else stays byte for byte.
 *
 * @param wanted whether the value at a path is to be one; arrays stay as they are
 * @throws {NotJson} where the text breaks JSON's grammar
 */
export function inArrays(
	text: string,
	wanted: (path: readonly (string | number)[]) => boolean,
): string {
	const found: Item[] = [];
	scan(text, {
		item(item, path) {
			if (text[item.start] !== '[' && wanted(path)) found.push(item);
		},
	});
	let result = '';
	let done = 0;
	for (const { start, end } of found) {
		result += `${text.slice(done, start)}[${text.slice(start, end)}]`;
		done = end;
	}
	return result + text.slice(done);
}

function topOf(text: string): { items: Item[]; start: number } {
	const items: Item[] = [];
	const start = scan(text, {
		item(item, path) {
			if (path.length === 1) items.push(item);
		},
	});
	return { items, start };
}
