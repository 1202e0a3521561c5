import { spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createProbe } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { env, exit } from 'node:process';
import { pathToFileURL } from 'node:url';
import compression from 'compression';
import { ConfigError, readConfig, type Config } from '../lib/server/config.ts';
import type { Bridge } from '../lib/server/bridge.ts';
import { buildDir, isFresh } from './built.ts';

/** Builds what is missing, starts the server, says where, and stops it gracefully. */
const config = settings();
// Tests and images run what was built.
if (!env.START_WITHOUT_BUILDING && !isFresh()) {
	console.log('Building …');
	const { status } = spawnSync(process.execPath, ['src/cli/run.mjs', 'build'], {
		stdio: 'inherit',
	});
	if (status !== 0) exit(status ?? 1);
}
const port = await choosePort(config);
const server = await serve(config, port);
const previews = await servePreviews(config, server);
await greet(config, port);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.once(signal, () => void stop(server, previews));

function settings(): Config {
	try {
		return readConfig(env);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		console.error(['Settings that need mending:', ...error.mistakes].join('\n  '));
		exit(1);
	}
}

/** The asked-for port, or the first free one from 3000. */
async function choosePort({ PORT, HOST }: Config): Promise<number> {
	if (PORT !== undefined) {
		if (PORT === 0 || (await isFree(PORT, HOST))) return PORT;
		console.error(
			`PORT: ${PORT} is taken by another program; choose another one or stop that one.`,
		);
		exit(1);
	}
	return firstFree(3000, HOST);
}

async function firstFree(from: number, host: string): Promise<number> {
	for (let candidate = from; candidate < from + 100; candidate++)
		if (await isFree(candidate, host)) return candidate;
	console.error(
		`None of the ports from ${from} to ${from + 99} is free; set PORT and PREVIEW_PORT.`,
	);
	exit(1);
}

function isFree(candidate: number, host: string): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = createProbe();
		probe.once('error', () => resolve(false));
		probe.listen(candidate, host, () => probe.close(() => resolve(true)));
	});
}

async function serve({ HOST, ORIGIN, XAPI_MB }: Config, on: number): Promise<Server> {
	// Without ORIGIN the address is what the browser asked for, and this server speaks plain HTTP.
	// The adapter would assume HTTPS; it asks a header, which nobody outside can set.
	if (!ORIGIN) {
		delete env.ORIGIN;
		env.PROTOCOL_HEADER = 'x-internal-protocol';
	}
	// A file of people with what the form adds, or statements; `hooks.server.ts` holds others to less.
	env.BODY_SIZE_LIMIT ??= `${Math.max(6, XAPI_MB + 1)}M`;
	const handler = (await importHandler()) as (
		...args: [...Parameters<RequestListener>, () => void]
	) => void;
	const compress = compression();
	const listener: RequestListener = (request, response) => {
		if (bridge().upload(request, response)) return;
		response.once('finish', () => readToTheEnd(request));
		if (!ORIGIN) request.headers['x-internal-protocol'] = 'http';
		compress(request as never, response as never, () =>
			handler(request, response, () => response.writeHead(404).end()),
		);
	};
	const made = createServer(listener);
	// Longer than proxies and browsers keep one that is idle (Chromium for five minutes), so that it is
	// never us who hang up just when the next request is on its way: a form would not be sent again.
	made.keepAliveTimeout = 320_000;
	await new Promise<void>((resolve) => made.listen(on, HOST, resolve));
	return made;
}

/**
 * What was refused by its announced length alone lies unread before the next request of the same
 * connection, which would wait for ever. The adapter's reader has paused it, so it goes first.
 */
function readToTheEnd(request: IncomingMessage): void {
	if (request.readableEnded) return;
	request.removeAllListeners('data');
	request.resume();
}

/**
 * Listens on a second port, where packages are looked at: they run scripts of anybody, which must
 * not share an origin with the application.
 */
async function servePreviews(
	{ HOST, PORT, PREVIEW_PORT }: Config,
	beside: Server,
): Promise<Server> {
	const made = createServer((request, response) => bridge().preview(request, response));
	const next = PORT === 0 ? 0 : await firstFree(portOf(beside) + 1, HOST);
	await new Promise<void>((resolve, reject) => {
		made.once('error', reject);
		made.listen(PREVIEW_PORT ?? next, HOST, resolve);
	}).catch((error: unknown) => {
		console.error('PREVIEW_PORT:', error instanceof Error ? error.message : error);
		exit(1);
	});
	bridge().previewsAt(portOf(made));
	return made;
}

function portOf(listening: Server): number {
	const at = listening.address();
	return typeof at === 'object' && at ? at.port : 0;
}

async function importHandler(): Promise<unknown> {
	try {
		const { handler } = (await import(pathToFileURL(join(buildDir(), 'handler.js')).href)) as {
			handler: unknown;
		};
		return handler;
	} catch (error) {
		console.error('The server could not start:', error instanceof Error ? error.message : error);
		exit(1);
	}
}

function bridge(): Bridge {
	return (process as unknown as Record<symbol, Bridge>)[Symbol.for('rygsamtalen.bridge')]!;
}

async function greet({ ORIGIN, HOST }: Config, asked: number): Promise<void> {
	const on = portOf(server) || asked;
	const address = ORIGIN ?? `http://localhost:${on}`;
	console.log(`Rygsamtalen is at ${address}`);
	if (!ORIGIN && HOST === '0.0.0.0')
		for (const other of otherAddresses()) console.log(`  on this network: http://${other}:${on}`);
	console.log(bridge().mail);
	const path = await bridge().setupPath();
	if (path) console.log(`Nobody is administrator yet. Become it, once: ${address}${path}`);
}

function otherAddresses(): string[] {
	return Object.values(networkInterfaces())
		.flatMap((all) => all ?? [])
		.filter((one) => one.family === 'IPv4' && !one.internal)
		.map((one) => one.address);
}

/** Requests in flight finish, then the database closes. A second signal or ten seconds end the wait. */
async function stop(running: Server, beside: Server): Promise<void> {
	console.log('Stopping …');
	process.once('SIGINT', () => exit(1));
	setTimeout(() => exit(1), 10_000).unref();
	const closed = new Promise((resolve) => running.close(resolve));
	bridge().stopping();
	running.closeIdleConnections();
	beside.close();
	beside.closeAllConnections();
	await closed;
	await bridge().stop();
	exit(0);
}
