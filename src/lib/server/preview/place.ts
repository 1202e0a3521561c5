import type { Config } from '../config.ts';
import type { Shelf } from './shelf.ts';

/** What a server that lets people look at packages has for it. */
export interface Previews {
	shelf: Shelf;
	/** The port of the second listener, once it listens. */
	port?: number;
}

/**
 * Where packages are looked at, as the browser of this request reaches it; never the application's
 * own origin, since packages run scripts of anybody.
 *
 * Browsers keep cookies by host and not by port (RFC 6265, section 8.5). On the machine itself the
 * two origins therefore have two hosts, `localhost` and `127.0.0.1`; elsewhere `PREVIEW_ORIGIN` should
 * name another host.
 *
 * @returns undefined where it cannot be reached: behind a proxy that was not told of it, or while no
 *   second listener runs
 */
export function previewOrigin(
	{ ORIGIN, PREVIEW_ORIGIN }: Pick<Config, 'ORIGIN' | 'PREVIEW_ORIGIN'>,
	port: number | undefined,
	asked: URL,
): string | undefined {
	if (port === undefined) return undefined;
	if (PREVIEW_ORIGIN) return PREVIEW_ORIGIN;
	if (ORIGIN) return undefined;
	const other: Record<string, string> = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };
	return `http://${other[asked.hostname] ?? asked.hostname}:${port}`;
}
