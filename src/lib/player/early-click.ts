/**
 * What was pressed while the page was there and its script was not (`app.html` notes it); once.
 */
export function takeEarlyClick(): HTMLElement | null | undefined {
	const noted = window as { earlyClick?: HTMLElement | null };
	const pressed = noted.earlyClick;
	noted.earlyClick = null;
	return pressed;
}

/**
 * Whether a link marked `data-early-read={key}` led on from a page before its script was there
 * (`app.html` notes it for the pages after it in this tab); once.
 */
export function takeEarlyRead(key: string): boolean | undefined {
	return (window as { takeEarlyRead?: (key: string) => boolean }).takeEarlyRead?.(key);
}
