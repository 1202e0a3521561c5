import { join } from 'node:path';
import { sweepGuests } from './auth/guests.ts';
import { sweepSessions } from './auth/sessions.ts';
import { readConfig, type Config } from './config.ts';
import type { Database } from './db/database.ts';
import { openDatabase } from './db/open.ts';
import { logError } from './log.ts';
import { openMailer, type Mailer } from './mail/mailer.ts';
import { postman, type Postman } from './mail/postman.ts';
import { sweepLetters } from './mail/queue.ts';
import { ownKey, secretBox, type SecretBox } from './secret-box.ts';
import type { Previews } from './preview/place.ts';
import { Shelf } from './preview/shelf.ts';
import { followEnvironment } from './statements/destinations.ts';
import { forwarder, type Forwarder } from './statements/forward.ts';
import { setHomePage } from './statements/narrators.ts';
import { sweepImports } from './teaching/imports.ts';

/** What lives as long as the server does. */
export interface App {
	config: Config;
	db: Database;
	mailer: Mailer;
	postman: Postman;
	/** For keys of other systems. */
	box: SecretBox;
	forwarder: Forwarder;
	previews: Previews;
}

const HOUR = 60 * 60 * 1000;
let running: App | undefined;
let sweeping: NodeJS.Timeout | undefined;

/** The running server's parts. Only to be called while a request is answered. */
export function app(): App {
	if (!running) throw new Error('The server has not been started');
	return running;
}

/** Whether a database is still that of the running server. */
export function isRunning(db: Database): boolean {
	return running?.db === db;
}

/**
 * Reads the settings, opens the database and brings it up to date.
 *
 * @throws ConfigError when settings are wrong; the engine's own error when the database does not open
 */
export async function startApp(env: Record<string, string | undefined>): Promise<App> {
	if (running) return running;
	const config = readConfig(env);
	const db = await openDatabase(config);
	const box = secretBox(ownKey(config.SECRET_KEY, config.DATA_DIR));
	setHomePage(config.ORIGIN);
	await followEnvironment(db, box, config);
	const sending = forwarder({ db, box, mayBeInner: config.LRS_INNER === 'allow' });
	sending.start();
	const mailer = openMailer(config);
	const posting = postman({ db, box, mailer });
	posting.start();
	const shelf = new Shelf(join(config.DATA_DIR, 'previews'));
	running = {
		config,
		db,
		mailer,
		postman: posting,
		box,
		forwarder: sending,
		previews: { shelf },
	};
	await sweep(running);
	sweeping = setInterval(
		() => void sweep(running).catch((error: unknown) => logError('Sweeping went wrong:', error)),
		HOUR,
	).unref();
	return running;
}

/** Removes what nobody can use any more. */
async function sweep(app: App | undefined): Promise<void> {
	if (!app) return;
	await sweepSessions(app.db);
	await sweepGuests(app.db);
	await sweepImports(app.db);
	await sweepLetters(app.db);
	await app.previews.shelf.sweep();
}

export async function stopApp(): Promise<void> {
	const stopping = running;
	running = undefined;
	clearInterval(sweeping);
	await stopping?.forwarder.stop();
	await stopping?.postman.stop();
	await stopping?.db.close();
}
