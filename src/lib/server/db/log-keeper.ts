import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type BetterSqlite3 from 'better-sqlite3';
import { logError } from '../log.ts';

/** Lengths of a log, in pages of 4 KB; and when nobody is in a hurry. */
interface Limits {
	/** Waiting in it, before somebody brings them into the file. */
	many: number;
	/** In it at all, from where on every one is brought at once, so that it can begin anew. */
	long: number;
	/** Reading in a longer one, and starting with it, takes its time. */
	tooLong: number;
	/**
	 * Milliseconds without a commit, after which all of it is brought: whoever reads looks every page up in
	 * what is left of the log, and nowhere but in the file once nothing is.
	 */
	quiet: number;
}

export const LIMITS: Limits = { many: 4_000, long: 16_000, tooLong: 64_000, quiet: 500 };

/** What SQLite says of a log: pages that it has, and of these how many are in the file. */
interface Length {
	log: number;
	checkpointed: number;
}

/**
 * Brings the pages of a database's write-ahead log into its file (a checkpoint, sqlite.org/wal.html) in a
 * thread of its own: that means writing to hundreds of places and waiting for the disk, and whoever
 * writes would wait along. What was committed is on disk in the log all the while.
 *
 * A log is begun anew only when a commit finds all of it in the file. While somebody keeps writing, that
 * takes bringing each commit's pages before the next one; if it does not come about, the writer brings
 * them itself in the end.
 */
export class LogKeeper {
	readonly #file: string;
	readonly #writer: BetterSqlite3.Database;
	readonly #length: BetterSqlite3.Statement;
	readonly #limits: Limits;
	#thread: Worker | undefined;
	#isBusy = false;
	#isFailing = false;
	#quiet: NodeJS.Timeout | undefined;

	/** @param writer the connection that writes; it no longer does this itself */
	constructor(file: string, writer: BetterSqlite3.Database, limits = LIMITS) {
		this.#file = file;
		this.#writer = writer;
		this.#limits = limits;
		writer.pragma('wal_autocheckpoint = 0');
		this.#length = writer.prepare('PRAGMA wal_checkpoint(NOOP)');
	}

	/**
	 * To be called after each commit, which stands whatever happens here: what cannot be brought into the
	 * file now stays in the log, and is brought after another one.
	 */
	tend(): void {
		try {
			this.#look();
			this.#isFailing = false;
		} catch (error) {
			// After each commit it would be said again.
			if (!this.#isFailing) logError('The write-ahead log cannot be brought into the file:', error);
			this.#isFailing = true;
		}
	}

	#look(): void {
		if (!this.#writer.open || this.#writer.inTransaction) return;
		const { log, checkpointed } = this.#length.get() as Length;
		const left = log - checkpointed;
		const { many, long, tooLong } = this.#limits;
		if (log > tooLong) this.#writer.pragma('wal_checkpoint(PASSIVE)');
		else if (left >= many || (log > long && left > 0)) this.#send();
		else if (left > 0) this.#waitForQuiet();
	}

	#waitForQuiet(): void {
		this.#quiet ??= setTimeout(() => {
			this.#quiet = undefined;
			this.#send();
		}, this.#limits.quiet).unref();
		this.#quiet.refresh();
	}

	/** Ends the thread, and with it its connection: the last one to close takes the log away. */
	async close(): Promise<void> {
		clearTimeout(this.#quiet);
		await this.#thread?.terminate();
	}

	#send(): void {
		if (this.#isBusy) return;
		this.#thread ??= this.#begin();
		this.#isBusy = true;
		this.#thread.postMessage('');
	}

	#begin(): Worker {
		const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
		// The built server is a bundle: there is no file of ours that a thread could begin with.
		const thread = new Worker(`(${work.toString()})(require(${JSON.stringify(sqlite)}))`, {
			eval: true,
			workerData: this.#file,
		});
		thread.on('message', () => {
			this.#isBusy = false;
			this.tend();
		});
		thread.once('error', (error) => {
			// The writer does it then, as it would have without any of this.
			logError('The write-ahead log is brought into the file by whoever writes.', error);
			if (this.#writer.open) this.#writer.pragma(`wal_autocheckpoint = ${this.#limits.many}`);
		});
		// Nothing is lost when the process ends meanwhile.
		thread.unref();
		return thread;
	}
}

/** What the thread does. It is handed over as text, so it uses nothing but what it gets here. */
function work(Sqlite: typeof BetterSqlite3): void {
	const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
	const connection = new Sqlite(workerData as string, { timeout: 1_000 });
	connection.pragma('synchronous = FULL');
	parentPort!.on('message', () => {
		connection.pragma('wal_checkpoint(PASSIVE)');
		parentPort!.postMessage('');
	});
}
