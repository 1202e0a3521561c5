/** What a browser needs of this type, as one file. */
export { rewrite as type } from './logic.ts';
export { default as View } from './View.svelte';
