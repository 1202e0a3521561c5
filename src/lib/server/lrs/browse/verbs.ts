import type { Language } from '#lib/course/language.ts';
import { DISPLAY } from '#lib/xapi/display.ts';
import { VERBS, type Verb } from '#lib/xapi/iris.ts';

const ADL = 'http://adlnet.gov/expapi/verbs/';
const CMI5 = 'https://w3id.org/xapi/adl/verbs/';

/** Words for verbs that others use: ADL's and cmi5's, whose statements often have English words only. */
const OTHERS: Record<string, Record<Language, string>> = {
	[`${ADL}asked`]: { en: 'asked', da: 'spurgte' },
	[`${ADL}attempted`]: { en: 'attempted', da: 'prøvede' },
	[`${ADL}attended`]: { en: 'attended', da: 'deltog i' },
	[`${ADL}commented`]: { en: 'commented on', da: 'kommenterede' },
	[`${ADL}exited`]: { en: 'exited', da: 'gik ud af' },
	[`${ADL}imported`]: { en: 'imported', da: 'importerede' },
	[`${ADL}launched`]: { en: 'launched', da: 'åbnede' },
	[`${ADL}mastered`]: { en: 'mastered', da: 'mestrede' },
	[`${ADL}registered`]: { en: 'registered for', da: 'meldte sig til' },
	[`${ADL}responded`]: { en: 'responded to', da: 'svarede på' },
	[`${ADL}resumed`]: { en: 'resumed', da: 'fortsatte' },
	[`${ADL}scored`]: { en: 'scored on', da: 'fik point i' },
	[`${ADL}shared`]: { en: 'shared', da: 'delte' },
	[`${ADL}suspended`]: { en: 'suspended', da: 'holdt pause i' },
	[`${ADL}voided`]: { en: 'voided', da: 'trak tilbage:' },
	[`${CMI5}abandoned`]: { en: 'abandoned', da: 'forlod uden at afslutte' },
	[`${CMI5}satisfied`]: { en: 'satisfied', da: 'opfyldte kravene i' },
	[`${CMI5}waived`]: { en: 'waived', da: 'fik fritagelse for' },
	[`${CMI5}logged-in`]: { en: 'logged in to', da: 'loggede ind på' },
	[`${CMI5}logged-out`]: { en: 'logged out of', da: 'loggede ud af' },
};

/** What we call a verb that is known, by its IRI. */
export const WORDS_OF_VERBS: Readonly<Record<string, Record<Language, string>>> = {
	...OTHERS,
	...Object.fromEntries(Object.entries(VERBS).map(([verb, iri]) => [iri, DISPLAY[verb as Verb]])),
};
