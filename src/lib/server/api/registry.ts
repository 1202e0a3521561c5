import { activitiesResource, activityResource } from './activities.ts';
import { groupResource, groupsResource } from './groups.ts';
import { learnerResource, learnersResource } from './learners.ts';
import type { Resource } from './resource.ts';

/** Everything that the API has, in the order in which it is described. */
export const RESOURCES = [
	groupsResource,
	groupResource,
	learnersResource,
	learnerResource,
	activitiesResource,
	activityResource,
] as unknown as Resource[];
