import { CMI5 } from '#lib/xapi/iris.ts';
import type { Actor } from '#lib/xapi/statement.ts';
import type { Mode } from './session.ts';
import type { Au } from './structure.ts';

/** What the launch adds to a unit's address (cmi5, section 8.1). */
export const LAUNCH_PARAMETERS = [
	'endpoint',
	'fetch',
	'actor',
	'registration',
	'activityId',
] as const;

export type Launch = Record<(typeof LAUNCH_PARAMETERS)[number], string>;

/**
 * The address at which a unit is launched: its own, with its own query, and what the launch adds.
 *
 * @param files where the package's files lie, ending in a slash
 */
export function launchUrl({ url }: Pick<Au, 'url'>, files: string, launch: Launch): string {
	const address = new URL(url, files);
	// By hand: what the unit's own query says stays as it was written.
	const added = LAUNCH_PARAMETERS.map((name) => `${name}=${encodeURIComponent(launch[name])}`);
	address.search = [address.search.slice(1), ...added].filter(Boolean).join('&');
	return address.href;
}

/** The same without what the launch added (section 9.6.3.4). */
export function plainUrl({ url }: Pick<Au, 'url'>, files: string): string {
	return new URL(url, files).href;
}

export interface Context {
	sessionId: string;
	au: Au;
	mode: Mode;
	returnURL: string;
}

/** What all statements of a session hold in their context (section 10.2.1). */
export function contextTemplate(sessionId: string, publisherId: string) {
	return {
		contextActivities: { grouping: [{ objectType: 'Activity' as const, id: publisherId }] },
		extensions: { [CMI5.sessionId]: sessionId },
	};
}

/** The document `LMS.LaunchData` (section 10). */
export function launchData({ sessionId, au, mode, returnURL }: Context) {
	return {
		contextTemplate: contextTemplate(sessionId, au.id),
		launchMode: mode,
		launchMethod: au.launchMethod,
		moveOn: au.moveOn,
		returnURL,
		...(au.masteryScore === undefined ? {} : { masteryScore: au.masteryScore }),
		...(au.launchParameters === undefined ? {} : { launchParameters: au.launchParameters }),
		...(au.entitlementKey === undefined
			? {}
			: { entitlementKey: { courseStructure: au.entitlementKey } }),
	};
}

export function actorOf(homePage: string, name: string): Actor {
	return { objectType: 'Agent', account: { homePage, name } };
}

/** Of a unit, by where it stands in the course from 0 (section 8.1.5: never the publisher's id). */
export const unitIri = (course: string, at: number) => `${course}/units/${at + 1}`;
export const blockIri = (course: string, at: number) => `${course}/blocks/${at + 1}`;
