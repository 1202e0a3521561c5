import type { Item, StageInfo } from './package.ts';
import { complaintsOf, isStatement, type Given, type Rules } from './statement-rules.ts';

/** A request to the statement store, as far as it goes by. */
export interface StoreRequest {
	method: string;
	/** What follows the endpoint, for example `activities/state`. */
	resource: string;
	query: URLSearchParams;
	/** By lower-case name. */
	headers: Record<string, string | undefined>;
	body: string;
}

export interface StoreAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: string;
}

export const LAUNCH_MODES = { normal: 'Normal', browse: 'Browse', review: 'Review' } as const;

/** How a session is to begin. */
export interface Session {
	item: Item;
	mode: keyof typeof LAUNCH_MODES;
	/** `lost`: the store has forgotten what the package had kept of the attempt. */
	how: 'new' | 'resumed' | 'lost';
}

/** What happened, in order. */
export type Heard =
	| { kind: 'launched'; at: number; title: string; how: Session['how'] }
	| { kind: 'switched'; at: number; trouble: 'none' | 'refuses' | 'throws' }
	| { kind: 'asked'; at: number; method: string; resource: string; status: number; size: number }
	| { kind: 'stated'; at: number; statement: Given; status: number; complaints: string[] };

interface Document {
	type: string;
	content: string;
	etag: string;
}

const STATE = 'activities/state';
const DOCUMENTS = [STATE, 'activities/profile', 'agents/profile'];
const SESSION_ID = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
const JSON_TYPE = 'application/json';

/**
 * A statement store in memory for one package that is looked at: the resources of xAPI 1.0.3
 * ("Communication", section 2) that courses use, and an LMS's part of cmi5 ("cmi5 Specification
 * Profile for xAPI", sections 8 to 10). What a package says is kept even where cmi5 forbids it, with
 * the complaint beside it.
 */
export class StatementStore {
	readonly heard: Heard[] = [];
	readonly #info: StageInfo;
	readonly #began = Date.now();
	readonly #statements = new Map<string, Given>();
	readonly #documents = new Map<string, Document>();
	/** By item: the attempt that goes on. */
	readonly #registrations = new Map<string, string>();
	#rules: Rules | undefined;
	#fetched = true;
	#secret = '';
	#trouble: 'none' | 'refuses' | 'throws' = 'none';
	/** Called after everything that is heard. */
	onheard: (heard: Heard) => void = () => undefined;

	constructor(info: StageInfo) {
		this.#info = info;
	}

	/** How the store fails at the moment. */
	get trouble() {
		return this.#trouble;
	}

	switchTo(trouble: 'none' | 'refuses' | 'throws'): void {
		this.#trouble = trouble;
		this.#hear({ kind: 'switched', at: this.#now(), trouble });
	}

	/**
	 * Begins a session.
	 *
	 * @param base address of the preview, ending in a slash
	 * @returns the address at which to launch (cmi5, section 8.1; for xAPI alone the same without `fetch`)
	 */
	launch({ item, mode, how }: Session, base: string): string {
		const known = this.#registrations.get(item.id);
		const registration = how === 'new' || !known ? crypto.randomUUID() : known;
		this.#registrations.set(item.id, registration);
		const activity = `urn:preview:${this.#info.learner.id}:${this.#info.items.findIndex(({ id }) => id === item.id)}`;
		const actor = {
			objectType: 'Agent',
			account: { homePage: new URL(base).origin, name: this.#info.learner.id },
		};
		if (how === 'lost') this.#forget(registration);
		const isCmi5 = this.#info.format === 'cmi5';
		const session = crypto.randomUUID();
		this.#secret = btoa(`preview:${session}`);
		this.#fetched = !isCmi5;
		this.#rules = {
			isCmi5,
			actor,
			registration,
			activity: isCmi5 ? activity : item.id,
			session,
			isNormal: mode === 'normal',
			masteryScore: item.masteryScore,
			earlier: [...this.#statements.values()].filter(
				(one) => one.context?.registration === registration,
			),
			now: [],
		};
		if (isCmi5) this.#putLaunchData({ item, mode, how }, { base, activity, actor, session });
		const began = known ? how : 'new';
		this.#hear({ kind: 'launched', at: this.#now(), title: item.title, how: began });
		const address = new URL(item.href, `${base}files/`);
		const parameters: Record<string, string> = {
			endpoint: `${base}xapi/`,
			actor: JSON.stringify(actor),
			registration,
			...(isCmi5
				? { fetch: `${base}fetch/${session}`, activityId: activity }
				: { auth: `Basic ${this.#secret}`, activity_id: item.id }),
		};
		for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
		return address.href;
	}

	/** The authorization token, once (cmi5, section 8.2); an error afterwards, with status 200 as well. */
	fetch(): StoreAnswer {
		const first = !this.#fetched;
		this.#fetched = true;
		return json(
			200,
			first
				? { 'auth-token': this.#secret }
				: { 'error-code': '1', 'error-text': 'The token was fetched before' },
		);
	}

	answer(request: StoreRequest): StoreAnswer {
		const before = this.heard.length;
		const answer = this.#answered(request);
		const wasStated = this.heard.length > before;
		const { method, resource, query, body } = request;
		const name = query.get('stateId') ?? query.get('profileId');
		if (!wasStated)
			this.#hear({
				kind: 'asked',
				at: this.#now(),
				method,
				resource: name === null ? resource : `${resource} ${name}`,
				status: answer.status,
				size: (method === 'GET' ? (answer.body ?? '') : body).length,
			});
		return { ...answer, headers: { 'x-experience-api-version': '1.0.3', ...answer.headers } };
	}

	/** What the package keeps here, by kind and name. */
	documents(): Record<string, string> {
		return Object.fromEntries(
			[...this.#documents].map(([key, { content }]) => [JSON.parse(key).at(-1), content]),
		) as Record<string, string>;
	}

	#answered(request: StoreRequest): StoreAnswer {
		if (this.#trouble === 'refuses') return text(503, 'The store is away');
		if (request.resource === 'about') return json(200, { version: ['1.0.3'] });
		if (!/^1\.0(\.\d+)?$/.test(request.headers['x-experience-api-version'] ?? ''))
			return text(400, 'X-Experience-API-Version: 1.0.3 is missing');
		if (request.headers.authorization !== `Basic ${this.#secret}`)
			return text(401, 'Not the token of this session');
		if (request.resource === 'statements') return this.#statementsAnswer(request);
		if (DOCUMENTS.includes(request.resource)) return this.#documentAnswer(request);
		return text(404, `There is no ${request.resource}`);
	}

	#statementsAnswer({ method, query, body }: StoreRequest): StoreAnswer {
		if (method === 'GET') return this.#read(query);
		if (method !== 'POST' && method !== 'PUT') return text(405, method);
		const given = parsed(body);
		const all = Array.isArray(given) ? given : [given];
		const id = method === 'PUT' ? query.get('statementId') : null;
		if (method === 'PUT' && !id) return text(400, 'statementId is missing');
		const whole = all.map((one) => ({
			...(one as object),
			id: id ?? (one as { id?: string } | null)?.id ?? crypto.randomUUID(),
		}));
		const wrong = whole.map((one) => isStatement(one)).find((reason) => reason !== undefined);
		const status = wrong ? 400 : method === 'PUT' ? 204 : 200;
		for (const one of whole as Given[]) this.#state(one, status, wrong);
		if (wrong) return text(400, wrong);
		return method === 'PUT'
			? { status }
			: json(
					200,
					whole.map((one) => one.id),
				);
	}

	#state(statement: Given, status: number, wrong: string | undefined): void {
		// Sending twice is harmless.
		if (!wrong && this.#statements.has(statement.id)) return;
		const complaints = wrong ? [wrong] : complaintsOf(statement, this.#rules!);
		this.#hear({ kind: 'stated', at: this.#now(), statement, status, complaints });
		if (wrong) return;
		this.#rules?.now.push(statement);
		this.#statements.set(statement.id, { stored: new Date().toISOString(), ...statement });
	}

	#read(query: URLSearchParams): StoreAnswer {
		const id = query.get('statementId');
		if (id !== null) {
			const found = this.#statements.get(id);
			return found ? json(200, found) : text(404, id);
		}
		const [verb, registration] = [query.get('verb'), query.get('registration')];
		const statements = [...this.#statements.values()]
			.filter((one) => verb === null || one.verb.id === verb)
			.filter((one) => registration === null || one.context?.registration === registration)
			.reverse();
		return json(200, {
			statements: statements.slice(0, Number(query.get('limit')) || 100),
			more: '',
		});
	}

	#documentAnswer({ method, resource, query, headers, body }: StoreRequest): StoreAnswer {
		const name = query.get('stateId') ?? query.get('profileId');
		if (name === null) return this.#names(resource, method, query);
		const key = keyOf(resource, query, name);
		const found = this.#documents.get(key);
		switch (method) {
			case 'GET':
				return found
					? {
							status: 200,
							headers: { 'content-type': found.type, etag: found.etag },
							body: found.content,
						}
					: text(404, name);
			case 'DELETE':
				this.#documents.delete(key);
				return { status: 204 };
			case 'PUT':
			case 'POST': {
				const { 'if-match': match, 'if-none-match': none } = headers;
				if ((match && match !== found?.etag) || (none === '*' && found))
					return text(412, 'The document has changed');
				// Profiles are shared: whoever replaces one must say which they have seen.
				if (method === 'PUT' && resource !== STATE && found && !match)
					return text(409, 'If-Match is missing');
				const content = method === 'POST' && found ? merged(found.content, body) : body;
				if (content === undefined) return text(400, 'Only JSON objects can be merged');
				this.#documents.set(key, documentOf(content, headers['content-type'] ?? JSON_TYPE));
				return { status: 204 };
			}
			default:
				return text(405, method);
		}
	}

	/** Without a name: the names of all, or the end of all. */
	#names(resource: string, method: string, query: URLSearchParams): StoreAnswer {
		const prefix = keyOf(resource, query, '').replace(/""\]$/, '');
		const keys = [...this.#documents.keys()].filter((key) => key.startsWith(prefix));
		if (method === 'GET')
			return json(
				200,
				keys.map((key) => (JSON.parse(key) as string[]).at(-1)),
			);
		if (method !== 'DELETE') return text(400, 'stateId or profileId is missing');
		keys.forEach((key) => this.#documents.delete(key));
		return { status: 204 };
	}

	/** cmi5, section 10. */
	#putLaunchData(
		{ item, mode }: Session,
		about: { base: string; activity: string; actor: object; session: string },
	): void {
		const { registration } = this.#rules!;
		const data = {
			contextTemplate: {
				contextActivities: { grouping: [{ objectType: 'Activity', id: item.id }] },
				extensions: { [SESSION_ID]: about.session },
			},
			launchMode: LAUNCH_MODES[mode],
			launchMethod: 'AnyWindow',
			moveOn: item.moveOn ?? 'NotApplicable',
			returnURL: `${about.base}returned`,
			...(item.masteryScore === undefined ? {} : { masteryScore: item.masteryScore }),
			...(item.launchData === undefined ? {} : { launchParameters: item.launchData }),
		};
		const query = new URLSearchParams({
			activityId: about.activity,
			agent: JSON.stringify(about.actor),
			registration,
		});
		const key = keyOf(STATE, query, 'LMS.LaunchData');
		this.#documents.set(key, documentOf(JSON.stringify(data), JSON_TYPE));
	}

	#forget(registration: string): void {
		for (const key of this.#documents.keys())
			if ((JSON.parse(key) as string[])[3] === registration) this.#documents.delete(key);
	}

	#hear(heard: Heard): void {
		this.heard.push(heard);
		this.onheard(heard);
	}

	#now(): number {
		return Date.now() - this.#began;
	}
}

/** One document by everything that tells it from others; agents by their content, not their spelling. */
function keyOf(resource: string, query: URLSearchParams, name: string): string {
	const agent = JSON.stringify(sortedKeys(parsed(query.get('agent') ?? 'null')));
	const place = [resource, query.get('activityId') ?? '', agent, query.get('registration') ?? ''];
	return JSON.stringify([...place, name]);
}

function sortedKeys(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => key !== 'objectType' && key !== 'name')
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, sortedKeys(inner)]),
	);
}

let versions = 0;
function documentOf(content: string, type: string): Document {
	return { content, type, etag: `"${++versions}"` };
}

function merged(before: string, more: string): string | undefined {
	const [a, b] = [parsed(before), parsed(more)];
	const isObject = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
	return isObject(a) && isObject(b) ? JSON.stringify(Object.assign({}, a, b)) : undefined;
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}

function json(status: number, value: unknown): StoreAnswer {
	return { status, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}

function text(status: number, body: string): StoreAnswer {
	return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
