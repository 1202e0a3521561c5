import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import type { Below, Keeper } from '../keeper.ts';
import { packageContent } from '../lessons.ts';
import { onThisDevice } from './local.ts';

/**
 * Keeps the record in this browser, where a static copy has it, and tells a record store where one is
 * named.
 */
export async function open(course: Course, languages: Language[]): Promise<Keeper> {
	const { keeper, reports } = await opened(course, languages);
	const { tracker } = keeper;
	return {
		...keeper,
		async below() {
			await atRest();
			const { default: Copy } = await import('../copy/Copy.svelte');
			return {
				Component: Copy as unknown as Below['Component'],
				props: { course, tracker, reports },
			};
		},
	};
}

async function opened(course: Course, languages: Language[]) {
	const isLaunched = new URLSearchParams(location.search).has('endpoint');
	// Nothing of it is fetched where there is nobody to tell.
	if (!packageContent().lrs && !isLaunched)
		return { keeper: await onThisDevice(course, languages) };
	const { reportsTarget, reportTo } = await import('../copy/reports.ts');
	const to = reportsTarget();
	if (Array.isArray(to)) {
		const missing = { notice: 'launch-incomplete', detail: to.join(', ') } as const;
		return { keeper: await onThisDevice(course, languages, missing) };
	}
	const keeper = await onThisDevice(course, languages, to?.owner ? { owner: to.owner } : {});
	return to ? { keeper, reports: await reportTo(to, course, keeper) } : { keeper };
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
