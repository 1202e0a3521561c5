import { hash } from 'node:crypto';
import { termsOf, type Term } from '#lib/xapi/rules/index.ts';

/** What a statement is found by: by what it says, and by which client wrote it. */
export type Findable = Term | { kind: 'client'; value: string };

/**
 * A term as it stands in the index: 72 bits of its SHA-256. Among a hundred million different terms
 * the chance that any two share a key is one in a million; a filter would then find too much, which
 * gives nobody a right to read that they have not.
 */
export function termKey({ kind, value }: Findable): string {
	return hash('sha256', `${kind}\n${value}`, 'base64url').slice(0, 12);
}

/** Keys of everything that a statement by itself is found by. */
export function termKeysOf(statement: unknown): string[] {
	return [...new Set(termsOf(statement).map(termKey))];
}

/** The key by which a client finds what it wrote itself. It is not handed on to who refers to it. */
export function clientKey(clientId: string): string {
	return termKey({ kind: 'client', value: clientId });
}
