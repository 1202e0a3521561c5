import { namesOf } from '../known.ts';
import { agentParam } from './params.ts';
import type { Methods } from './resource.ts';

/** Everything known of an agent, as a Person (xAPI 1.0.3 Communication, section 2.4). */
export const agents: Methods = {
	GET: {
		takes: ['agent!'],
		needs: 'agents',
		async answer(call) {
			const agent = agentParam(call, 'agent')!;
			const known = await namesOf(call.db, agent);
			const said = typeof agent.name === 'string' && agent.name !== '' ? [agent.name] : [];
			const name = [...new Set([...known, ...said])];
			const { mbox, mbox_sha1sum, openid, account } = agent;
			const identified = Object.entries({ mbox, mbox_sha1sum, openid, account }).filter(
				([, value]) => value !== undefined,
			);
			return Response.json({
				objectType: 'Person',
				...(name.length > 0 ? { name } : {}),
				...Object.fromEntries(identified.map(([key, value]) => [key, [value]])),
			});
		},
	},
};
