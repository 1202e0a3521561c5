import { isLanguage } from '#lib/course/language.ts';
import type { ThinContent } from '#lib/packages/thin.ts';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { thinPage } from '#lib/tracking/dispatch/thin.ts';
import { findScormApi, guarded } from '#lib/tracking/scorm/api.ts';

/**
 * A thin package: it finds the LMS, shows our server's player in a frame, and carries between the two
 * what `protocol.ts` says. It stays in LMSs for years, so it knows nothing of courses.
 */
const content = JSON.parse(document.getElementById('content')!.textContent!) as ThinContent;
const { title, address, languages, scorm } = content;
const mine = navigator.languages
	.map((one) => one.slice(0, 2))
	.find((one) => isLanguage(one) && languages.includes(one));
overwriteGetLocale(() => (isLanguage(mine) ? mine : languages[0]!));

const said = document.getElementById('said')!;
const api = findScormApi(window, scorm);
const lms = api && guarded(api, scorm);
const trouble = lms?.initialize();
if (!lms) say(m.dispatch_page_no_lms());
else if (trouble) say(m.dispatch_page_closed({ reason: trouble.reason }));
else run(lms);

function run(lms: NonNullable<ReturnType<typeof guarded>>): void {
	const page = thinPage({
		self: window,
		lms,
		content,
		newFrame() {
			document.querySelector('iframe')?.remove();
			const frame = document.createElement('iframe');
			frame.title = title;
			frame.allow = 'fullscreen; clipboard-write';
			frame.src = address;
			document.body.append(frame);
			return frame.contentWindow!;
		},
		onsilence: () =>
			say(m.dispatch_page_blocked({ address: new URL(address).origin }), () => page.show()),
		onready: () => say(''),
	});
	page.show();
	addEventListener('pagehide', () => page.leave());
	// A page that comes back out of the browser's memory has said goodbye to the LMS already.
	addEventListener('pageshow', (event) => {
		if (event.persisted) location.reload();
	});
}

function say(words: string, tryAgain?: () => void): void {
	const paragraph = Object.assign(document.createElement('p'), { textContent: words });
	said.replaceChildren(...(words ? [paragraph] : []));
	if (!tryAgain) return;
	const button = document.createElement('button');
	button.textContent = m.package_try_again();
	button.addEventListener('click', () => {
		say('');
		tryAgain();
	});
	said.append(button);
}
