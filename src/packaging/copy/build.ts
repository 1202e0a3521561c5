import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { WORKER } from '../../lib/packages/copy.ts';

const ICONS = 'icons';

/**
 * Puts beside a built player what only a static copy has: its icons and its service worker. The
 * worker is one classic script, which every browser with service workers takes.
 *
 * @returns the paths of the files
 */
export async function addCopyFiles(folder: string): Promise<string[]> {
	cpSync(join(import.meta.dirname, ICONS), join(folder, ICONS), { recursive: true });
	await build({
		configFile: false,
		logLevel: 'warn',
		publicDir: false,
		build: {
			outDir: folder,
			emptyOutDir: false,
			target: 'es2022',
			lib: {
				entry: join(import.meta.dirname, 'worker.ts'),
				formats: ['iife'],
				name: 'copy',
				fileName: () => WORKER,
			},
		},
	});
	return [WORKER, ...readdirSync(join(folder, ICONS)).map((name) => `${ICONS}/${name}`)];
}
