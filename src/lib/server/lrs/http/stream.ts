import type { Database } from '../../db/database.ts';
import { SOON } from '../../db/trouble.ts';
import { logError } from '../../log.ts';
import { findStatements } from '../find.ts';
import { isSettled, newestPlace, type Place } from '../settled.ts';
import type { Known } from './call.ts';
import { formatIn, inFormatAll } from './formats.ts';
import { queryOf } from './query.ts';
import { Refusal, wrong } from './refusal.ts';

/*
 * New statements as they are stored, as server-sent events (html.spec.whatwg.org, section 9.2): the
 * statements resource asked with `Accept: text/event-stream`. No part of the xAPI specification.
 */

/** Milliseconds between looks at the store, and between signs of life. */
const LOOK = 500;
const ALIVE = 20_000;
/** Statements that are fetched at once. */
const PORTION = 200;
/** Streams that one client may keep open. */
const MOST = 20;
/** How long a stream waits, at most and at a time, for what is just being stored when it begins. */
const PATIENCE = 10_000;
const MOMENT = 50;

/** What a page may narrow and a stream may not: it begins now, and goes on. */
const NOT_HERE = ['since', 'until', 'limit', 'ascending', 'attachments', 'cursor'];

export function wantsStream({ headers }: Pick<Known, 'headers'>): boolean {
	return (headers.get('accept') ?? '').includes('text/event-stream');
}

interface Listener {
	/** @param last the highest number before which nothing will appear any more */
	look(last: number): Promise<void>;
	end(): void;
}
/** Open streams, by database: one look at the store serves them all. */
const listeners = new Map<Database, Set<Listener>>();
const openOf = new Map<string, number>();

/**
 * Sends statements of the client's scope that match, from now on, or after the one that
 * `Last-Event-ID` names. An event's id is the statement's place in the store.
 *
 * @throws Refusal
 */
export async function streamStatements(call: Known): Promise<Response> {
	const format = formatIn(call);
	const wrongHere = NOT_HERE.find((name) => call.params.has(name));
	if (wrongHere) throw wrong(wrongHere, 'has no meaning for a stream of new statements');
	const query = queryOf(call);
	const { db, client } = call;
	let after = placeIn(call.headers.get('last-event-id')) ?? (await endNow(db));
	// Nothing is waited for from here to where the stream is counted.
	if ((openOf.get(client.id) ?? 0) >= MOST)
		throw new Refusal(429, `This key has ${MOST} streams open already; close one.`);
	let checked = Date.now();
	let leave = () => false;

	const body = new ReadableStream<Uint8Array>(
		{
			start(controller) {
				const send = (text: string) => controller.enqueue(encoder.encode(text));
				/** Whoever reads slowly gets the next portion once this one is read. */
				const isWaiting = () => (controller.desiredSize ?? 0) <= 0;
				const listener: Listener = {
					async look(last) {
						if (last > after && !isWaiting()) await sendNew(last);
						if (Date.now() - checked < ALIVE) return;
						checked = Date.now();
						if (await call.stillMay()) send(': still here\n\n');
						else listener.end();
					},
					end() {
						// Whoever has left took the stream along.
						if (leave()) controller.close();
					},
				};
				async function sendNew(last: number): Promise<void> {
					const page = { ...query, ascending: true, limit: PORTION, after, upTo: last };
					const { rows, next, texts } = await inFormatAll(
						call,
						format,
						await findStatements(db, page),
					);
					for (const [at, { seq }] of rows.entries())
						send(`id: ${seq}\nevent: statement\n${dataOf(texts[at]!)}\n`);
					// Where nothing else matches, what has been looked through need not be again.
					after = next ?? last;
				}
				leave = join(db, client.id, listener);
				send('retry: 3000\n\n');
			},
			cancel: () => void leave(),
		},
		new ByteLengthQueuingStrategy({ highWaterMark: 256 * 1024 }),
	);
	return new Response(body, {
		headers: {
			'content-type': 'text/event-stream',
			// Nothing between here and there may gather what is sent.
			'cache-control': 'no-store, no-transform',
			'x-accel-buffering': 'no',
		},
	});
}

const encoder = new TextEncoder();

/** A text as the data of an event, whatever line breaks it has. */
function dataOf(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.map((line) => `data: ${line}\n`)
		.join('');
}

/** @throws Refusal */
function placeIn(header: string | null): number | undefined {
	if (header === null || header === '') return undefined;
	if (!/^\d{1,15}$/.test(header)) throw wrong('Last-Event-ID', 'must be the id of an event');
	return Number(header);
}

/** Where a stream begins that begins now. @throws Refusal 503 when something is being stored for too long */
async function endNow(db: Database): Promise<number> {
	const place = await newestPlace(db);
	while (!(await isSettled(db, place))) {
		if (performance.now() - place.at > PATIENCE)
			throw new Refusal(503, 'Statements that take long are just being stored; try again.', {
				headers: SOON,
			});
		await new Promise((resolve) => setTimeout(resolve, MOMENT));
	}
	return place.seq;
}

/** @returns what takes it away again, and says whether it was there */
function join(db: Database, clientId: string, listener: Listener): () => boolean {
	const all = listeners.get(db) ?? new Set();
	if (all.size === 0) {
		listeners.set(db, all);
		void watch(db, all);
	}
	all.add(listener);
	openOf.set(clientId, (openOf.get(clientId) ?? 0) + 1);
	return () => {
		if (!all.delete(listener)) return false;
		openOf.set(clientId, openOf.get(clientId)! - 1);
		if (all.size === 0) listeners.delete(db);
		return true;
	};
}

/** Looks at the store as long as somebody listens. */
async function watch(db: Database, all: Set<Listener>): Promise<void> {
	let place: Place | undefined;
	let last = 0;
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, LOOK));
		if (all.size === 0) return;
		try {
			place ??= await newestPlace(db);
			if (await isSettled(db, place)) {
				last = place.seq;
				place = undefined;
			}
			for (const listener of [...all]) await lookOrEnd(listener, last);
		} catch (error) {
			logError('Streams of statements end:', error);
			for (const listener of [...all]) listener.end();
		}
	}
}

/** Whoever reads comes back after trouble, and names the last event that it has. */
async function lookOrEnd(listener: Listener, last: number): Promise<void> {
	try {
		await listener.look(last);
	} catch (error) {
		logError('A stream of statements ends:', error);
		listener.end();
	}
}

/** Ends every stream, so that the server can stop. */
export function endStreams(): void {
	for (const all of listeners.values()) for (const listener of [...all]) listener.end();
}
