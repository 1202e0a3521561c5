import type { RosterQuery } from '#lib/server/teaching/roster.ts';

/** The address of the same page with some of what it shows changed; what is as usual is left out. */
export function address(query: RosterQuery, change: Partial<RosterQuery>): string {
	// Another order, filter or search begins at its first page.
	const { of, status, q, sort, order, page, all } = { ...query, page: 1, ...change };
	const told = {
		of,
		status,
		q,
		sort: sort === 'name' ? undefined : sort,
		order: order === 'asc' ? undefined : order,
		page: page === 1 ? undefined : String(page),
		all,
	};
	const given = Object.entries(told).flatMap(([key, value]) => (value ? [[key, value]] : []));
	return `?${new URLSearchParams(given)}`;
}
