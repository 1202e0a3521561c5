import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import svelteConfig from '../../svelte.config.js';
import type { LoadedCourse } from '../authoring/loader.ts';
import type { Language } from '../lib/course/language.ts';
import type { Course } from '../lib/course/model.ts';
import { packageContent } from './content.ts';
import { FORMATS, masteryScore, type FormatName } from './formats.ts';
import { zip } from './zip.ts';

/** Everything but the lessons, the activity types, and what metaphors alone need. */
const SHARED =
	/node_modules\/(?!minisearch)|vite\/|src\/lib\/(?!activities\/[a-z]+\/|player\/(?:CourseMap|Metaphor|FinalTest|TestResult|Practice|practice-session|Confidence|Search|search-index|snippet|Cards)|(?:progress|course)\/final-test|progress\/due|course\/search|ui\/(PictureFrame|Slider|Toggles)|paraglide\/messages\/(metaphor|profession|test|practice|confidence|search|cards|player_(?:after|at_the|before|course|chapter|lessons|places|practice|resume|score|start|test|to_test)))/;

export interface PackageOptions {
	format: FormatName;
	loaded: LoadedCourse & { course: Course };
	languages: Language[];
	/** Where the unzipped package goes; emptied first. */
	folder: string;
}

/**
 * Builds a package: the course player with one course, as files that need no server of
 * ours and fetch nothing from anywhere else.
 *
 * @returns the zip
 */
export async function buildPackage({
	format,
	loaded,
	languages,
	folder,
}: PackageOptions): Promise<Uint8Array> {
	const { delivery, manifest } = FORMATS[format];
	await buildPlayer(loaded, languages, folder, delivery);
	const files = filesIn(folder);
	const { course } = loaded;
	const mastery = masteryScore(course);
	const written = manifest.write({
		id: course.id,
		version: course.version,
		title: course.title[languages[0]!],
		...(mastery === undefined ? {} : { masteryScore: mastery }),
		files: [...files.keys()].sort(),
	});
	return zip(files.set(manifest.name, new TextEncoder().encode(written)));
}

async function buildPlayer(
	loaded: LoadedCourse & { course: Course },
	languages: Language[],
	folder: string,
	delivery: string,
): Promise<void> {
	const { extensions, preprocess, compilerOptions, onwarn } = svelteConfig;
	await build({
		configFile: false,
		root: import.meta.dirname,
		base: './',
		publicDir: false,
		logLevel: 'warn',
		plugins: [
			page(languages[0]!, loaded.course.title[languages[0]!]),
			packageContent(loaded, languages),
			keptBy(delivery),
			paraglideVitePlugin({
				project: resolve('project.inlang'),
				outdir: resolve('src/lib/paraglide'),
				strategy: ['globalVariable', 'baseLocale'],
			}),
			svelte({ configFile: false, extensions, preprocess, compilerOptions, onwarn }),
		],
		build: {
			outDir: resolve(folder),
			emptyOutDir: true,
			target: 'es2022',
			modulePreload: { polyfill: false },
			cssCodeSplit: false,
			rolldownOptions: {
				output: {
					// Each request costs a slow LMS dearly: what every lesson needs comes as one file.
					codeSplitting: { groups: [{ name: 'player', test: SHARED }] },
					// LMSs serve files as unchanging for weeks: a changed file must have a new name.
					entryFileNames: 'assets/[name]-[hash].js',
					chunkFileNames: 'assets/[name]-[hash].js',
					assetFileNames: 'assets/[name]-[hash][extname]',
				},
			},
		},
	});
}

/** Lets the player find who keeps the record; no other kind's code comes along. */
function keptBy(delivery: string): Plugin {
	const id = 'virtual:package-delivery';
	const file = resolve(import.meta.dirname, 'deliveries', `${delivery}.ts`);
	return { name: 'package-delivery', resolveId: (wanted) => (wanted === id ? file : undefined) };
}

function page(language: Language, title: string): Plugin {
	const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return {
		name: 'package-page',
		transformIndexHtml: (html) =>
			html.replace('%lang%', () => language).replace('%title%', () => escaped),
	};
}

/** All files under a folder by their path in it, with `/` between the parts. */
export function filesIn(folder: string): Map<string, Uint8Array> {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	return new Map(
		entries
			.filter((entry) => entry.isFile())
			.map((entry) => {
				const path = join(entry.parentPath, entry.name);
				return [relative(folder, path).split(sep).join('/'), readFileSync(path)];
			}),
	);
}
