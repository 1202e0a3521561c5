import type { Precondition } from '../documents.ts';
import type { Call } from './call.ts';

/** Languages that are wanted, the most wanted first (RFC 9110, section 12.5.4). */
export function languagesWanted(header: string | null): string[] {
	const wanted = (header ?? '').split(',').flatMap((part, at) => {
		const [tag = '', ...rest] = part.trim().split(';');
		const weight = rest.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
		const q = weight === undefined ? 1 : Number(weight);
		return tag && q > 0 ? [{ tag, q, at }] : [];
	});
	return wanted.toSorted((a, b) => b.q - a.q || a.at - b.at).map(({ tag }) => tag);
}

/** Entity tags of a header, without quotes and without `W/`. */
function tagsIn(header: string | null): string[] | undefined {
	const tags = header?.split(',').map((one) => one.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'));
	return tags?.filter((tag) => tag !== '');
}

export function preconditionOf(
	{ headers }: Pick<Call, 'headers'>,
	mustSay: Precondition['mustSay'],
): Precondition {
	const match = tagsIn(headers.get('if-match'));
	const noneMatch = tagsIn(headers.get('if-none-match'));
	return { ...(match && { match }), ...(noneMatch && { noneMatch }), mustSay };
}
