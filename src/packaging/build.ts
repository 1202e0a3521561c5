import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import svelteConfig from '../../svelte.config.js';
import type { LoadedCourse } from '../authoring/loader.ts';
import type { Course } from '../lib/course/model.ts';
import { pageOf, PLAYER, type Player } from '../lib/packages/assemble.ts';
import { DELIVERIES } from '../lib/packages/formats.ts';
import { noCustomElements } from '../build/no-custom-elements.ts';
import { smaller } from '../build/smaller.ts';
import { packageContent, skeleton } from './content.ts';
import { addCopyFiles } from './copy/build.ts';

/**
 * What every lesson needs in every package. Not the lessons, the activity types, what metaphors alone
 * need, and what only some deliveries do.
 */
const SHARED =
	/node_modules\/(?!minisearch|uuid|valibot)|vite\/|packages\/items|virtual:package-lessons|src\/packaging\/(main|Package\.svelte|keeper|lessons|place|storage|theme)|deliveries\/local|src\/lib\/(?!activities\/([a-z]+\/|OwnWords|own-words)|coach|packages|xapi|tracking\/(?!local|queue|suspended|tracker)|player\/(?:CourseMap|Metaphor|FinalTest|TestResult|Practice|practice-session|Confidence|Search|search-index|snippet|Cards)|(?:progress|course)\/final-test|progress\/(?:due|events)|course\/text|course\/search|ui\/(coach|PictureFrame|Slider|Toggles)|paraglide\/messages\/(coach|copy|dispatch|metaphor|package_(?:closed|ended|gaps|launch|no_lms|preview)|profession|test|practice|confidence|search|cards|player_(?:after|at_the|before|course|chapter|lessons|places|practice|resume|score|start|test|to_test)))/;

/** What every way of talking to an LMS by SCORM needs. */
const SCORM = /deliveries\/scorm\.ts|tracking\/scorm\/(api|copy|dialect|extras|tracker)\.ts/;

/**
 * Builds the player of one course for packages: files that need no server of ours and fetch nothing
 * from anywhere else, with a page for each delivery. `lib/packages` makes packages of them.
 *
 * @param folder where the files go; emptied first
 */
export async function buildPlayer(
	loaded: LoadedCourse & { course: Course },
	folder: string,
): Promise<void> {
	const { extensions, preprocess, compilerOptions, onwarn } = svelteConfig;
	let files: Player['files'] = {};
	await build({
		configFile: false,
		root: import.meta.dirname,
		base: './',
		publicDir: false,
		logLevel: 'warn',
		plugins: [
			pages(),
			noCustomElements(),
			smaller(),
			packageContent(loaded),
			paraglideVitePlugin({
				project: resolve('project.inlang'),
				outdir: resolve('src/lib/paraglide'),
				strategy: ['globalVariable', 'baseLocale'],
			}),
			svelte({ configFile: false, extensions, preprocess, compilerOptions, onwarn }),
			{
				name: 'package-files',
				// Only now is the style sheet among them.
				writeBundle: (_, bundle) => void (files = filesOf(bundle)),
			},
		],
		build: {
			outDir: resolve(folder),
			emptyOutDir: true,
			target: 'es2022',
			modulePreload: { polyfill: false },
			cssCodeSplit: false,
			rolldownOptions: {
				input: Object.fromEntries(DELIVERIES.map((one) => [one, page(one)])),
				output: {
					// Each request costs a slow LMS dearly: what every lesson needs comes as one file.
					codeSplitting: {
						groups: [
							{ name: 'player', test: SHARED },
							{ name: 'scorm', test: SCORM },
						],
					},
					// LMSs serve files as unchanging for weeks: a changed file must have a new name.
					entryFileNames: 'assets/[name]-[hash].js',
					chunkFileNames: 'assets/[name]-[hash].js',
					assetFileNames: 'assets/[name]-[hash][extname]',
				},
			},
		},
	});
	files.static!.push(...(await addCopyFiles(folder)));
	const player: Player = { course: skeleton(loaded.course), files };
	writeFileSync(join(folder, PLAYER), JSON.stringify(player));
}

const page = (delivery: string) => resolve(import.meta.dirname, pageOf(delivery));
const START = '/start-';

/**
 * One page for each delivery, all alike but for who keeps the record: so that no other kind's code
 * comes along.
 */
function pages(): Plugin {
	const template = readFileSync(resolve(import.meta.dirname, 'page.html'), 'utf8');
	return {
		name: 'package-pages',
		enforce: 'pre',
		resolveId: (id) =>
			DELIVERIES.some((one) => id === page(one))
				? id
				: id.startsWith(START)
					? `\0${id}`
					: undefined,
		load(id) {
			const shown = DELIVERIES.find((one) => id === page(one));
			if (shown) return template.replace('%start%', `${START}${shown}`);
			const started = DELIVERIES.find((one) => id === `\0${START}${one}`);
			if (!started) return undefined;
			const file = (name: string) => JSON.stringify(resolve(import.meta.dirname, name));
			return `import { start } from ${file('main.ts')};
				import { open } from ${file(`deliveries/${started}.ts`)};
				void start(open);`;
		},
	};
}

/** By delivery: what its page can come to ask for. */
function filesOf(bundle: Rolldown.OutputBundle): Player['files'] {
	const outputs = Object.values(bundle);
	const assets = outputs
		.filter((one) => one.type === 'asset' && !one.fileName.endsWith('.html'))
		.map((one) => one.fileName);
	return Object.fromEntries(
		DELIVERIES.map((delivery) => {
			const entry = outputs.find(
				(one) => one.type === 'chunk' && one.facadeModuleId === page(delivery),
			)!;
			return [delivery, [...reachable(bundle, entry.fileName), ...assets].sort()];
		}),
	);
}

function reachable(bundle: Rolldown.OutputBundle, from: string): Set<string> {
	const found = new Set<string>();
	const follow = (file: string) => {
		const chunk = bundle[file];
		if (found.has(file) || chunk?.type !== 'chunk') return;
		found.add(file);
		[...chunk.imports, ...chunk.dynamicImports].forEach(follow);
	};
	follow(from);
	return found;
}
