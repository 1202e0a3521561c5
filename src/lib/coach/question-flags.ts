import type { Language } from '#lib/course/language.ts';
import type { Flag } from './contract.ts';

type Words = Pick<Flag, 'why' | 'instead'>;

/** What is said of questions that are asked in a way that leaves little room. */
export const QUESTION_FLAGS: Record<Language, Record<'leading' | 'double', Words>> = {
	da: {
		leading: {
			why: 'Svaret ligger allerede i spørgsmålet, og det er svært at sige imod.',
			instead: 'Spørg, så alle svar er lige lette at give: »Hvordan er det for dig?«',
		},
		double: {
			why: 'Der er to spørgsmål på én gang, og patienten svarer som regel kun på det sidste.',
			instead: 'Vælg det vigtigste, og vent med det andet.',
		},
	},
	en: {
		leading: {
			why: 'The answer is already in the question, and it is hard to contradict.',
			instead: 'Ask so that every answer is as easy to give: “What is it like for you?”',
		},
		double: {
			why: 'These are two questions at once, and patients mostly answer the last one only.',
			instead: 'Choose the one that matters most, and keep the other for later.',
		},
	},
};
