/** Longer than any page takes to say goodbye. */
const PATIENCE = 3000;

/** Empties a frame, so that what was in it hears that it ends (`pagehide`); done once that is over. */
export async function leave(frame: HTMLIFrameElement): Promise<void> {
	if (!frame.src || frame.src === 'about:blank') return;
	await new Promise<void>((resolve) => {
		const timer = setTimeout(resolve, PATIENCE);
		frame.addEventListener(
			'load',
			() => {
				clearTimeout(timer);
				resolve();
			},
			{ once: true },
		);
		frame.src = 'about:blank';
	});
}

/** Where a launch address leads: into the package, unless it is a whole address. */
export function addressOf(href: string): string {
	const page = location.href.split(/[?#]/)[0]!;
	return new URL(href, new URL('files/', page)).href;
}
