import adapter from '@sveltejs/adapter-node';
import { env } from 'node:process';
import { prose } from './src/authoring/prose.ts';
import { versionOf } from './src/build/version.ts';

// Kit 3 moves this file's content into vite.config.ts; nothing here is used elsewhere.
/** @type {import('@sveltejs/kit').Config} */
export default {
	extensions: ['.svelte', '.svx'],
	preprocess: prose(),
	compilerOptions: {
		runes: ({ filename }) =>
			filename.includes('node_modules') || filename.endsWith('.svx') ? undefined : true,
	},
	onwarn(warning, handler) {
		// mdsvex still emits <script context="module">; nothing we can mend from here.
		if (warning.code === 'script_context_deprecated') return;
		handler(warning);
	},
	kit: {
		adapter: adapter({ out: env.BUILD_DIR ?? 'build', precompress: true }),
		version: { name: versionOf(import.meta.dirname) },
		// `hooks.server.ts` checks the origin of every request that changes something; kit would look at
		// forms only, and refuse those of the record store, which carry a key.
		csrf: { trustedOrigins: ['*'] },
		// One page is one response: small style sheets travel in the HTML instead of as requests.
		inlineStyleThreshold: 24_000,
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['self'],
			},
		},
	},
};
