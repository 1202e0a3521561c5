/** The few things that group commit asks of a SQLite connection. */
export interface Writer {
	exec(sql: string): unknown;
	readonly inTransaction: boolean;
	/** Called after a commit, when whoever waited for it has been told; it must not throw. */
	committed?(): void;
}

interface Job {
	work: () => Promise<unknown>;
	resolve: (value: unknown) => void;
	reject: (reason: unknown) => void;
}

/** More in one transaction would make the first wait noticeably for the last. */
const MOST = 64;

/**
 * Transactions on one SQLite connection, one after the other. Those that wait at the same time
 * share one `BEGIN IMMEDIATE … COMMIT`, each in a savepoint of its own: with `synchronous=FULL`
 * the price of a write is the sync to disk, and so it is paid once for all of them. A promise
 * resolves only after the commit that holds its work.
 */
export class GroupCommit {
	readonly #writer: Writer;
	#waiting: Job[] = [];
	#running: Promise<void> | undefined;

	constructor(writer: Writer) {
		this.#writer = writer;
	}

	run<T>(work: () => Promise<T>): Promise<T> {
		return new Promise<T>((resolve, reject) => {
			this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject });
			this.#running ??= this.#drain();
		});
	}

	async idle(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #drain(): Promise<void> {
		while (this.#waiting.length > 0) {
			// Everything that this turn of the event loop brings in joins the group.
			await new Promise((resolve) => setImmediate(resolve));
			await this.#commit(this.#waiting.splice(0, MOST));
		}
		// In the same breath as the check above: what comes later begins a new round.
		this.#running = undefined;
	}

	async #commit(jobs: Job[]): Promise<void> {
		const done: { job: Job; value: unknown }[] = [];
		const refused: { job: Job; reason: unknown }[] = [];
		try {
			this.#writer.exec('BEGIN IMMEDIATE');
			for (const job of jobs) {
				this.#writer.exec('SAVEPOINT job');
				try {
					done.push({ job, value: await job.work() });
				} catch (reason) {
					// A full disk or an I/O error may end the whole transaction (sqlite.org/lang_transaction.html).
					if (!this.#writer.inTransaction) throw reason;
					this.#writer.exec('ROLLBACK TO job');
					refused.push({ job, reason });
				}
				this.#writer.exec('RELEASE job');
			}
			this.#writer.exec('COMMIT');
		} catch (reason) {
			jobs.forEach((job) => job.reject(reason));
			return this.#rollBack();
		}
		refused.forEach(({ job, reason }) => job.reject(reason));
		done.forEach(({ job, value }) => job.resolve(value));
		setImmediate(() => this.#writer.committed?.());
	}

	#rollBack(): void {
		try {
			if (this.#writer.inTransaction) this.#writer.exec('ROLLBACK');
		} catch {
			// Those who waited know already. The next ones cannot begin, are told so, and it is tried again.
		}
	}
}
