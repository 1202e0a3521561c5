import { enhance as kitEnhance } from '$app/forms';
import type { ActionResult, SubmitFunction } from '@sveltejs/kit';
import { mount, unmount } from 'svelte';
import { m } from '#lib/paraglide/messages.js';
import FormErrors from '#lib/ui/FormErrors.svelte';

/**
 * Kit's own `enhance`, except where the server could not take what was sent: then the form stays as
 * it was filled in, with a word above it, where Kit would show the page for errors instead.
 */
export function enhance(
	form: HTMLFormElement,
	submit?: SubmitFunction<Record<string, unknown>, Record<string, unknown>>,
): { destroy(): void } {
	let shown: object | undefined;
	function tell(message: string | undefined): void {
		if (shown) void unmount(shown);
		shown =
			message === undefined
				? undefined
				: mount(FormErrors, {
						target: form.parentElement!,
						anchor: form,
						props: { title: message, message, fieldId: () => '' },
					});
	}
	const kit = kitEnhance(form, async (input) => {
		const after = await submit?.(input);
		return async (outcome) => {
			const trouble = notTaken(outcome.result);
			tell(trouble);
			const update = trouble === undefined ? outcome.update : async () => undefined;
			await (after ? after({ ...outcome, update } as Parameters<typeof after>[0]) : update());
		};
	});
	return {
		destroy() {
			tell(undefined);
			kit.destroy();
		},
	};
}

/** Busy, too much at once, too often (RFC 9110, sections 15.5.14 and 15.6.4; RFC 6585, section 4). */
const LATER = [413, 429, 503];

/** Why it was not taken, when it can be sent again as it is or mended; undefined for all else. */
function notTaken(result: ActionResult): string | undefined {
	if (result.type !== 'error') return undefined;
	// What came was no answer of ours.
	if (result.status === undefined) return m.form_unreached();
	return LATER.includes(result.status) ? (result.error as App.Error).message : undefined;
}
