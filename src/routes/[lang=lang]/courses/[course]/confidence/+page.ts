import { loadTypes } from '#lib/activities/load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({ ...data, views: await loadTypes(['rate']) });
