/** Where an item of an object or array stands in its text. */
export interface Item {
	/** Name of a member, index of an element. */
	key: string | number;
	/** Offsets of its value: the first character, and the one after the last. */
	start: number;
	end: number;
}

export interface Visitor {
	/** Called when an item's value has been read; its place is in `path`, outermost key first. */
	item?(item: Item, path: readonly (string | number)[]): void;
	/** Called for a name that its object has already; `path` leads to it. */
	again?(path: readonly (string | number)[]): void;
}

/** What JSON's grammar (RFC 8259) does not allow, and where. */
export class NotJson extends Error {
	/** Offset in the text. */
	readonly offset: number;

	constructor(message: string, offset: number) {
		super(message);
		this.offset = offset;
	}
}

/** Objects and arrays within one another: enough for any statement, too few to exhaust a stack. */
const DEEPEST = 200;

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
/** What ends a run of plain characters: a quotation mark, a backslash, a control character. */
const STRING_STOP = /[^ !#-[\]-\uffff]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/**
 * Reads a JSON text strictly and tells where things stand in it. It is ours because a text has to be
 * kept byte for byte, which parsers with offsets that load in Node and in browsers do not combine
 * with names that are there twice.
 *
 * @throws {NotJson} where the text breaks the grammar
 * @returns the offset of the text's value
 */
export function scan(text: string, visitor: Visitor = {}): number {
	const path: (string | number)[] = [];
	let at = 0;

	const fail = (expected: string): never => {
		const found =
			at < text.length
				? JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))
				: 'the end of the text';
		throw new NotJson(`Found ${found}: expected ${expected}`, at);
	};
	const match = (pattern: RegExp): boolean => {
		pattern.lastIndex = at;
		if (!pattern.test(text)) return false;
		at = pattern.lastIndex;
		return true;
	};
	const space = () => {
		// Most texts have none between two tokens.
		if (text.charCodeAt(at) <= 32) match(SPACE);
	};

	function string(): void {
		for (at++; ;) {
			STRING_STOP.lastIndex = at;
			const stop = STRING_STOP.exec(text);
			at = stop ? stop.index : text.length;
			if (!stop) fail('a quotation mark that ends the string');
			if (stop![0] === '"') return void at++;
			if (!match(ESCAPE))
				fail(
					stop![0] === '\\' ? 'an escape such as \\n or \\u00e6' : 'control characters as escapes',
				);
		}
	}

	function name(): string {
		if (text[at] !== '"') fail('a name in quotation marks');
		const start = at;
		string();
		const raw = text.slice(start, at);
		return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
	}

	function item(key: string | number): void {
		const start = at;
		path.push(key);
		value();
		visitor.item?.({ key, start, end: at }, path);
		path.pop();
	}

	function items(end: string, one: (index: number) => void): void {
		if (path.length >= DEEPEST) fail(`at most ${DEEPEST} objects and arrays within one another`);
		at++;
		space();
		if (text[at] === end) return void at++;
		for (let index = 0; ; index++) {
			one(index);
			space();
			if (text[at] === end) return void at++;
			if (text[at] !== ',') fail(`a comma or ${JSON.stringify(end)}`);
			at++;
			space();
		}
	}

	function object(): void {
		const names = new Set<string>();
		items('}', () => {
			const key = name();
			if (names.has(key)) visitor.again?.([...path, key]);
			names.add(key);
			space();
			if (text[at] !== ':') fail('a colon');
			at++;
			space();
			item(key);
		});
	}

	function value(): void {
		const first = text[at];
		if (first === '{') object();
		else if (first === '[') items(']', item);
		else if (first === '"') string();
		else if (!match(NUMBER) && !match(WORD)) fail('a value');
	}

	space();
	const start = at;
	value();
	space();
	if (at < text.length) fail('nothing after the value');
	return start;
}
