import type { XapiVersion } from '#lib/xapi/rules/index.ts';
import type { Database } from '../../db/database.ts';
import { confine } from '../../cmi5/confine.ts';
import { isPassing, SOON } from '../../db/trouble.ts';
import { logError } from '../../log.ts';
import { allowsOrigin, type Client } from '../clients.ts';
import { NotMergeable, PreconditionFailed } from '../documents.ts';
import { VoidingRefused } from '../references.ts';
import { may, NEEDS } from '../scopes.ts';
import { consistentThrough } from '../settled.ts';
import { StatementConflict } from '../store.ts';
import { activities } from './activities.ts';
import { agents } from './agents.ts';
import { callOf, type Call } from './call.ts';
import { corsHeaders, isKnownOrigin, preflight } from './cors.ts';
import { activityProfile, agentProfile, state } from './documents.ts';
import { checkParams } from './params.ts';
import { Refusal, refusalResponse, wrong } from './refusal.ts';
import type { Method, Methods } from './resource.ts';
import { senderOf, stillMay } from './sender.ts';
import { statements } from './statements.ts';
import { VERSION_HEADER, versionIn, versionOf } from './version.ts';

/** Every resource but `about`, by its path below the endpoint. */
const RESOURCES: Record<string, Methods> = {
	statements,
	'activities/state': state,
	'activities/profile': activityProfile,
	activities,
	'agents/profile': agentProfile,
	agents,
};

export interface Asked {
	db: Database;
	request: Request;
	/** Below the endpoint. */
	resource: string;
	/** The path of the endpoint. */
	base: string;
	/** Where the request comes from, to slow down who guesses. */
	address: string;
	/** In which version to answer a request that names none. */
	usual: XapiVersion;
	/** The most bytes of a body. */
	limit: number;
}

/**
 * Answers a request to the record store. Who asks is known by the `Authorization` header alone: a
 * session's cookie is nothing here.
 */
export async function serveRecords(asked: Asked): Promise<Response> {
	const { db, request, resource, usual, limit } = asked;
	if (request.method === 'OPTIONS') return preflight(db, request);
	// Before anything is read, so that everything stored until then is found.
	const consistent = await consistentThrough(db).catch(() => new Date(0));
	const origin = request.headers.get('origin');
	let version = versionIn(request.headers) ?? usual;
	let client: Client | undefined;
	let isHead = request.method === 'HEAD';
	let response: Response;
	try {
		const call = await callOf(request, resource, limit);
		version = versionIn(call.headers) ?? usual;
		isHead = call.method === 'HEAD';
		if (call.resource === 'about') response = about(call);
		else {
			const method = methodOf(call);
			const sender = await senderOf(db, call.headers, asked.address);
			const { session } = sender;
			client = sender.client;
			const named = versionOf(call.headers);
			if (call.isForm && named !== '1.0.3')
				throw wrong('method', 'is no parameter: 2.0 has no alternate request syntax');
			allow(client, method);
			checkParams(call, method.takes);
			const known = {
				...{ ...call, db, client, session, version: named },
				...{ base: asked.base, limit, stillMay: () => stillMay(db, call.headers, sender.client) },
			};
			response = await method.answer(session ? await confine(known, session) : known);
		}
	} catch (error) {
		response = refusalResponse(refusalFor(error, request));
	}
	if (isHead) response = await withoutBody(response);
	const { headers } = response;
	for (const [name, value] of INERT) headers.set(name, value);
	headers.set(VERSION_HEADER, version);
	headers.set('x-experience-api-consistent-through', consistent.toISOString());
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
	const isAllowed =
		origin !== null && (client ? allowsOrigin(client, origin) : await isKnownOrigin(db, origin));
	for (const [name, value] of corsHeaders(isAllowed ? origin : null)) headers.append(name, value);
	return response;
}

/**
 * What senders store, anybody may have written, HTML too; and this is the origin where people are signed
 * in. No browser is to show it as a page that can do something.
 */
const INERT = [
	['content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'"],
	['x-content-type-options', 'nosniff'],
] as const;

async function withoutBody(response: Response): Promise<Response> {
	await response.body?.cancel();
	return new Response(null, response);
}

function about(call: Call): Response {
	if (call.method !== 'GET' && call.method !== 'HEAD') throw notAllowed(['GET', 'HEAD']);
	checkParams(call, []);
	return Response.json({ version: ['1.0.3', '2.0.0'] });
}

/** @throws Refusal 404 for no resource, 405 for no such method */
function methodOf({ resource, method }: Call): Method {
	const methods = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource] : undefined;
	if (!methods)
		throw new Refusal(
			404,
			`There is no resource "${resource}"; these are: about, ${Object.keys(RESOURCES).join(', ')}.`,
		);
	const found = methods[(method === 'HEAD' ? 'GET' : method) as keyof Methods];
	if (found) return found;
	throw notAllowed([...Object.keys(methods), 'HEAD']);
}

function notAllowed(methods: string[]): Refusal {
	return new Refusal(405, `Only ${methods.join(', ')} can be asked of this resource.`, {
		headers: { allow: methods.join(', ') },
	});
}

/** @throws Refusal 403 */
function allow(client: Client, { needs }: Method): void {
	if (!may(client, needs))
		throw new Refusal(
			403,
			`This key may not do that: it takes one of the scopes ${NEEDS[needs].join(', ')}.`,
		);
}

/** What an error says to who asked; whatever is ours stays in the log. */
function refusalFor(error: unknown, request: Request): Refusal {
	if (error instanceof Refusal) return error;
	if (error instanceof StatementConflict) return new Refusal(409, error.message);
	if (error instanceof VoidingRefused) return new Refusal(403, error.message);
	if (error instanceof PreconditionFailed) return new Refusal(error.status, error.message);
	if (error instanceof NotMergeable) return new Refusal(400, error.message);
	const id = crypto.randomUUID().slice(0, 8);
	logError(`[${id}] ${request.method} ${new URL(request.url).pathname}`, error);
	return isPassing(error)
		? new Refusal(503, 'The database is busy; try again.', { headers: SOON })
		: new Refusal(500, `Something went wrong here. The log has it as ${id}.`);
}
