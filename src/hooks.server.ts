import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { env } from 'node:process';
import courses from 'virtual:courses';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { app, isRunning, startApp } from '#lib/server/app.ts';
import {
	clearSessionCookie,
	readSession,
	sessionToken,
	setSessionCookie,
} from '#lib/server/auth/sessions.ts';
import { backUpIfDue } from '#lib/server/backup/daily.ts';
import { announce } from '#lib/server/bridge.ts';
import { abandonSilent } from '#lib/server/cmi5/abandon.ts';
import { isPassing, SOON } from '#lib/server/db/trouble.ts';
import { findCourse } from '#lib/server/learning/courses.ts';
import { catchUp } from '#lib/server/learning/enrolments.ts';
import { catchUpFirstAnswers } from '#lib/server/learning/first-answers.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { logError } from '#lib/server/log.ts';
import { siteOrigin } from '#lib/server/origin.ts';
import { sweepAttachments } from '#lib/server/lrs/attachments.ts';
import { catchUpIndex } from '#lib/server/lrs/own-index.ts';
import { endVisits } from '#lib/server/statements/record.ts';
import { sendReminders } from '#lib/server/teaching/reminders.ts';
import { countRounds } from '#lib/server/teaching/rounds.ts';
import { turnAway } from '#lib/server/turn-away.ts';
import errorPage from './error.html?raw';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

const languageOfRequest = new AsyncLocalStorage<Language>();
overwriteGetLocale(() => languageOfRequest.getStore() ?? 'da');

export const init: ServerInit = async () => {
	const { db, box, config } = await startApp(env);
	announce(app());
	const goOn = () => isRunning(db);
	// Meanwhile the server answers; lists fill up as it goes on.
	void catchUp(db, courses, goOn)
		.then(() => countRounds(db, courses, { goOn }))
		.then(() => catchUpFirstAnswers(db, courses, goOn))
		.then(() => catchUpIndex(db, goOn))
		.then(() => (goOn() ? sweepAttachments(db) : 0))
		.catch(failed('Catching up'));
	const hourly = async () => {
		await countRounds(db, courses, { goOn });
		const origin = await siteOrigin(db, config);
		await sendReminders({ db, box, courses, origin, now: new Date(), goOn });
	};
	setInterval(() => void hourly().catch(failed('Rounds and reminders')), HOUR).unref();
	const tidy = () => {
		void endVisits(db, findCourse).catch(failed('Ending visits'));
		void abandonSilent(db).catch(failed('Ending silent sessions'));
	};
	setInterval(tidy, 10 * MINUTE).unref();
	const backUp = () => void backUpIfDue(app()).catch(failed('The backup'));
	setInterval(backUp, 10 * MINUTE).unref();
};

/** For what goes on by itself. */
function failed(what: string): (error: unknown) => void {
	return (error) => logError(`${what} went wrong:`, error);
}

export const handle: Handle = ({ event, resolve }) => {
	const language = requestLanguage(event);
	return languageOfRequest.run(language, async () => {
		const answer = isForRecords(event) ? await resolve(event) : await lookedAt();
		return withHeaders(event, orBusy(event, answer));
	});

	/** Guard by guard; each with its reason. */
	async function lookedAt(): Promise<Response> {
		const refuse = (status: number, message: string) =>
			turnAway(event, status, message, { language, page: errorPage });
		if (event.url.href.includes('%00')) return refuse(404, m.error_not_found());
		if (isMutating(event) && !isFromHere(event)) return refuse(403, m.error_foreign_origin());
		const most = largest(event);
		if (Number(event.request.headers.get('content-length')) > most)
			return refuse(413, m.error_too_large({ limit: most / 1024 }));
		try {
			await findUser(event);
		} catch (cause) {
			logError('Who asks cannot be told:', cause);
			return isPassing(cause) ? refuse(503, m.error_busy()) : refuse(500, m.error_ours());
		}
		rememberLanguage(event, language);

		const theme = event.cookies.get('theme');
		return resolve(event, {
			transformPageChunk: ({ html }) =>
				html
					.replace('%lang%', language)
					.replace(
						'%theme%',
						theme === 'light' || theme === 'dark' ? ` data-theme="${theme}"` : '',
					),
			preload: ({ type }) => type === 'js' || type === 'css',
		});
	}
};

/**
 * Requests to the record store and for a key to it carry a key and no cookie counts, so that no page can misuse the
 * session of who looks at it: they come from anywhere, as nobody, and bring as much as is set.
 */
function isForRecords({ route }: RequestEvent): boolean {
	return route.id === '/xapi/[...resource]' || route.id === '/api/cmi5/fetch/[key]';
}

function isMutating({ request }: RequestEvent): boolean {
	return !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
}

/**
 * Kit's own check covers form content types only; ours every request that changes something. A
 * browser always sends `Origin` with these (fetch.spec.whatwg.org, "append a request Origin header").
 */
function isFromHere({ request, url }: RequestEvent): boolean {
	return request.headers.get('origin') === url.origin;
}

/** Bytes that a request may bring, where it brings no file. */
const LARGEST = 512 * 1024;
/** Where it brings one. */
const LARGEST_FILE = 6 * 1024 * 1024;
const TAKE_FILES = [
	'/[lang=lang]/teach/groups/[group]/people/import',
	'/[lang=lang]/admin/provider',
];

/** The server takes as much as the record store does (`cli/start.ts`); all others are held to less. */
function largest({ route }: RequestEvent): number {
	return route.id !== null && TAKE_FILES.includes(route.id) ? LARGEST_FILE : LARGEST;
}

async function findUser(event: RequestEvent): Promise<void> {
	event.locals.user = null;
	event.locals.session = null;
	const token = sessionToken(event);
	if (!token) return;
	const found = await readSession(app().db, token);
	if (!found) return clearSessionCookie(event);
	event.locals.user = found.user;
	event.locals.session = found.session;
	if (found.renewed) setSessionCookie(event, found.session);
}

/** So that `/` leads to the language used last. */
function rememberLanguage(event: RequestEvent, language: Language): void {
	if (!('lang' in event.params) || event.cookies.get('language') === language) return;
	event.cookies.set('language', language, {
		path: '/',
		maxAge: 365 * 24 * 60 * 60,
		sameSite: 'lax',
		httpOnly: true,
		secure: event.url.protocol === 'https:',
	});
}

/**
 * A database that is locked, full or away is a passing trouble, whatever was asked for: said so, browsers
 * keep what they have and try again (RFC 9110, section 15.6.4).
 */
function orBusy({ locals }: RequestEvent, response: Response): Response {
	if (!locals.isBusy || response.status !== 500) return response;
	const headers = new Headers(response.headers);
	headers.set('retry-after', SOON['retry-after']);
	return new Response(response.body, { status: 503, headers });
}

function withHeaders({ url }: RequestEvent, response: Response): Response {
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('referrer-policy', 'same-origin');
	response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
	response.headers.set('cross-origin-opener-policy', 'same-origin');
	// Pages are rendered for one person; only the hashed files under /_app are anybody's.
	if (!response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-cache');
	if (url.protocol === 'https:')
		response.headers.set('strict-transport-security', 'max-age=31536000');
	return response;
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status === 404) return { message: m.error_no_page() };
	const id = crypto.randomUUID().slice(0, 8);
	logError(`[${id}] ${status} ${message}`, error);
	event.locals.isBusy = isPassing(error);
	if (event.locals.isBusy) return { message: m.error_busy(), isBusy: true };
	return { message: m.error_ours(), id };
};
