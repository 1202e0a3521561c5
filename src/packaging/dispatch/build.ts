import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { resolve } from 'node:path';
import { build } from 'vite';

/**
 * Builds the page of thin packages, which is the same for all of them; `lib/packages/thin.ts` makes
 * packages of it.
 *
 * @param folder where it goes; emptied first
 */
export async function buildThin(folder: string): Promise<void> {
	await build({
		configFile: false,
		root: import.meta.dirname,
		base: './',
		publicDir: false,
		logLevel: 'warn',
		plugins: [
			paraglideVitePlugin({
				project: resolve('project.inlang'),
				outdir: resolve('src/lib/paraglide'),
				strategy: ['globalVariable', 'baseLocale'],
			}),
		],
		build: {
			outDir: resolve(folder),
			emptyOutDir: true,
			target: 'es2022',
			modulePreload: { polyfill: false },
			rolldownOptions: {
				output: {
					entryFileNames: 'assets/[name]-[hash].js',
					chunkFileNames: 'assets/[name]-[hash].js',
				},
			},
		},
	});
}
