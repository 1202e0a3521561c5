import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'vite';
import { courses } from '../../authoring/plugin.ts';

/**
 * Builds the administrator's command line as one file with the courses in it: the server's own
 * functions stand in it as they stand in the server.
 *
 * @param folder where it goes; emptied first
 */
export async function buildAdmin(folder: string, coursesDir: string): Promise<void> {
	const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		dependencies: Record<string, string>;
	};
	await build({
		configFile: false,
		logLevel: 'warn',
		publicDir: false,
		plugins: [
			courses([coursesDir]),
			paraglideVitePlugin({
				project: resolve('project.inlang'),
				outdir: resolve('src/lib/paraglide'),
				strategy: ['globalVariable', 'baseLocale'],
			}),
		],
		// What is installed beside the built server stays there; the rest comes along.
		ssr: { noExternal: true, external: Object.keys(dependencies) },
		build: {
			ssr: resolve('src/cli/admin/main.ts'),
			outDir: resolve(folder),
			emptyOutDir: true,
			target: 'node22',
		},
	});
}
