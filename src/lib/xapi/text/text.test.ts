import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	indented,
	NotJson,
	problemsOfJson,
	readJson,
	withMembers,
	withNewMembers,
} from './index.ts';

const elementsOf = (text: string) => readJson(text).elements;

/** A JSON text written as nobody would write it: odd spaces, escapes and forms of numbers. */
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const number = fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?$/);
const string = fc.oneof(
	fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
	fc.stringMatching(/^(\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]|[a-z{}[\],: æ])*$/).map((raw) => `"${raw}"`),
);
const { json, object } = fc.letrec<{ json: string; object: string; array: string }>((tie) => ({
	json: fc.oneof(
		{ depthSize: 'small' },
		number,
		string,
		fc.constantFrom('true', 'false', 'null'),
		tie('array'),
		tie('object'),
	),
	array: fc
		.array(fc.tuple(space, tie('json'), space))
		.map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`),
	object: fc
		.uniqueArray(fc.tuple(space, string, space, space, tie('json'), space), {
			selector: ([, name]) => JSON.parse(name) as string,
		})
		.map(
			(members) =>
				`{${members.map(([a, name, b, c, value, d]) => `${a}${name}${b}:${c}${value}${d}`).join(',')}}`,
		),
}));

it('finds the elements of an array as they were written', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(space, json, space)), space, (items, around) => {
			const text = `${around}[${items.map((parts) => parts.join('')).join(',')}]${around}`;
			expect(elementsOf(text)).toEqual(items.map(([, element]) => element));
		}),
	);
});

it('takes one object for one element, without the space around it', () => {
	fc.assert(
		fc.property(space, object, space, (before, text, after) => {
			expect(elementsOf(before + text + after)).toEqual([text]);
		}),
	);
});

it('adds members behind the others and keeps every byte of them', () => {
	fc.assert(
		fc.property(object, fc.jsonValue(), (text, value) => {
			const added = withMembers(text, { 'not there': value });
			const end = text.trimEnd().slice(0, -1).trimEnd().length;
			expect(added.startsWith(text.slice(0, end))).toBe(true);
			expect(added.endsWith(text.slice(end))).toBe(true);
			expect(JSON.parse(added)).toEqual({
				...(JSON.parse(text) as object),
				'not there': JSON.parse(JSON.stringify(value)) as unknown,
			});
		}),
	);
});

it('adds members without reading the text just as it does by reading it', () => {
	const values = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.jsonValue());
	fc.assert(
		fc.property(object, values, (text, members) => {
			const own = text.replace(/^\{/, '{"own":1' + (/^\{\s*\}/.test(text) ? '' : ','));
			const names = Object.keys(JSON.parse(own) as object);
			fc.pre(names.every((name) => !Object.hasOwn(members, name)));
			expect(withNewMembers(own, members)).toBe(withMembers(own, members));
		}),
	);
});

it('replaces a member where it stands and keeps every byte around it', () => {
	fc.assert(
		fc.property(object, object, json, fc.jsonValue(), (before, after, old, value) => {
			const inner = (text: string) => text.slice(1, -1);
			const join = (middle: string) =>
				`{${[inner(before).trim() && `"x":{${inner(before)}}`, ` "id" :${middle} `, `"y":${after}`].filter(Boolean).join(',')}}`;
			expect(withMembers(join(old), { id: value })).toBe(join(JSON.stringify(value)));
		}),
	);
});

it('finds nothing wrong with what JSON.parse takes, and something with what it does not', () => {
	const almost = fc
		.tuple(json, fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', '\n', '0', '-', 'x', ' '))
		.map(([text, at, put]) => {
			const cut = at % (text.length + 1);
			return text.slice(0, cut) + put + text.slice(cut + (at % 2));
		});
	fc.assert(
		fc.property(fc.oneof(json, almost), (text) => {
			let isJson = true;
			try {
				JSON.parse(text);
			} catch {
				isJson = false;
			}
			const found = problemsOfJson(text).filter(({ at }) => at.startsWith('line '));
			expect(found.length === 0, text).toBe(isJson);
		}),
		{ numRuns: 1000 },
	);
});

it.each([
	['{"a":1,"b":{"c":[{"d":1,"d":2}]}}', 'b.c[0].d'],
	['{"actor":1,"\\u0061ctor":2}', 'actor'],
	['[{"id":1},{"id":1,"id":1}]', '[1].id'],
	['{"extensions":{"http://x/a b":1,"http://x/a b":2}}', 'extensions["http://x/a b"]'],
])('tells which name is there twice: %s', (text, at) => {
	expect(problemsOfJson(text)).toEqual([
		{ at, message: expect.stringContaining('expected each name once') as string },
	]);
});

it.each([
	['', 'line 1, column 1', 'the end of the text'],
	['{"a":1,}', 'line 1, column 8', 'a name in quotation marks'],
	['{\n  "a": 01\n}', 'line 2, column 9', 'a comma or "}"'],
	['[1 2]', 'line 1, column 4', 'a comma or "]"'],
	['{"a" 1}', 'line 1, column 6', 'a colon'],
	['"a\tb"', 'line 1, column 3', 'control characters as escapes'],
	['"\\x"', 'line 1, column 2', 'an escape such as'],
	['"a', 'line 1, column 3', 'a quotation mark that ends the string'],
	["{'a':1}", 'line 1, column 2', 'a name in quotation marks'],
	['{"a":NaN}', 'line 1, column 6', 'a value'],
	['{} {}', 'line 1, column 4', 'nothing after the value'],
	[`${'['.repeat(300)}${']'.repeat(300)}`, 'line 1, column 201', 'at most 200'],
])('tells where a text is no JSON: %j', (text, at, message) => {
	expect(problemsOfJson(text)).toEqual([
		{ at, message: expect.stringContaining(message) as string },
	]);
});

it('does not take apart what is no JSON, nor add members to what has none', () => {
	expect(elementsOf('[1,]')).toEqual([]);
	expect(() => withMembers('[1,]', {})).toThrow(NotJson);
	expect(() => withMembers('[]', { a: 1 })).toThrow(TypeError);
});

it('leaves alone what is undefined, and an empty object its spaces', () => {
	expect(withMembers('{ }', { a: undefined, b: 1, c: 'x' })).toBe('{"b":1,"c":"x" }');
	expect(withMembers('{"a":1.0}', { a: undefined })).toBe('{"a":1.0}');
});

it('reads a string of megabytes without trouble', () => {
	const text = JSON.stringify({ a: '"\\'.repeat(2e6) });
	expect(problemsOfJson(text)).toEqual([]);
});

it('indents without changing a token', () => {
	const bare = (text: string) => indented(text).filter(({ kind }) => kind !== 'space');
	fc.assert(
		fc.property(json, (text) => {
			const pretty = indented(text)
				.map((piece) => piece.text)
				.join('');
			expect(JSON.parse(pretty)).toEqual(JSON.parse(text));
			expect(bare(pretty)).toEqual(bare(text));
			expect(text.replace(/\s/g, '')).toBe(pretty.replace(/\s/g, ''));
		}),
	);
	const text = indented('{"a":[1.0,{ },"x"],"b":null}')
		.map((piece) => piece.text)
		.join('');
	expect(text).toBe('{\n  "a": [\n    1.0,\n    {},\n    "x"\n  ],\n  "b": null\n}');
	expect(indented('{"a":-1e9}').map(({ kind }) => kind)).toEqual(
		'mark space name mark space number space mark'.split(' '),
	);
});
