import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { env } from 'node:process';
import { defineConfig } from 'vitest/config';
import { courses } from './src/authoring/plugin.ts';
import { DESK_STYLES, DRILL_STYLES, lessonChunk } from './src/build/lesson-chunk.ts';
import { noCustomElements } from './src/build/no-custom-elements.ts';
import { smaller } from './src/build/smaller.ts';

export default defineConfig({
	plugins: [
		noCustomElements(),
		smaller(),
		courses([env.COURSES_DIR ?? 'courses']),
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['globalVariable', 'baseLocale'],
		}),
		sveltekit(),
	],
	build: {
		// Every page's start lists what every other page is made of. It may go without the scripts, which
		// name each other; a style sheet nobody else names.
		modulePreload: {
			resolveDependencies: (_, files, { hostId }) =>
				hostId.includes('/entry/app.') ? files.filter((file) => file.endsWith('.css')) : files,
		},
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: lessonChunk },
						{ name: 'desk', test: DESK_STYLES },
						{ name: 'drills', test: DRILL_STYLES },
					],
				},
			},
		},
	},
	// Courses may lie outside of the project.
	server: { fs: { allow: ['.', env.COURSES_DIR ?? 'courses'] } },
	test: {
		include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
		// A process of its own for each file would import half of the project anew a hundred times. No
		// test changes what another one finds: none mocks modules, and each makes its own database.
		isolate: false,
		maxWorkers: '100%',
		// PostgreSQL in WebAssembly takes its time to start on a busy machine.
		testTimeout: 30_000,
	},
});
