import { expect, it } from 'vitest';
import { checkStatement, type XapiVersion } from './index.ts';

export const BOTH: XapiVersion[] = ['1.0.3', '2.0.0'];

export const ID = '6690e6c9-3ef0-4ed3-8b37-7f3964730bee';
export const AGENT = { mbox: 'mailto:kim@example.org' };
export const VERB = { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered' } };
export const ACTIVITY = { objectType: 'Activity', id: 'https://example.org/drill' };
export const STATEMENT = { actor: AGENT, verb: VERB, object: ACTIVITY };
export const SUB_STATEMENT = { objectType: 'SubStatement', ...STATEMENT };

export const ATTACHMENT = {
	usageType: 'https://example.org/certificate',
	display: { en: 'A certificate' },
	contentType: 'application/pdf',
	length: 4,
	sha2: 'a'.repeat(64),
};

/**
 * The same statement with one value put at a path such as `object.definition`, whose objects are
 * made where there are none; `undefined` takes it away.
 */
export function put(path: string, value: unknown, statement: object = STATEMENT): object {
	const [first, ...rest] = path.split('.');
	const before = statement as Record<string, object>;
	const after = rest.length ? put(rest.join('.'), value, before[first!] ?? {}) : value;
	const { [first!]: _, ...others } = before;
	return after === undefined ? others : { ...others, [first!]: after };
}

/**
 * One line of a table of requirements: what the specification says (in our words), a value and the
 * path it is put at, and where a problem is found; nowhere, where the value is right.
 */
export type Line = [
	requirement: string,
	says: string,
	path: string,
	value: unknown,
	found?: string,
	versions?: XapiVersion[],
];

/** Tries every line in both versions, in the statement itself and in a sub-statement. */
export function tryLines(lines: Line[], { inSubStatement = true } = {}): void {
	for (const [requirement, says, path, value, found, versions = BOTH] of lines)
		for (const version of versions)
			it(`${requirement} ${says}: ${path} ${(JSON.stringify(value) ?? 'missing').slice(0, 90)} (${version})`, () => {
				expect(placesOf(put(path, value), version)).toEqual(found === undefined ? [] : [found]);
				if (!inSubStatement) return;
				const outer = { ...STATEMENT, object: put(path, value, SUB_STATEMENT) };
				expect(placesOf(outer, version)).toEqual(found === undefined ? [] : [`object.${found}`]);
			});
}

export function placesOf(statement: unknown, version: XapiVersion): string[] {
	return checkStatement(statement, version).map(({ at }) => at);
}
