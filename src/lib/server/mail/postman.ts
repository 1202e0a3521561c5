import { setTimeout as passing } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { logError } from '../log.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Mailer } from './mailer.ts';
import { sendLetters } from './queue.ts';

interface PostmanOptions {
	db: Database;
	box: SecretBox;
	mailer: Mailer;
	/** Milliseconds between two looks at the queue. */
	pause?: number;
	/** The most milliseconds between two tries while the mail server is away. */
	longest?: number;
}

export interface Postman {
	start(): void;
	/** Ends after the letters under way, or without them where the mail server keeps us waiting. */
	stop(): Promise<void>;
}

/** Milliseconds that a server which ends waits for its mail server. */
const PATIENCE = 5_000;

/**
 * Sends the queue while the server runs. A look at an empty queue is one question to an index, so it
 * is asked every second and no letter waits longer. While the mail server takes nothing, one letter
 * is tried ever more seldom, instead of all of them.
 */
export function postman({
	db,
	box,
	mailer,
	pause = 1_000,
	longest = 5 * 60_000,
}: PostmanOptions): Postman {
	let stopped = false;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<unknown> | undefined;
	/** Looks in a row that found the mail server away. */
	let away = 0;

	async function round(): Promise<void> {
		while (!stopped) {
			const {
				sent,
				failed,
				waiting,
				away: trouble,
			} = await sendLetters(db, box, mailer, {
				goOn: () => !stopped,
			});
			if (trouble && away === 0) logError('Mail does not go out:', trouble.said);
			if (!trouble && away > 0 && sent > 0) console.log('Mail goes out again.');
			if (trouble) away += 1;
			else if (sent > 0) away = 0;
			if (trouble || sent + failed + waiting === 0) return;
		}
	}

	function next(): void {
		if (stopped) return;
		const wait = Math.min(longest, pause * 2 ** Math.min(away, 16));
		timer = setTimeout(() => {
			running = round()
				.catch((cause: unknown) => logError('Letters were not sent:', cause))
				.finally(next);
		}, wait).unref();
	}

	return {
		start: next,
		async stop() {
			stopped = true;
			clearTimeout(timer);
			await Promise.race([running, passing(PATIENCE, undefined, { ref: false })]);
			mailer.close();
		},
	};
}
