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
/** A page or a form of theirs; who has none is sent to sign in. */
export const sessionPage = only(besides('visitor'), 'login');
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
/** What a member is shown of a group that they are in, archived or not. */
export const ownGroup: Rule = {
	everywhere: true,
	answer(role, place) {
		if (SIGNED_OUT.includes(role)) return 'login';
		return role === 'member' && place !== 'elsewhere' ? 'in' : 404;
	},
};
/** A file about a group. */
export const groupFile: Rule = {
	everywhere: true,
	answer: (role, place) =>
		FOLLOWERS[place].includes(role) ? 'in' : SIGNED_OUT.includes(role) ? 'login' : 404,
};
/** A deed in a group; an archived one is only looked at. */
export const groupDeed: Rule = {
	everywhere: true,
	answer(role, place) {
		const answer = groupFile.answer(role, place);
		return answer === 'in' && place === 'archived' ? 403 : answer;
	},
};
/** The same door, whose use ends the session. */
export const spending = (rule: Rule): Rule => ({ ...rule, spends: true });

const L = '/[lang=lang]';
const COURSE = `${L}/courses/[course]`;
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

	[`${L}/login`]: { GET: everybody, '?': everybody },
	[`${L}/register`]: { GET: everybody, '?': everybody },
	[`${L}/forgot`]: { GET: everybody, '?': everybody },
	[`${L}/reset/[token]`]: { GET: everybody, '?': everybody },
	[`${L}/setup/[token]`]: { GET: everybody, '?': everybody },

	[`${L}/account`]: { GET: account, '?/signout': spending(everybody) },
	[`${L}/account/record`]: { GET: account },
	[`${L}/account/groups`]: { GET: account, '?/*': account },
	[`${L}/account/groups/[group]`]: { GET: ownGroup },
	[`${L}/account/settings`]: { GET: account, '?/*': account },
	[`${L}/account/log`]: { GET: sessionPage, '?/*': sessionPage },
	[`${L}/account/log/file`]: { GET: session },
	[`${L}/account/data`]: { GET: sessionPage, '?/*': sessionPage },
	[`${L}/account/export`]: { GET: session },

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
	'/api/events': { POST: everybody },
	'/api/final-test': { POST: everybody },
	'/api/reflections': { POST: session },

	[`${L}/packages`]: { GET: teacherPage },
	[`${L}/packages/[lms]`]: { GET: teacherPage },
	[`${L}/preview`]: { GET: teacherPage, '?/*': teacher },
	'/api/packages/[course]': { GET: teacher },
	'/api/previews': { POST: teacher },

	[`${L}/teach/groups/[group]`]: { GET: groupPage },

	[`${L}/admin`]: { GET: administratorPage },
	[`${L}/admin/audit`]: { GET: administratorPage },
	[`${L}/admin/backup`]: adminPage,
	[`${L}/admin/backup/[backup]`]: { POST: administrator },
	[`${L}/admin/dispatches`]: adminPage,
	[`${L}/admin/dispatches/[dispatch]/[format]`]: { GET: administrator },
	[`${L}/admin/people`]: adminPage,
	[`${L}/admin/records`]: adminPage,

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
