import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exit } from 'node:process';
import { LANGUAGES } from '../lib/course/language.ts';

/** Checks the interface texts: every key in every language, with the same placeholders, and used somewhere. */
const texts = LANGUAGES.map((language) => ({
	file: `messages/${language}.json`,
	texts: JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as Record<string, string>,
}));
const keys = [...new Set(texts.flatMap((one) => Object.keys(one.texts)))].filter(
	(key) => key !== '$schema',
);
const source = sources('src')
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n');
const mistakes = keys.flatMap((key) => [
	...texts
		.filter((one) => !one.texts[key]?.trim())
		.map((one) => `${one.file} has no "${key}"; write it`),
	...(new Set(texts.map((one) => placeholders(one.texts[key] ?? ''))).size > 1
		? [`"${key}" has other placeholders in another language; make them the same`]
		: []),
	...(new RegExp(`\\bm\\.${key}\\b`).test(source) ? [] : [`"${key}" is used nowhere; take it out`]),
]);
for (const mistake of mistakes) console.error(mistake);
console.log(`${keys.length} interface texts, ${mistakes.length} mistakes`);
exit(mistakes.length === 0 ? 0 : 1);

function placeholders(text: string): string {
	return [...new Set(text.match(/\{\w+\}/g))].sort().join();
}

function sources(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'paraglide' ? [] : sources(path);
		return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
	});
}
