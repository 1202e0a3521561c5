import { coachIn, type Assess } from '#lib/coach/load.ts';
import type { Language } from '#lib/course/language.ts';

/** The coach in one language: what it thinks of a text, and how it says so. */
export type Coach = typeof import('./engine.ts') & { lang: Language; assess: Assess };

/**
 * Fetches the coach, by the first page that needs it: it is no part of what a page starts with. Files
 * only; what is typed goes the other way, to them.
 *
 * @throws when it cannot be fetched; asking again then tries again
 */
export async function loadCoach(lang: Language): Promise<Coach> {
	const [engine, assess] = await Promise.all([import('./engine.ts'), coachIn(lang)]);
	return { ...engine, lang, assess };
}
