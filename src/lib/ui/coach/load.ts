import { coachIn, type Assess } from '#lib/coach/load.ts';
import type { Language } from '#lib/course/language.ts';
import type * as Engine from './engine.ts';

export type Coach = typeof Engine & { assess: Assess };

/**
 * The coach of one language: fetched by the first page that needs it, and none of what a page starts
 * with.
 *
 * @throws when it cannot be fetched; asking again then tries again
 */
export async function loadCoach(lang: Language): Promise<Coach> {
	const [engine, assess] = await Promise.all([import('./engine.ts'), coachIn(lang)]);
	return { ...engine, assess };
}
