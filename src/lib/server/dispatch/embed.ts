import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { error, type RequestEvent } from '@sveltejs/kit';
import type { Language } from '#lib/course/language.ts';
import { filledPage, isIn, readPlayer, TEST_ANSWERS, type Player } from '#lib/packages/assemble.ts';
import { DISPATCH } from '#lib/packages/formats.ts';
import { m } from '#lib/paraglide/messages.js';
import { app } from '../app.ts';
import { findDispatch, type Dispatch } from './dispatches.ts';
import { seatOf, type Closed } from './seats.ts';

/**
 * The cookie of an embedded session. It is sent below `/embed/<dispatch>` only, so that it neither
 * opens other pages nor stands in the way of an account that is signed in there.
 */
const COOKIE = 'embedded';
export const embedPath = (id: string) => `/embed/${id}`;

/** @throws 404 */
export async function dispatchOr404(id: string): Promise<Dispatch> {
	const found = await findDispatch(app().db, id);
	return found ?? error(404, { message: m.dispatch_unknown() });
}

/**
 * The learner who asks, by bearer or by cookie.
 *
 * @throws 401 without a session, 403 when the dispatch is closed
 */
export async function learnerOf(event: RequestEvent, dispatch: Dispatch): Promise<string> {
	const [, bearer] = /^Bearer (\S+)$/.exec(event.request.headers.get('authorization') ?? '') ?? [];
	const token = bearer ?? event.cookies.get(COOKIE);
	const seat = await seatOf(app().db, dispatch, token);
	if (!seat) error(401, m.error_signed_out());
	if ('closed' in seat) error(403, whyClosed(seat.closed));
	return seat.userId;
}

/** In a partition of its own for each site that frames us, where the browser takes it at all; only by https. */
export function setEmbeddedCookie(
	{ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>,
	id: string,
	token: string,
): void {
	if (url.protocol !== 'https:') return;
	cookies.set(COOKIE, token, {
		path: embedPath(id),
		httpOnly: true,
		secure: true,
		sameSite: 'none',
		partitioned: true,
	});
}

/** For people: why nobody is let in, in a language of theirs. */
export function whyClosed(closed: Closed, locale?: Language): string {
	const words = {
		'wrong-token': m.dispatch_wrong_token,
		revoked: m.dispatch_revoked,
		expired: m.dispatch_expired,
		full: m.dispatch_full,
		barred: m.dispatch_barred,
	};
	return words[closed]({}, locale ? { locale } : {});
}

/** Where the player of a course lies; `lib/packages` makes packages of it. */
export const playerFolder = (course: string) => join(app().config.BUILD_DIR, 'packages', course);

const players = new Map<string, Player>();

/** @throws 503 when it was not built */
export function playerOf(course: string): Player {
	const known = players.get(course);
	if (known) return known;
	try {
		const read = readPlayer(playerFolder(course));
		players.set(course, read);
		return read;
	} catch {
		error(503, { message: m.dispatch_not_built() });
	}
}

/** The page that an LMS frames. */
export function embeddedPage({ course: id, languages, origins }: Dispatch): Response {
	const { course } = playerOf(id);
	const page = filledPage(playerFolder(id), DISPATCH, { course, languages, origins });
	return new Response(page, {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'private, no-cache',
			'content-security-policy': policy(origins),
			// The player hears from the page around it only by messages whose origin it checks.
			'referrer-policy': 'no-referrer',
		},
	});
}

/** As `svelte.config.js` has it for other pages, but for who may frame it (w3.org/TR/CSP3, 6.4.2). */
function policy(origins: string[]): string {
	return [
		"default-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data:",
		"object-src 'none'",
		"base-uri 'self'",
		"form-action 'self'",
		`frame-ancestors ${origins.length === 0 ? 'https:' : origins.join(' ')}`,
	].join('; ');
}

const TYPES: Record<string, string> = {
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.woff2': 'font/woff2',
};

/**
 * A file of the player: only what the build lists, so that no path leads elsewhere, and not the
 * answers of the final test, which is scored here.
 *
 * @throws 404
 */
export async function embeddedFile(
	{ course, languages }: Pick<Dispatch, 'course' | 'languages'>,
	path: string,
): Promise<Response> {
	const listed = playerOf(course).files[DISPATCH]?.includes(path) && isIn(path, languages);
	if (!listed || path.includes(TEST_ANSWERS)) error(404, { message: m.error_no_page() });
	const file = await readFile(join(playerFolder(course), path));
	return new Response(new Uint8Array(file), {
		headers: {
			'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
			// Its name changes with its content.
			'cache-control': 'public, max-age=31536000, immutable',
		},
	});
}
