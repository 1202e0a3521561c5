import type { Verb } from './iris.ts';

/** What is said of the learner, in words. */
export const DISPLAY: Record<Verb, { en: string; da: string }> = {
	initialized: { en: 'initialized', da: 'begyndte på' },
	progressed: { en: 'progressed in', da: 'kom videre i' },
	completed: { en: 'completed', da: 'gennemførte' },
	passed: { en: 'passed', da: 'bestod' },
	failed: { en: 'failed', da: 'bestod ikke' },
	terminated: { en: 'terminated', da: 'forlod' },
	answered: { en: 'answered', da: 'svarede på' },
	experienced: { en: 'experienced', da: 'læste' },
	interacted: { en: 'interacted with', da: 'brugte' },
	preferred: { en: 'preferred', da: 'valgte' },
};
