import { minify } from 'terser';
import type { Plugin } from 'vite';

/**
 * Minifies once more what a browser loads: Terser after the bundler's own minifier makes it three to
 * four per cent smaller than either of them alone. Hashes in names of files are hexadecimal: every
 * page's start lists the files of all pages, and a hash is what cannot be compressed. A page has one
 * language, and says itself which (`overwriteGetLocale`): interface texts cannot be asked for another
 * one there, and Paraglide's own ways of finding out are left behind.
 */
export function smaller(): Plugin {
	return {
		name: 'smaller',
		apply: 'build',
		enforce: 'post',
		applyToEnvironment: ({ name }) => name === 'client',
		transform: {
			filter: { id: /paraglide\/(messages\/\w+|runtime)\.js$/ },
			handler: (code) =>
				code
					.replace('options.locale ?? ', '')
					.replace(', options = {}) =>', ') =>')
					.replace(/(export let getLocale = \(\) =>) \{.*?\n\};/s, '$1 baseLocale;'),
		},
		outputOptions(options) {
			options.hashCharacters = 'hex';
		},
		async generateBundle(_, bundle) {
			for (const file of Object.values(bundle)) {
				if (file.type !== 'chunk') continue;
				const { code } = await minify(file.code, { module: true, compress: { passes: 2 } });
				if (code !== undefined && code.length < file.code.length) file.code = code;
			}
		},
	};
}
