import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '#lib/course/language.ts';
import { folders } from './folders.ts';

/** Where `npm run cards` puts the pocket cards of a course as PDF. */
export function cardsFile(folder: string, language: Language): string | undefined {
	const file = join(folder, 'cards', `cards.${language}.pdf`);
	return existsSync(file) ? file : undefined;
}

/** What the cards are made of, as one hash: questions, and the words and pictures of metaphors. */
export function cardsHash(folder: string): string {
	const hash = createHash('sha256');
	const parts = [
		'questions.yaml',
		...folders(join(folder, 'metaphors')).flatMap((id) => [
			`metaphors/${id}/metaphor.yaml`,
			`metaphors/${id}/Metaphor.svelte`,
		]),
	];
	for (const part of parts.filter((one) => existsSync(join(folder, one))))
		hash.update(part).update(readFileSync(join(folder, part)));
	return hash.digest('hex');
}

/** The hash of what the PDFs were made of; undefined when there are none. */
export function printedHash(folder: string): string | undefined {
	const file = join(folder, 'cards', 'made-of.txt');
	return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
