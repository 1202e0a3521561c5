import { ifisOf } from './actor.ts';
import { isObject, type Json } from './shape.ts';

export type Agent = Json;

/**
 * One text for an agent or an identified group, whatever way it is written: names do not count, nor
 * does the case of an address's domain (Data 2.4.2.3). Empty for an anonymous group, as each is
 * another one, and for what is no actor at all.
 */
export function agentKey(agent: unknown): string {
	if (!isObject(agent)) return '';
	const [ifi] = ifisOf(agent);
	if (ifi === 'account') {
		// An IRI has no spaces, so that the first one ends it.
		const { homePage, name } = agent.account as Json;
		return `account:${homePage} ${name}`;
	}
	if (ifi === 'mbox') return `mbox:${withPlainDomain(String(agent.mbox))}`;
	if (ifi === 'mbox_sha1sum') return `mbox_sha1sum:${String(agent.mbox_sha1sum).toLowerCase()}`;
	return ifi ? `openid:${agent.openid}` : '';
}

/** A mailto IRI with its domain in lower case. */
export function withPlainDomain(mbox: string): string {
	const at = mbox.lastIndexOf('@');
	return mbox.slice(0, at) + mbox.slice(at).toLowerCase();
}

/** An agent or group and, where it is a group, its members. */
export function withMembersOf(actor: unknown): Agent[] {
	if (!isObject(actor)) return [];
	return [actor, ...(Array.isArray(actor.member) ? actor.member.filter(isObject) : [])];
}
