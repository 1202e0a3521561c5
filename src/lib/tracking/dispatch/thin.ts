import * as v from 'valibot';
import type { ScormApi, ScormVersion } from '../scorm/api.ts';
import { answering, type Answering } from './answering.ts';
import { ready, VERSION, type Hello } from './protocol.ts';

interface ThinOptions {
	self: Window;
	/** With an open session. */
	lms: ScormApi;
	content: { address: string; token: string; scorm: ScormVersion };
	/** Shows the player's page anew. */
	newFrame(): Window;
	/** Nothing was heard of the player. */
	onsilence(): void;
	onready(): void;
	/** Milliseconds in which a player must be heard of. */
	patience?: number;
}

export interface ThinPage {
	show(): void;
	/** The last words to the LMS; once. */
	leave(): void;
}

/** What a thin package does between an LMS and the player in its frame. */
export function thinPage(options: ThinOptions): ThinPage {
	const { self, lms, content } = options;
	const { origin } = new URL(content.address);
	let frame: Window | undefined;
	let silence: ReturnType<typeof setTimeout> | undefined;
	let newest: Answering | undefined;
	let left = false;

	self.addEventListener('message', ({ data, source, origin: from }: MessageEvent<unknown>) => {
		if (left || from !== origin || source === null || source !== frame) return;
		if (!v.is(ready, data)) return;
		clearTimeout(silence);
		options.onready();
		const { port1, port2 } = new MessageChannel();
		const here = answering(lms);
		port1.onmessage = (event: MessageEvent<unknown>) => {
			if (left) return;
			const answer = here.take(event.data);
			if (!answer) return;
			newest = here;
			port1.postMessage(answer);
		};
		const { scorm, token } = content;
		const hello: Hello = { v: VERSION, kind: 'hello', scorm, token };
		frame.postMessage(hello, origin, [port2]);
	});

	return {
		show() {
			clearTimeout(silence);
			silence = setTimeout(options.onsilence, options.patience ?? 10_000);
			frame = options.newFrame();
		},
		leave() {
			if (left) return;
			left = true;
			for (const [element, value] of newest?.leaving ?? []) lms.set(element, value);
			lms.finish();
		},
	};
}
