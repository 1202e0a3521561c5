import { statement } from '../../testing.ts';

/* What tests of the statements resource ask with. */

export const ONE = '00000000-0000-4000-8000-00000000000a';
export const VOIDED = '00000000-0000-4000-8000-000000000002';
export const NEW = '00000000-0000-4000-8000-000000000003';
export const one = statement({ id: ONE });
const { id: _id, ...rest } = one;
export const withoutId = rest;
export const UUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

/** The text of a statement with more in it. */
export function bodyWith(more: string): string {
	return JSON.stringify(withoutId).replace(/\}$/, `,${more}}`);
}
