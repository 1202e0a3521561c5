/** Work that is done one at a time, and again after a while when it failed. */
export interface Repeated {
	/** Does what there is to do now; when it is under way already, once more after that. */
	run(): Promise<void>;
	/** Does it at the latest in so many milliseconds. */
	soon(milliseconds: number): void;
	stop(): void;
}

/**
 * @param work tells whether it went well, or that there is no use in trying again
 * @param backoff milliseconds before the next try, by number of failures
 */
export function repeated(
	work: () => Promise<'done' | 'failed' | 'given-up'>,
	backoff: (failures: number) => number = defaultBackoff,
): Repeated {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running: Promise<void> | undefined;
	let again = false;
	let failures = 0;
	let stopped = false;

	function soon(milliseconds: number): void {
		if (!stopped) timer ??= setTimeout(() => void run(), milliseconds);
	}

	async function once(): Promise<void> {
		const outcome = await work().catch(() => 'failed' as const);
		failures = outcome === 'failed' ? failures + 1 : 0;
		if (outcome === 'failed') soon(backoff(failures));
	}

	function run(): Promise<void> {
		clearTimeout(timer);
		timer = undefined;
		if (running) {
			again = true;
			return running;
		}
		running = (async () => {
			do {
				again = false;
				await once();
			} while (again && !stopped);
			running = undefined;
		})();
		return running;
	}

	return {
		run,
		soon,
		stop() {
			stopped = true;
			clearTimeout(timer);
			timer = undefined;
		},
	};
}

/** 2, 4, 8 … at most 60 seconds, each up to a quarter longer so that clients do not come in step. */
function defaultBackoff(failures: number): number {
	return Math.min(60_000, 1000 * 2 ** Math.min(failures, 6)) * (1 + Math.random() / 4);
}
