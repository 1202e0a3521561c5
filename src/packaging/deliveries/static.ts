import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import type { Below, Keeper } from '../keeper.ts';
import { onThisDevice } from './local.ts';

/** Keeps the record in this browser, where a static copy has it. */
export async function open(course: Course, languages: Language[]): Promise<Keeper> {
	const keeper = await onThisDevice(course, languages, undefined);
	const { tracker } = keeper;
	return {
		...keeper,
		async below() {
			await atRest();
			const { default: Copy } = await import('../copy/Copy.svelte');
			return { Component: Copy as unknown as Below['Component'], props: { course, tracker } };
		},
	};
}

/** The first place comes first: what else there is must not share its connection. */
async function atRest(): Promise<void> {
	if (document.readyState !== 'complete')
		await new Promise((done) => addEventListener('load', done, { once: true }));
	await new Promise<unknown>((done) =>
		'requestIdleCallback' in window
			? requestIdleCallback(done, { timeout: 5000 })
			: setTimeout(done, 1000),
	);
}
