import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import svelteConfig from '../../svelte.config.js';

/**
 * Builds the page that plays LMS for a package that is looked at. The server and `npm run preview`
 * serve the same files.
 *
 * @param folder where the files go; emptied first
 */
export async function buildStage(folder: string): Promise<void> {
	await build({
		configFile: false,
		root: import.meta.dirname,
		// Tokens stand first in the page's address; its scripts are everybody's.
		base: '/',
		publicDir: false,
		logLevel: 'warn',
		plugins: [
			paraglideVitePlugin({
				project: resolve('project.inlang'),
				outdir: resolve('src/lib/paraglide'),
				strategy: ['globalVariable', 'baseLocale'],
			}),
			svelte({ configFile: false, compilerOptions: svelteConfig.compilerOptions ?? {} }),
		],
		build: {
			outDir: resolve(folder),
			emptyOutDir: true,
			target: 'es2022',
			modulePreload: { polyfill: false },
			// scorm-again for SCORM 2004 is what it is; nobody waits for it but who looks at a package.
			chunkSizeWarningLimit: 500,
			rolldownOptions: { input: join(import.meta.dirname, 'stage.html') },
		},
	});
}
