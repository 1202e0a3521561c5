import { isIri, isMbox, isSha1 } from './formats.ts';
import { inside, type Report, type Rule } from './problem.ts';
import { iri, isObject, listOf, oneOf, refuse, shaped, text, that, type Json } from './shape.ts';

/** Inverse functional identifiers (Data 2.4.2.3): one of them says who it is. */
export const IFIS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;

export const ifisOf = (actor: Json) => IFIS.filter((name) => actor[name] !== undefined);

/** Data 2.4.2.4. */
const account = shaped({
	what: 'an account',
	properties: { homePage: iri, name: text },
	required: ['homePage', 'name'],
});

const identifiers = {
	mbox: that(isMbox, '"mailto:" and one e-mail address, such as "mailto:kim@example.org"'),
	mbox_sha1sum: that(isSha1, 'the SHA-1 sum of a mailto IRI: 40 hexadecimal digits'),
	openid: that(isIri, 'the IRI of an OpenID, with its scheme'),
	account,
};

const ALTERNATIVES = IFIS.map((name) => `"${name}"`).join(', ');

function exactlyOne(actor: Json, at: string, report: Report): void {
	const names = ifisOf(actor);
	if (names.length === 1) return;
	const message = names.length
		? `${names.map((name) => `"${name}"`).join(' and ')} together: expected one identifier only`
		: `Nothing says who this is: expected one of ${ALTERNATIVES}`;
	report.problems.push({ at, message });
}

/** Data 2.4.2.1. */
export const agent = shaped({
	what: 'an agent',
	properties: { objectType: oneOf('Agent'), name: text, ...identifiers },
	also: exactlyOne,
});

/** Data 2.4.2.2: identified by one identifier, or anonymous and known by its members. */
export const group = shaped({
	what: 'a group',
	properties: {
		objectType: oneOf('Group'),
		name: text,
		...identifiers,
		member: listOf(agent, 'agents (a group has no groups for members)'),
	},
	required: ['objectType'],
	also(value, at, report) {
		if (ifisOf(value).length) exactlyOne(value, at, report);
		else if (value.member === undefined || (value.member as unknown[]).length === 0)
			report.problems.push({
				at: inside(at, 'member'),
				message: `A group without members has to be identified: expected "member" with agents, or one of ${ALTERNATIVES}`,
			});
	},
});

/** An agent or a group of either kind. */
export const actor: Rule = (value, at, report) => {
	if (!isObject(value)) return refuse(report, at, value, 'an agent or a group, an object');
	if (value.objectType === 'Group') return group(value, at, report);
	if (value.objectType === undefined || value.objectType === 'Agent')
		return agent(value, at, report);
	refuse(report, inside(at, 'objectType'), value.objectType, '"Agent" or "Group"');
};

/** Who documents belong to and who is asked for: an agent, or a group that is identified. */
export const identified: Rule = (value, at, report) => {
	actor(value, at, report);
	if (isObject(value) && value.objectType === 'Group' && ifisOf(value).length === 0)
		report.problems.push({
			at,
			message: `A group without an identifier cannot be asked for: expected one of ${ALTERNATIVES}`,
		});
};

/** Data 2.4.9: an agent, or the two agents of OAuth, an application and somebody who uses it. */
export const authority: Rule = (value, at, report) => {
	actor(value, at, report);
	if (!isObject(value) || value.objectType !== 'Group') return;
	if (ifisOf(value).length)
		report.problems.push({
			at,
			message:
				'An identified group cannot be an authority: expected an agent, or a group of two agents',
		});
	else if (Array.isArray(value.member) && value.member.length !== 2)
		refuse(report, inside(at, 'member'), value.member, 'two agents, an application and its user');
};
