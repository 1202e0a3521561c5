/** All that a browser needs of the coach, as one file: what it thinks, and how it says so. */
export { assess } from '#lib/coach/assess.ts';
export { remarksOn } from '#lib/coach/remarks.ts';
export { default as Flags } from './Flags.svelte';
export { default as Layers } from './Layers.svelte';
export { default as Remarks } from './Remarks.svelte';
export { announcementOf } from './words.ts';
