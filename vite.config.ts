import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { env } from 'node:process';
import { defineConfig } from 'vitest/config';
import { courses } from './src/authoring/plugin.ts';

export default defineConfig({
	plugins: [
		courses({ dirs: [env.COURSES_DIR ?? 'courses'] }),
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['globalVariable', 'baseLocale'],
		}),
		sveltekit(),
	],
	// A slow connection pays for every request: what all pages share comes in two files, and each
	// lazily loaded part stays one of its own.
	build: {
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						{ name: 'runtime', test: /node_modules|paraglide\/(runtime|registry|messages\/_)/ },
						{
							name: 'player',
							test: /src\/lib\/(player\/(?!prose)|tracking|progress|course|ui|activities\/[^/]+(\/logic|\/engine|\/pieces)?\.ts|paraglide)/,
						},
					],
				},
			},
		},
	},
	// Courses may lie outside of the project.
	server: { fs: { allow: ['.', env.COURSES_DIR ?? 'courses'] } },
	test: {
		include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
		// PostgreSQL in WebAssembly takes its time to start on a busy machine.
		testTimeout: 30_000,
	},
});
