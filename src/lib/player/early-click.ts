/**
 * What was pressed while the page was there and its script was not (`app.html` notes it); once.
 */
export function takeEarlyClick(): HTMLElement | null | undefined {
	const noted = window as { earlyClick?: HTMLElement | null };
	const pressed = noted.earlyClick;
	noted.earlyClick = null;
	return pressed;
}
