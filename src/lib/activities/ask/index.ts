/** What a browser needs of this type, as one file. */
export { ask as type } from './logic.ts';
export { default as View } from './View.svelte';
