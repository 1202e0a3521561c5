import type { Plugin } from 'vite';

/**
 * Leaves out Svelte's part for custom elements, of which we have none: it defines a class as soon as
 * it is loaded, so that bundlers keep it, and every first visit pays for a kilobyte of it.
 */
export function noCustomElements(): Plugin {
	return {
		name: 'no-custom-elements',
		enforce: 'pre',
		apply: 'build',
		transform(_, id) {
			if (!id.endsWith('svelte/src/internal/client/dom/elements/custom-element.js'))
				return undefined;
			const code =
				"export function create_custom_element() { throw new Error('This build has no custom elements'); }";
			return { code, map: null };
		},
	};
}
