/** What a browser needs of this type, as one file. */
export { rate as type } from './logic.ts';
export { default as View } from './View.svelte';
