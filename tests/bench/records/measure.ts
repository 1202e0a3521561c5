import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import type { Running } from '../../support/server.ts';
import { Chance } from '../seed/random.ts';
import type { Filled, Key } from './fill.ts';
import { learnt, someParams } from './learning.ts';

export interface Figure {
	what: string;
	connections: number;
	/** Statements where they are written, requests where they are read. */
	perSecond: number;
	/** Milliseconds until the whole answer is there. */
	p50: number;
	p975: number;
	p99: number;
	failed: number;
}

/** Statements of one request, and on one page. */
const BATCH = 50;
const PAGE = 100;
/** Milliseconds between writing and reading alone: what was written comes to rest (`log-keeper.ts`). */
const REST = 2_000;
/** Milliseconds from one batch to the next, of who writes while others read. */
const PAUSE = 250;

interface Load {
	what: string;
	connections: number;
	seconds: number;
	/** Statements in a request. */
	each?: number;
	request: autocannon.Request;
}

/** What record stores are asked: to keep statements, in batches and singly, and to find them meanwhile. */
export async function measureRecords(
	{ origin }: Running,
	{ key, learners }: Pick<Filled, 'key' | 'learners'>,
	seconds = 6,
): Promise<Figure[]> {
	const chance = new Chance(Date.now());
	const headers = headersOf(key);
	const writes = (count: number): autocannon.Request => ({
		method: 'POST',
		path: '/xapi/statements',
		headers,
		setupRequest: (request) => ({ ...request, body: bodyOf(chance, learners, count) }),
	});
	const reads = (path: () => string): autocannon.Request => ({
		headers,
		setupRequest: (request) => ({ ...request, path: path() }),
	});
	const by = (...names: ('agent' | 'verb' | 'activity' | 'registration')[]) =>
		reads(() => {
			const some = someParams(chance, learners);
			const asked = names.map((name) => [name, some[name]] as [string, string]);
			return `/xapi/statements?${new URLSearchParams(asked)}&limit=${PAGE}`;
		});
	const figures: Figure[] = [];
	for (const connections of [4, 8])
		figures.push(
			await run(origin, {
				...{ what: `written, ${BATCH} a request`, connections },
				...{ seconds: 2 * seconds, each: BATCH, request: writes(BATCH) },
			}),
		);
	figures.push(
		await run(origin, {
			what: 'written, one a request',
			connections: 16,
			seconds: 2 * seconds,
			each: 1,
			request: writes(1),
		}),
	);
	await new Promise((done) => setTimeout(done, REST));
	const found: [string, autocannon.Request][] = [
		['found by registration', by('registration')],
		['found by agent', by('agent')],
		['found by verb and activity', by('verb', 'activity')],
		['page after page, by agent', pages(headers, () => someParams(chance, learners).agent)],
	];
	for (const [what, request] of found)
		figures.push(await run(origin, { what, connections: 2, seconds, request }));
	const writer = startWriter(origin, headers, () => bodyOf(chance, learners, BATCH));
	for (const [what, request] of found)
		figures.push(
			await run(origin, { what: `${what}, while written`, connections: 2, seconds, request }),
		);
	await writer.end();
	return figures;
}

export function headersOf({ id, secret }: Key) {
	return {
		authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
		'content-type': 'application/json',
		'x-experience-api-version': '1.0.3',
	};
}

function bodyOf(chance: Chance, learners: number, count: number): string {
	// Random ones: what another run wrote has other ids.
	return JSON.stringify(
		Array.from({ length: count }, () => ({ ...learnt(chance, learners), id: crypto.randomUUID() })),
	);
}

/** Small pages along `more`; from the last one to somebody else's first. */
function pages(headers: Record<string, string>, agent: () => string): autocannon.Request {
	interface Context {
		more?: string;
	}
	return {
		headers,
		setupRequest(request, context: Context) {
			const first = `/xapi/statements?${new URLSearchParams({ agent: agent(), limit: '10' })}`;
			return { ...request, path: context.more || first };
		},
		onResponse(_status, body, context: Context) {
			context.more = (JSON.parse(body) as { more: string }).more;
		},
	};
}

async function run(origin: string, load: Load): Promise<Figure> {
	const { what, connections, seconds, each = 1, request } = load;
	const result = await autocannon({
		url: origin,
		connections,
		duration: seconds,
		requests: [request],
	});
	return {
		what,
		connections,
		perSecond: Math.round((each * result['2xx']) / result.duration),
		p50: result.latency.p50,
		p975: result.latency.p97_5,
		p99: result.latency.p99,
		failed: result.non2xx + result.errors + result.timeouts,
	};
}

/** Somebody who sends a batch now and then. */
function startWriter(origin: string, headers: Record<string, string>, body: () => string) {
	let isOn = true;
	const ended = (async () => {
		while (isOn) {
			const answer = await fetch(`${origin}/xapi/statements`, {
				method: 'POST',
				headers,
				body: body(),
			});
			if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
			await answer.arrayBuffer();
			await new Promise((done) => setTimeout(done, PAUSE));
		}
	})();
	return {
		async end() {
			isOn = false;
			await ended;
		},
	};
}

/** Megabytes that a process holds, and the most it has held (Linux: `/proc/<pid>/status`). */
export function memoryOf(pid: number): { megabytes: number; most: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const read = (name: string) =>
		Math.round(Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
	return { megabytes: read('VmRSS'), most: read('VmHWM') };
}
