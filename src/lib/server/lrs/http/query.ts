import { agentKey } from '#lib/xapi/rules/index.ts';
import type { Query } from '../find.ts';
import type { Findable } from '../index-terms.ts';
import { may } from '../scopes.ts';
import type { Known } from './call.ts';
import { agentParam, countParam, flagParam, iriParam, timeParam, uuidParam } from './params.ts';

/** Statements on a page, at most, and where nobody says how many. */
const MOST = 500;
const USUAL = 100;

/** What a request asks for, narrowed to what its key may read. @throws Refusal 400 */
export function queryOf(call: Known): Query {
	const { client } = call;
	const agent = agentParam(call, 'agent');
	const activity = iriParam(call, 'activity');
	const verb = iriParam(call, 'verb');
	const registration = uuidParam(call, 'registration');
	const relatedAgents = flagParam(call, 'related_agents');
	const relatedActivities = flagParam(call, 'related_activities');
	const terms: Findable[] = [];
	if (agent)
		terms.push({ kind: relatedAgents ? 'agent-related' : 'agent', value: agentKey(agent) });
	if (activity !== undefined)
		terms.push({ kind: relatedActivities ? 'activity-related' : 'activity', value: activity });
	if (verb !== undefined) terms.push({ kind: 'verb', value: verb });
	if (registration !== undefined) terms.push({ kind: 'registration', value: registration });
	if (!may(client, 'readAny')) terms.push({ kind: 'client', value: client.id });
	const limit = countParam(call, 'limit');
	return {
		terms,
		since: timeParam(call, 'since'),
		until: timeParam(call, 'until'),
		ascending: flagParam(call, 'ascending'),
		// 0 asks for as many as we give (section 2.1.3).
		limit: limit === undefined ? USUAL : Math.min(limit || MOST, MOST),
		after: countParam(call, 'cursor'),
		bytes: 2 * call.limit,
	};
}
