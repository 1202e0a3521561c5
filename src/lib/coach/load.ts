import type { Language } from '#lib/course/language.ts';
import type { Assessment } from './contract.ts';

/** Reads a text of one language. */
export type Assess = (text: string) => Assessment;

const LANGUAGES = {
	da: () => import('./languages/da.ts').then(({ da }) => da),
	en: () => import('./languages/en.ts').then(({ en }) => en),
};

/** The coach in one language: some 60 KB, and nothing of the other one. @throws when it cannot be fetched */
export async function coachIn(lang: Language): Promise<Assess> {
	const [known, { assessWith }] = await Promise.all([LANGUAGES[lang](), import('./reader.ts')]);
	return (text) => assessWith(known, text);
}
