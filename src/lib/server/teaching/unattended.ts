import { and, asc, eq, exists, isNull, ne, notExists } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import type { Group } from './rights.ts';

/**
 * Groups that nobody would follow without this person, by name; archived ones are left out. Only who
 * still teaches in a group's organisation counts. Such a person may go all the same: administrators
 * see on the organisation's page which groups nobody follows.
 */
export async function groupsFollowedAlone(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	userId: string,
): Promise<Pick<Group, 'id' | 'name'>[]> {
	const { educators, groupEducators, groups } = db.tables;
	/** Who follows the group of the query around this one. */
	const followers = (who: ReturnType<typeof eq>) =>
		queries
			.select({ userId: groupEducators.userId })
			.from(groupEducators)
			.innerJoin(
				educators,
				and(
					eq(educators.userId, groupEducators.userId),
					eq(educators.organisationId, groups.organisationId),
				),
			)
			.where(and(eq(groupEducators.groupId, groups.id), who));
	return queries
		.select({ id: groups.id, name: groups.name })
		.from(groups)
		.where(
			and(
				isNull(groups.archivedAt),
				exists(followers(eq(groupEducators.userId, userId))),
				notExists(followers(ne(groupEducators.userId, userId))),
			),
		)
		.orderBy(asc(groups.name), asc(groups.id));
}
