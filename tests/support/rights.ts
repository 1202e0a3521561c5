import type { Door } from './routes.ts';
import { ROLES, type Role } from './world.ts';

/** Which group an address names: that of the world's educator, their archived one, another organisation's. */
export const PLACES = ['own', 'archived', 'elsewhere'] as const;
export type Place = (typeof PLACES)[number];

/**
 * What the server answers: it lets somebody in (with whatever it says to a request that is empty), sends
 * them to sign in, or refuses with exactly this status.
 */
export type Answer = 'in' | 'login' | 401 | 403 | 404;

/** Who may use a door, and what the others get. */
export interface Rule {
	answer(role: Role, place: Place): Answer;
	/** Asked in each place; only in its own where this is absent. */
	everywhere?: true;
	/** Ends the session that it is asked with. */
	spends?: true;
	/** An empty request already does it: only those are asked who must be refused. */
	doesAtOnce?: true;
	/** Opened by a key of the API; a session's cookie is nothing there. */
	byKey?: true;
}

const SIGNED_OUT: readonly Role[] = ['visitor', 'guest'];
const TEACHERS: readonly Role[] = ['educator', 'colleague', 'foreign', 'administrator'];
/** Who follows the group of a place. */
const FOLLOWERS: Record<Place, readonly Role[]> = {
	own: ['educator'],
	archived: ['educator'],
	elsewhere: ['foreign'],
};

const only = (allowed: readonly Role[], others: Answer, signedOut = others): Rule => ({
	answer: (role) =>
		allowed.includes(role) ? 'in' : SIGNED_OUT.includes(role) ? signedOut : others,
});
const besides = (...left: Role[]) => ROLES.filter((role) => !left.includes(role));

export const everybody = only(ROLES, 404);
/** An address that leads nowhere for anybody, or needs what no role has. */
export const nobody = (answer: Answer) => only([], answer);
/** Guests included: they have a session. */
export const session = only(besides('visitor'), 401);
/** An endpoint for those with an account. */
export const member = only(besides('visitor', 'guest'), 401);
/** For those with an account. */
export const account = only(besides('visitor', 'guest'), 'login');
export const administratorPage = only(['administrator'], 403, 'login');
/** A deed or a file of the administrator's. */
export const administrator = only(['administrator'], 403);
export const teacherPage = only(TEACHERS, 403, 'login');
/** A deed or a file of educators and administrators. */
export const teacher = only(TEACHERS, 403);

/** A page about a group: for its followers; learners learn that the area is not theirs, others nothing. */
export const groupPage: Rule = {
	everywhere: true,
	answer(role, place) {
		if (FOLLOWERS[place].includes(role)) return 'in';
		if (SIGNED_OUT.includes(role)) return 'login';
		return TEACHERS.includes(role) ? 404 : 403;
	},
};
/** A file about a group. */
export const groupFile: Rule = {
	everywhere: true,
	answer: (role, place) =>
		FOLLOWERS[place].includes(role) ? 'in' : SIGNED_OUT.includes(role) ? 'login' : 404,
};
/** Where something in a group is made or changed; an archived one is only looked at. */
export const groupDeed: Rule = {
	everywhere: true,
	answer(role, place) {
		const answer = groupPage.answer(role, place);
		return answer === 'in' && place === 'archived' ? 403 : answer;
	},
};
/** Something that only some groups have: elsewhere it does not exist, not even for their followers. */
const onlyIn = (places: readonly Place[], rule: Rule): Rule => ({
	...rule,
	answer(role, place) {
		const answer = rule.answer(role, place);
		return answer === 'in' && !places.includes(place) ? 404 : answer;
	},
});
/** By a key, of whoever has an account. */
const byKey = (allowed: (role: Role, place: Place) => boolean): Rule => ({
	everywhere: true,
	byKey: true,
	answer: (role, place) => (SIGNED_OUT.includes(role) ? 401 : allowed(role, place) ? 'in' : 404),
});
const follows = (role: Role, place: Place) => FOLLOWERS[place].includes(role);
/** What the group's own learner has: a certificate. */
const holder = only(['member'], 404, 'login');
/** What somebody without any session has no page for; guests have theirs. */
const sessionPage = only(besides('visitor'), 'login');
/** For those who teach somewhere. */
const educator = only(['educator', 'colleague', 'foreign'], 403, 'login');
const atOnce = (rule: Rule): Rule => ({ ...rule, doesAtOnce: true });

/** The same door, whose use ends the session. */
export const spending = (rule: Rule): Rule => ({ ...rule, spends: true });

const L = '/[lang=lang]';
const COURSE = `${L}/courses/[course]`;
const GROUP = `${L}/teach/groups/[group]`;
const adminPage = { GET: administratorPage, '?/*': administrator };

/**
 * The right to every door, by route and how it is used; `?/*` is every action of a page that is not
 * named by itself. A door without a line here fails the test, and so does a line without a door.
 */
export const RIGHTS: Record<string, Record<string, Rule>> = {
	'/': { GET: everybody },
	[L]: { GET: everybody },
	[`${L}/[...rest]`]: { GET: nobody(404) },
	'/healthz': { GET: everybody },
	'/xapi/profile': { GET: everybody },
	// By the key of a client; whoever signed in with a cookie is nobody here.
	'/xapi/[...resource]': {
		GET: nobody(401),
		PUT: nobody(401),
		POST: nobody(401),
		DELETE: nobody(401),
	},

	[`${L}/coach`]: { GET: everybody },
	[`${L}/login`]: { GET: everybody, '?': everybody },
	[`${L}/register`]: { GET: everybody, '?': everybody },
	[`${L}/forgot`]: { GET: everybody, '?': everybody },
	[`${L}/reset/[token]`]: { GET: everybody, '?': everybody },
	[`${L}/setup/[token]`]: { GET: everybody, '?': everybody },

	[`${L}/account`]: { GET: account, '?/signout': spending(everybody) },
	[`${L}/account/data`]: { GET: sessionPage, '?/remove': sessionPage },
	[`${L}/account/export`]: { GET: session },
	[`${L}/account/groups`]: { GET: account, '?/leave': account },
	[`${L}/account/groups/[group]`]: {
		GET: {
			everywhere: true,
			answer: (role, place) =>
				place === 'elsewhere' && role === 'member' ? 404 : holder.answer(role, place),
		},
	},
	[`${L}/account/log`]: { GET: sessionPage, '?/change': sessionPage },
	[`${L}/account/log/file`]: { GET: session },
	[`${L}/account/record`]: { GET: account },
	[`${L}/account/settings`]: { GET: account, '?/*': account },
	[`${L}/certificates`]: { GET: account, '?/*': account },
	[`${L}/certificates/[certificate]/badge`]: { GET: holder },
	[`${L}/certificates/[certificate]/pdf`]: { GET: holder },
	[`${L}/verify`]: { GET: everybody },
	[`${L}/verify/[code]`]: { GET: everybody },
	'/api/verify/[code]': { GET: everybody },
	// An expired link, which tells everybody that it is.
	[`${L}/join/[token]`]: { GET: everybody, '?/*': everybody, '?/switch': spending(everybody) },

	[COURSE]: { GET: everybody },
	[`${COURSE}/[lesson]/[[step]]`]: { GET: everybody },
	[`${COURSE}/cards`]: { GET: everybody },
	[`${COURSE}/confidence`]: { GET: everybody },
	[`${COURSE}/final-test`]: { GET: everybody },
	[`${COURSE}/metaphors`]: { GET: everybody },
	[`${COURSE}/metaphors/[metaphor]`]: { GET: everybody },
	[`${COURSE}/practice`]: { GET: everybody },
	[`${COURSE}/search`]: { GET: everybody },
	[`${COURSE}/search/index.json`]: { GET: everybody },
	[`${L}/cmi5/[course]`]: { GET: account },
	// Without a form that names a unit, it says that there is none.
	[`${L}/cmi5/[course]/launch`]: { POST: account },
	// Its key is in the address; whatever it answers, it does so with 200.
	'/api/cmi5/fetch/[key]': { POST: everybody },
	'/api/events': { POST: everybody },
	'/api/final-test': { POST: everybody },
	'/api/notes': { POST: member },
	'/api/reflections': { POST: session },

	[`${L}/packages`]: { GET: teacherPage },
	[`${L}/packages/[lms]`]: { GET: teacherPage },
	[`${L}/preview`]: { GET: teacherPage, '?/*': teacher },
	'/api/packages/[course]': { GET: teacher },
	'/api/previews': { POST: teacher },

	[`${L}/teach`]: { GET: teacherPage, '?/create': educator },
	[`${L}/teach/tokens`]: { GET: educator, '?/*': educator },
	[GROUP]: { GET: groupPage },
	[`${GROUP}/activities`]: { GET: groupPage },
	[`${GROUP}/activities/[lesson]/[step]`]: { GET: groupPage },
	[`${GROUP}/assignments`]: { GET: groupPage },
	[`${GROUP}/assignments/[assignment]`]: {
		GET: onlyIn(['own'], groupPage),
		'?/change': atOnce(onlyIn(['own'], groupDeed)),
		'?/withdraw': atOnce(onlyIn(['own'], groupDeed)),
	},
	[`${GROUP}/assignments/new`]: { GET: groupDeed, '?': groupDeed },
	[`${GROUP}/assignments/people.json`]: { GET: groupFile },
	[`${GROUP}/export/[table].[format]`]: { GET: groupFile },
	[`${GROUP}/learners/[learner]`]: { GET: onlyIn(['own', 'archived'], groupPage) },
	[`${GROUP}/people`]: {
		GET: groupPage,
		'?/*': groupDeed,
		'?/archive': atOnce(groupPage),
		'?/restore': atOnce(groupPage),
	},
	[`${GROUP}/people/import`]: { GET: groupPage, '?/*': groupDeed },
	[`${GROUP}/people/import/template`]: { GET: groupFile },
	[`${GROUP}/people/invite`]: { GET: groupPage, '?/*': groupDeed },

	'/api/v1/openapi.json': { GET: everybody },
	'/api/v1/[...rest]': { GET: nobody(404) },
	'/api/v1/groups': { GET: byKey(() => true) },
	'/api/v1/groups/[group]': { GET: byKey(follows) },
	'/api/v1/groups/[group]/activities': { GET: byKey(follows) },
	'/api/v1/groups/[group]/activities/[lesson]/[step]': { GET: byKey(follows) },
	'/api/v1/groups/[group]/learners': { GET: byKey(follows) },
	'/api/v1/groups/[group]/learners/[learner]': {
		GET: onlyIn(['own', 'archived'], byKey(follows)),
	},
	'/.well-known/jwks.json': { GET: everybody },
	'/badges/achievements/[course]': { GET: everybody },
	'/badges/issuer': { GET: everybody },
	'/badges/keys/[key]': { GET: everybody },
	'/badges/revocations': { GET: everybody },

	[`${L}/admin`]: { GET: administratorPage },
	[`${L}/admin/audit`]: { GET: administratorPage },
	[`${L}/admin/backup`]: adminPage,
	[`${L}/admin/backup/[backup]`]: { POST: administrator },
	[`${L}/admin/certificates`]: { ...adminPage, '?/keys': atOnce(administrator) },
	[`${L}/admin/mail`]: adminPage,
	[`${L}/admin/organisations`]: adminPage,
	[`${L}/admin/organisations/[organisation]`]: {
		...adminPage,
		'?/archive': atOnce(administrator),
		'?/restore': atOnce(administrator),
	},
	[`${L}/admin/provider`]: adminPage,
	[`${L}/admin/provider/specimen`]: { GET: administratorPage },
	[`${L}/admin/dispatches`]: adminPage,
	[`${L}/admin/dispatches/[dispatch]/[format]`]: { GET: administrator },
	[`${L}/admin/cmi5`]: adminPage,
	[`${L}/admin/people`]: adminPage,
	[`${L}/admin/records`]: adminPage,
	[`${L}/admin/lrs`]: adminPage,
	[`${L}/admin/lrs/statements`]: { GET: administratorPage },

	// Whom an LMS sends; the cookies of this site count for nothing there.
	'/embed/[dispatch]/[...file]': { GET: everybody },
	'/embed/[dispatch]/session': { GET: nobody(401), POST: everybody },
	'/embed/[dispatch]/events': { POST: nobody(401) },
	'/embed/[dispatch]/final-test': { GET: nobody(401), POST: nobody(401) },
};

export function ruleOf({ route, how }: Door): Rule | undefined {
	const rules = RIGHTS[route];
	return rules?.[how] ?? (how.startsWith('?/') ? rules?.['?/*'] : undefined);
}

/** Lines that no door is under. */
export function withoutDoor(doors: Door[]): string[] {
	return Object.entries(RIGHTS).flatMap(([route, rules]) =>
		Object.keys(rules)
			.filter((how) => {
				const here = doors.filter((door) => door.route === route);
				return how === '?/*'
					? !here.some((door) => door.how.startsWith('?/') && !(door.how in rules))
					: !here.some((door) => door.how === how);
			})
			.map((how) => `${how} ${route}`),
	);
}
