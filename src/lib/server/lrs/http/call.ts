import type { XapiVersion } from '#lib/xapi/rules/index.ts';
import type { Database } from '../../db/database.ts';
import type { Asking } from '../../cmi5/sessions.ts';
import type { Client } from '../clients.ts';
import { Refusal, wrong } from './refusal.ts';

/** A request as the resources see it, however it was written. */
export interface Call {
	method: string;
	/** Below the endpoint, without slashes at its ends: `activities/state`. */
	resource: string;
	headers: Headers;
	params: Map<string, string>;
	/** Whether it came in the alternate request syntax, as a form. */
	isForm: boolean;
	body(): Promise<Buffer>;
}

/** A call whose version and sender are known. */
export interface Known extends Call {
	db: Database;
	version: XapiVersion;
	client: Client;
	/** Of a cmi5 package, where it is one that asks. */
	session?: Asking | undefined;
	/** Whether the sender may still do so, for answers that go on. */
	stillMay(): Promise<boolean>;
	/** The path of the endpoint, for links: `/xapi`. */
	base: string;
	/** The most bytes that a request may bring. */
	limit: number;
}

/** Form fields of the alternate request syntax that stand for headers (xAPI 1.0.3 Communication, section 1.3). */
const HEADERS = [
	'authorization',
	'x-experience-api-version',
	'content-type',
	'content-length',
	'if-match',
	'if-none-match',
	'accept',
	'accept-language',
];
const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'];

/**
 * Reads a request's parts.
 *
 * @param limit the most bytes of a body
 * @throws Refusal
 */
export async function callOf(request: Request, resource: string, limit: number): Promise<Call> {
	const params = paramsOf(new URL(request.url).searchParams);
	const call: Call = {
		method: request.method,
		// Some clients write a slash too many.
		resource: resource.split('/').filter(Boolean).join('/'),
		headers: request.headers,
		params,
		isForm: false,
		body: () => bodyOf(request, limit),
	};
	return call.method === 'POST' && params.has('method') ? alternate(call) : call;
}

/** A request that is written as a form, for browsers that could not do better. */
async function alternate(call: Call): Promise<Call> {
	const method = call.params.get('method')!.toUpperCase();
	if (!METHODS.includes(method))
		throw wrong('method', `must be one of ${METHODS.join(', ')}, is "${method}"`);
	if (call.params.size > 1)
		throw wrong(
			'method',
			'may be the only parameter of the address: in the alternate request syntax the others are fields of the form',
		);
	const type = call.headers.get('content-type') ?? '';
	if (!/^application\/x-www-form-urlencoded\b/i.test(type))
		throw wrong(
			'Content-Type',
			'must be application/x-www-form-urlencoded in the alternate request syntax',
		);
	// A page of another site may send a form, and would have its visitor look at the answer here.
	if (call.headers.get('sec-fetch-mode') === 'navigate')
		throw new Refusal(
			403,
			'The alternate request syntax is for scripts; a form that leads its reader here is not answered.',
		);
	const form = paramsOf(new URLSearchParams((await call.body()).toString('utf8')));
	const headers = new Headers(call.headers);
	headers.delete('content-type');
	for (const [name, value] of form) {
		if (!HEADERS.includes(name.toLowerCase())) continue;
		setHeader(headers, name, value);
		form.delete(name);
	}
	const content = form.get('content');
	form.delete('content');
	if (content === undefined && (method === 'PUT' || method === 'POST'))
		throw wrong('content', `is missing: it is the body of the ${method} request`);
	if (!headers.has('content-type')) headers.set('content-type', 'application/json');
	return {
		...call,
		method,
		headers,
		params: form,
		isForm: true,
		body: () => Promise.resolve(Buffer.from(content ?? '')),
	};
}

/** @throws Refusal when the text is none that a header can have */
function setHeader(headers: Headers, name: string, value: string): void {
	try {
		headers.set(name, value);
	} catch {
		throw wrong(name, 'has characters that no header may have, such as line breaks');
	}
}

/** @throws Refusal when a parameter comes twice */
function paramsOf(given: URLSearchParams): Map<string, string> {
	const params = new Map<string, string>();
	for (const [name, value] of given) {
		if (params.has(name)) throw wrong(name, 'comes twice; a parameter may come once');
		params.set(name, value);
	}
	return params;
}

async function bodyOf(request: Request, limit: number): Promise<Buffer> {
	if (Number(request.headers.get('content-length')) > limit) throw tooLarge(limit);
	try {
		const body = Buffer.from(await request.arrayBuffer());
		if (body.length > limit) throw tooLarge(limit);
		return body;
	} catch (error) {
		// The adapter stops reading at its own limit.
		if ((error as { status?: number }).status === 413) throw tooLarge(limit);
		throw error;
	}
}

function tooLarge(limit: number): Refusal {
	return new Refusal(
		413,
		`The request is larger than ${limit} bytes. Send fewer statements at once, or have the operator raise XAPI_MB.`,
	);
}
