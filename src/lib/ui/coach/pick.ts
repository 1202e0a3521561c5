import type { Remark } from '#lib/coach/contract.ts';

const ORDER: Remark['tone'][] = ['praise', 'idea', 'unsure'];

/**
 * What a colleague would say at once: two things at most, praise first. Where there is something to
 * praise and something to do otherwise, one of each.
 */
export function atMostTwo(remarks: Remark[]): Remark[] {
	const byTone = remarks.toSorted((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone));
	const [first, second] = byTone;
	if (!first || !second) return byTone;
	return [first, byTone.find(({ tone }) => tone !== first.tone) ?? second];
}
