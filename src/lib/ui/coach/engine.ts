/** How the coach says what it thinks, in any language. */
export { remarksOn } from '#lib/coach/remarks.ts';
export { default as Flags } from './Flags.svelte';
export { default as Layers } from './Layers.svelte';
export { default as Remarks } from './Remarks.svelte';
export { announcementOf } from './words.ts';
