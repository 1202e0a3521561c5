import { loadTypes } from '#lib/activities/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => {
	const { open, latest } = data.standing;
	const shown = [...(open ?? []), ...(latest?.items ?? []).map(({ activity }) => activity)];
	return { ...data, views: await loadTypes(shown.map(({ type }) => type)) };
};
