import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import type { Statement } from '#lib/xapi/statement.ts';
import type { Narration, NarrationOptions } from './narration.ts';

export interface LateNarration {
	/** While something that happened has not been put into words. */
	readonly isBehind: boolean;
	/** @param say is called at once, or as soon as the words for it are there */
	tell(
		event: LearnerEvent,
		before: Progress,
		after: Progress,
		say: (statements: Statement[]) => void,
	): void;
	/** Calls at once, or as soon as it can, with what makes ids (`derivedId`). */
	withIds(use: (derivedId: (of: string, words: string) => string) => void): void;
	/** What there is to say when the learner leaves. */
	leave(): Statement[];
}

/**
 * A narration that is fetched once the learner does something: a first page need not wait for it. What
 * happens meanwhile is told afterwards.
 *
 * @param caughtUp is called when it no longer `isBehind`, or cannot be had for now
 */
export function lateNarration(options: NarrationOptions, caughtUp: () => void): LateNarration {
	type Words = typeof import('./narration.ts');
	const pending: ((words: Words, narration: Narration) => void)[] = [];
	let loaded: [Words, Narration] | undefined;
	let loading: Promise<void> | undefined;

	async function load(): Promise<void> {
		const words = await import('./narration.ts');
		loaded = [words, words.narration(options)];
		for (const work of pending.splice(0)) work(...loaded);
	}

	function soon(work: (typeof pending)[number], isUrgent: boolean): void {
		if (loaded) return work(...loaded);
		pending.push(work);
		if (!isUrgent) return;
		loading ??= load()
			.catch(() => undefined)
			.finally(() => {
				loading = undefined;
				caughtUp();
			});
	}

	return {
		get isBehind() {
			return loading !== undefined;
		},
		tell(event, before, after, say) {
			// To have come to a step, or to have its items before one, is not yet to have done something.
			const isUrgent = event.type !== 'step-reached' && event.type !== 'attempt-began';
			soon((_, narration) => say(narration.tell(event, before, after)), isUrgent);
		},
		withIds: (use) => soon(({ derivedId }) => use(derivedId), true),
		leave: () => loaded?.[1].leave() ?? [],
	};
}
