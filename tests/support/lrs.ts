import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
	id: string;
	timestamp: string;
	actor: { account?: { name: string } };
	verb: { id: string };
}

/** How a request may end: as it should, or in one of the ways in which things go wrong. */
export type Fate = 'well' | 'lost-before' | 'lost-after' | 'busy' | 'broken' | 'shut';

/**
 * A record store that keeps statements by id, as the specification asks, and that can be told to
 * fail: by dropping the connection before or after storing, or by answering 503, 500 or 401.
 *
 * @param gate until then, no request is answered
 */
export async function startLrs(
	fate: (request: number) => Fate = () => 'well',
	refuses: (statement: Stored) => boolean = () => false,
	gate: Promise<unknown> = Promise.resolve(),
) {
	const stored = new Map<string, Stored>();
	const order: Stored[] = [];
	const headers: Record<string, unknown>[] = [];
	let requests = 0;
	let conflicts = 0;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', async () => {
			await gate;
			// Courses in a browser come from elsewhere (fetch.spec.whatwg.org, "CORS protocol").
			response.setHeader('access-control-allow-origin', '*');
			response.setHeader(
				'access-control-allow-headers',
				'authorization, content-type, x-experience-api-version',
			);
			if (request.method === 'OPTIONS') return response.writeHead(204).end();
			headers.push(request.headers);
			if (request.url === '/token') {
				response.setHeader('content-type', 'application/json');
				const client = String(request.headers.authorization).split(' ')[1];
				return response.end(JSON.stringify({ access_token: `of-${client}`, expires_in: 60 }));
			}
			const how = fate(requests++);
			if (how === 'lost-before') return request.socket.destroy();
			if (how === 'busy') return response.writeHead(503).end('busy');
			if (how === 'shut') return response.writeHead(401).end('who are you?');
			if (how === 'broken') return response.writeHead(500).end('broken');
			const batch = JSON.parse(Buffer.concat(chunks).toString() || '[]') as Stored[];
			const bad = batch.find(refuses);
			if (bad) return response.writeHead(400).end(`not ${bad.id}`);
			for (const statement of batch) {
				const known = stored.get(statement.id);
				if (known && JSON.stringify(known) !== JSON.stringify(statement)) conflicts++;
				if (!known) order.push(statement);
				stored.set(statement.id, statement);
			}
			if (how === 'lost-after') return request.socket.destroy();
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(batch.map(({ id }) => id)));
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		endpoint: `${origin}/`,
		stored,
		order,
		headers,
		get requests() {
			return requests;
		},
		get conflicts() {
			return conflicts;
		},
		close: () =>
			new Promise<void>((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}
