import { CMI5 } from '#lib/xapi/iris.ts';
import { duration, type Actor, type LanguageMap } from '#lib/xapi/statement.ts';
import { blockIri, contextTemplate } from './launch.ts';
import type { Whole } from './move-on.ts';
import type { Session } from './session.ts';
import { blocksOf, type Au, type Structure } from './structure.ts';

/** What a learning system says by itself (cmi5, section 9.3). */
const LMS_VERBS = {
	launched: { id: 'http://adlnet.gov/expapi/verbs/launched', display: { en: 'launched' } },
	abandoned: { id: 'https://w3id.org/xapi/adl/verbs/abandoned', display: { en: 'abandoned' } },
	satisfied: { id: 'https://w3id.org/xapi/adl/verbs/satisfied', display: { en: 'satisfied' } },
} as const;

const EXTENSION = 'https://w3id.org/xapi/cmi5/context/extensions';
const TYPE = 'https://w3id.org/xapi/cmi5/activitytype';

export interface LmsStatement {
	id: string;
	timestamp: string;
	actor: Actor;
	verb: { id: string; display: LanguageMap };
	object: object;
	result?: { duration: string };
	context: object;
}

/** Of which session, when, and by which id. */
export interface Saying {
	id: string;
	/** ISO 8601 in UTC. */
	at: string;
	session: Pick<Session, 'id' | 'actor' | 'registration'>;
}

/** Before a unit is launched (section 9.3.1). */
export function launched(
	saying: Saying & { session: Session },
	au: Au,
	launchURL: string,
): LmsStatement {
	const { activityId, mode } = saying.session;
	return said(saying, 'launched', {
		publisherId: au.id,
		object: {
			objectType: 'Activity',
			id: activityId,
			definition: {
				name: au.title,
				description: au.description,
				...(au.activityType === undefined ? {} : { type: au.activityType }),
			},
		},
		extensions: {
			[`${EXTENSION}/launchmode`]: mode,
			[`${EXTENSION}/launchurl`]: launchURL,
			[`${EXTENSION}/moveon`]: au.moveOn,
			...(au.masteryScore === undefined ? {} : { [CMI5.masteryScore]: au.masteryScore }),
			...(au.launchParameters === undefined
				? {}
				: { [`${EXTENSION}/launchparameters`]: au.launchParameters }),
		},
	});
}

/**
 * For a session that ended without "terminated" (section 9.3.6).
 *
 * @param seconds from the launch to the last statement (section 9.5.4.2)
 */
export function abandoned(
	saying: Saying & { session: Pick<Session, 'activityId' | 'publisherId'> },
	seconds: number,
): LmsStatement {
	const { activityId, publisherId } = saying.session;
	return {
		...said(saying, 'abandoned', {
			publisherId,
			object: { objectType: 'Activity', id: activityId },
		}),
		result: { duration: duration(Math.max(0, Math.round(seconds))) },
	};
}

/** For a block, or the course (section 9.3.9). */
export function satisfied(
	saying: Saying,
	structure: Structure,
	iri: string,
	{ kind, id, at }: Whole,
): LmsStatement {
	const whole = kind === 'course' ? structure : blocksOf(structure)[at]!;
	return said(saying, 'satisfied', {
		publisherId: id,
		object: {
			objectType: 'Activity',
			id: kind === 'course' ? iri : blockIri(iri, at),
			definition: {
				type: `${TYPE}/${kind}`,
				name: whole.title,
				description: whole.description,
			},
		},
	});
}

interface About {
	publisherId: string;
	object: object;
	extensions?: Record<string, unknown>;
}

function said(
	{ id, at, session }: Saying,
	verb: keyof typeof LMS_VERBS,
	{ publisherId, object, extensions }: About,
): LmsStatement {
	const template = contextTemplate(session.id, publisherId);
	return {
		id,
		timestamp: at,
		actor: session.actor,
		verb: LMS_VERBS[verb],
		object,
		context: {
			registration: session.registration,
			contextActivities: {
				...template.contextActivities,
				category: [{ objectType: 'Activity', id: CMI5.category }],
			},
			extensions: { ...template.extensions, ...extensions },
		},
	};
}
