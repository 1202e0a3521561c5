import { createHash } from 'node:crypto';
import type { PackageOf } from './formats.ts';

/** What the service worker of a static copy is told of it. */
export interface CopyFiles {
	/** A hash of all files: another version is another copy. */
	version: string;
	/** By path: the file's hash, as `fetch` checks it (www.w3.org/TR/SRI). */
	files: Record<string, string>;
}

export const WORKER = 'service-worker.js';
/** Not `.webmanifest`: servers that do not know an ending refuse the file, and all know this one. */
const MANIFEST = 'manifest.json';
/** `--paper` of the light and of the dark theme. */
const PAPER = { light: '#fbf8f2', dark: '#131a17' };

/** What the page of a copy says in its head: how it is installed, and what it looks like then. */
export const COPY_HEAD = [
	'<link rel="icon" href="icons/icon.svg" type="image/svg+xml" />',
	'<link rel="apple-touch-icon" href="icons/apple-180.png" />',
	`<link rel="manifest" href="${MANIFEST}" />`,
	...(['light', 'dark'] as const).map(
		(theme) =>
			`<meta name="theme-color" media="(prefers-color-scheme: ${theme})" content="${PAPER[theme]}" />`,
	),
].join('\n\t\t');

/**
 * The files that make a copy installable and let it work without a connection: the manifest
 * (www.w3.org/TR/appmanifest), and the service worker with the hashes of all files.
 *
 * @param read the content of a file of the package
 */
export function copyFiles(
	of: PackageOf,
	read: (path: string) => Uint8Array,
): Record<string, string> {
	const manifest = manifestOf(of);
	const files = Object.fromEntries([
		...of.files.filter((path) => path !== WORKER).map((path) => [path, integrity(read(path))]),
		[MANIFEST, integrity(manifest)],
	]) as CopyFiles['files'];
	const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
	const script = new TextDecoder().decode(read(WORKER));
	return {
		[MANIFEST]: manifest,
		[WORKER]: `const COPY = ${JSON.stringify({ version, files } satisfies CopyFiles)};\n${script}`,
	};
}

/** All addresses are relative: a copy lies anywhere on a server. */
function manifestOf({ course, languages }: PackageOf): string {
	const [language] = languages;
	const png = (name: string, size: number, purpose: string) => ({
		src: `icons/${name}-${size}.png`,
		sizes: `${size}x${size}`,
		type: 'image/png',
		purpose,
	});
	const manifest = {
		name: course.title[language!],
		short_name: course.title[language!],
		description: course.description[language!],
		lang: language,
		dir: 'ltr',
		start_url: 'index.html',
		scope: './',
		display: 'standalone',
		background_color: PAPER.light,
		theme_color: PAPER.light,
		icons: [
			{ src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
			png('icon', 192, 'any'),
			png('icon', 512, 'any'),
			png('maskable', 512, 'maskable'),
		],
	};
	return JSON.stringify(manifest, null, '\t');
}

function integrity(content: Uint8Array | string): string {
	return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}
