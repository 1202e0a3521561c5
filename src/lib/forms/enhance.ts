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
	function tell(message: (() => string) | undefined): void {
		if (shown) void unmount(shown);
		shown = undefined;
		// Who has left the page meanwhile is told nothing there.
		if (!message || !form.isConnected) return;
		const props = {
			// Follows a change of language.
			get message() {
				return message();
			},
			title: '',
			fieldId: () => '',
		};
		shown = mount(FormErrors, { target: form.parentElement!, anchor: form, props });
	}
	const kit = kitEnhance(form, async (input) => {
		tell(undefined);
		const after = await submit?.(input);
		return async (outcome) => {
			const trouble = notTaken(outcome.result);
			tell(trouble);
			const update = trouble ? async () => undefined : outcome.update;
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
function notTaken(result: ActionResult): (() => string) | undefined {
	if (result.type !== 'error') return undefined;
	// What came was no answer of ours.
	if (result.status === undefined) return m.form_unreached;
	const { message } = result.error as App.Error;
	return LATER.includes(result.status) ? () => message : undefined;
}
