import { app } from '#lib/server/app.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const { group, organisation } = await followedGroup(db, db.read, user.id, params.group);
	return {
		group: {
			id: group.id,
			name: group.name,
			stuckDays: group.stuckDays,
			isArchived: group.archivedAt !== null,
		},
		organisation: {
			id: organisation.id,
			name: organisation.name,
			timeZone: organisation.timeZone,
		},
	};
};
