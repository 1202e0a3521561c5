import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/*
 * The typeface of certificates, from its package, which lies in node_modules wherever the server
 * runs. It comes in one file for each group of scripts, so that a name may take several.
 */

export type Weight = '400' | '600';

const SCRIPTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic'] as const;
export type Script = (typeof SCRIPTS)[number];

const PACKAGE = '@fontsource/source-sans-3';
const require = createRequire(import.meta.url);
const files = new Map<string, Buffer>();

/** A font as a file (WOFF). */
export function fontFile(script: Script, weight: Weight): Buffer {
	const name = `${PACKAGE}/files/source-sans-3-${script}-${weight}-normal.woff`;
	const known = files.get(name) ?? readFileSync(require.resolve(name));
	files.set(name, known);
	return known;
}

let known: [Script, [number, number][]][] | undefined;

/** Which characters each file has, as its package says: `U+0000-00FF,U+0131`. */
function ranges(): [Script, [number, number][]][] {
	const text = readFileSync(require.resolve(`${PACKAGE}/unicode.json`), 'utf8');
	const told = JSON.parse(text) as Record<Script, string>;
	known ??= SCRIPTS.map((script) => [
		script,
		told[script].split(',').map((range) => {
			const [from, to] = range.replace('U+', '').split('-');
			return [Number.parseInt(from!, 16), Number.parseInt(to ?? from!, 16)];
		}),
	]);
	return known;
}

/** Cuts a text into pieces that one file each can show; what none has goes with the piece before. */
export function pieces(text: string): { script: Script; text: string }[] {
	const found: { script: Script; text: string }[] = [];
	for (const sign of text.normalize('NFC')) {
		const at = sign.codePointAt(0)!;
		const has = (script: Script) =>
			(known ?? ranges())
				.find(([one]) => one === script)![1]
				.some(([from, to]) => at >= from && at <= to);
		const last = found.at(-1);
		const script = last && has(last.script) ? last.script : SCRIPTS.find(has);
		if (last && (!script || script === last.script)) last.text += sign;
		else found.push({ script: script ?? 'latin', text: sign });
	}
	return found;
}
