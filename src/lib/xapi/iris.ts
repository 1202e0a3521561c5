/**
 * Every IRI that our statements use. Those under `BASE` are ours and a promise: once released they
 * mean the same for ever. The others are ADL's and cmi5's own.
 */
export const BASE = 'https://w3id.org/rygsamtalen';

/** The profile that describes our statements, and the version of it that they follow. */
export const PROFILE = `${BASE}/xapi`;
export const PROFILE_VERSION = `${PROFILE}/v1`;

export const VERBS = {
	initialized: 'http://adlnet.gov/expapi/verbs/initialized',
	progressed: 'http://adlnet.gov/expapi/verbs/progressed',
	completed: 'http://adlnet.gov/expapi/verbs/completed',
	passed: 'http://adlnet.gov/expapi/verbs/passed',
	failed: 'http://adlnet.gov/expapi/verbs/failed',
	terminated: 'http://adlnet.gov/expapi/verbs/terminated',
	answered: 'http://adlnet.gov/expapi/verbs/answered',
	experienced: 'http://adlnet.gov/expapi/verbs/experienced',
	interacted: 'http://adlnet.gov/expapi/verbs/interacted',
	preferred: 'http://adlnet.gov/expapi/verbs/preferred',
} as const;
export type Verb = keyof typeof VERBS;

export const TYPES = {
	course: 'http://adlnet.gov/expapi/activities/course',
	lesson: 'http://adlnet.gov/expapi/activities/lesson',
	assessment: 'http://adlnet.gov/expapi/activities/assessment',
	interaction: 'http://adlnet.gov/expapi/activities/cmi.interaction',
	profile: 'http://adlnet.gov/expapi/activities/profile',
	page: `${PROFILE}/activity-types/page`,
	drill: `${PROFILE}/activity-types/drill`,
	practice: `${PROFILE}/activity-types/practice`,
	vignette: `${PROFILE}/activity-types/vignette`,
	reflection: `${PROFILE}/activity-types/reflection`,
	metaphor: `${PROFILE}/activity-types/metaphor`,
} as const;
export type TypeName = keyof typeof TYPES;

export const EXTENSIONS = {
	/** 0–100, whole (cmi5, section 9.5.5.1). */
	progress: 'https://w3id.org/xapi/cmi5/result/extensions/progress',
	/** Trust, understanding and worry after a choice, 0–100. */
	meters: `${PROFILE}/extensions/meters`,
	/** `strong`, `workable` or `costly`. */
	quality: `${PROFILE}/extensions/quality`,
	/** The conversational move of a choice; an id of the course's skills. */
	skill: `${PROFILE}/extensions/skill`,
	/** True where a choice makes up for the one before. */
	repair: `${PROFILE}/extensions/repair`,
	/** Id and kind of a vignette's ending. */
	ending: `${PROFILE}/extensions/ending`,
	/** Ids of the skills met in a vignette. */
	skills: `${PROFILE}/extensions/skills`,
} as const;

/** Where the activities of a course live: `…/courses/<course>`, below it lesson, step and item. */
export const courseIri = (course: string) => `${BASE}/courses/${course}`;

/** What cmi5 names ("cmi5 Specification Profile for xAPI", Quartz, section 9.6). */
export const CMI5 = {
	/** Stands among the categories of the statements that cmi5 defines. */
	category: 'https://w3id.org/xapi/cmi5/context/categories/cmi5',
	/** Stands among the categories of those that tell of completion or success. */
	moveOn: 'https://w3id.org/xapi/cmi5/context/categories/moveon',
	sessionId: 'https://w3id.org/xapi/cmi5/context/extensions/sessionid',
	masteryScore: 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore',
} as const;
