import { definitionOf } from '../known.ts';
import { iriParam } from './params.ts';
import type { Methods } from './resource.ts';

/** An activity with everything that statements have said of it (xAPI 1.0.3 Communication, section 2.5). */
export const activities: Methods = {
	GET: {
		takes: ['activityId!'],
		needs: 'activities',
		async answer(call) {
			const id = iriParam(call, 'activityId')!;
			const definition = await definitionOf(call.db, id);
			return Response.json({ objectType: 'Activity', id, ...(definition && { definition }) });
		},
	},
};
