import type * as Engine from './engine.ts';

/**
 * The coach: one file, fetched by the first page that needs it, and none of what a page starts with.
 *
 * @throws when it cannot be fetched; asking again then tries again
 */
export function loadCoach(): Promise<typeof Engine> {
	return import('./engine.ts');
}
