import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS, type Found } from '#lib/course/search.ts';

/** The search index behind an address. @throws when it cannot be fetched */
export async function fetchIndex(address: string): Promise<MiniSearch<Found>> {
	const response = await fetch(address);
	if (!response.ok) throw new Error(`${address}: ${response.status}`);
	return MiniSearch.loadJSON(await response.text(), SEARCH_OPTIONS);
}
