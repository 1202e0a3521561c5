import type { Statement } from '#lib/xapi/statement.ts';
import { repeated } from '../again.ts';
import type { TrackerStatus } from '../tracker.ts';
import { bytesOf, isWell, reasonOf, type Answer, type Lrs } from './lrs.ts';
import { noStatementQueue, openStatementQueue, type StatementQueue } from './statement-queue.ts';

export interface SenderOptions {
	lrs: Lrs;
	/** Whose statements for which store these are: what an earlier visit left under it is taken up. */
	owner: string;
	/** A statement as it leaves, with what is known only then. */
	dress?: (statement: Statement) => unknown;
	queue?: () => Promise<StatementQueue>;
	/** Milliseconds before a failed sending is tried again, by number of failures. */
	backoff?: (failures: number) => number;
}

export interface StatementSender {
	/** Takes up what an earlier visit left. */
	open(): Promise<void>;
	/**
	 * Keeps statements until the store has them, on this device as far as it can.
	 *
	 * @param fleeting these mean nothing once this page is gone
	 */
	add(statements: Statement[], fleeting?: boolean): Promise<void>;
	/** Sends what waits. Resolves when it was sent or has failed. */
	flush(): Promise<void>;
	/**
	 * The last words while the page goes away: these, and before them what still waits, in one request.
	 *
	 * @param room bytes that the request may have; fleeting statements and the last words go first
	 */
	sayLast(statements: Statement[], room: number): void;
	readonly waiting: number;
	onstatus(listener: (status: TrackerStatus) => void): void;
	onsent(listener: (statements: Statement[]) => void): void;
	close(): void;
}

const BATCH = 50;
/** So little may be on its way while a page goes away without taking the room of the last words. */
const SMALL = 20_000;
/** Something is wrong with the statement, or might be. */
const FAULTS = [400, 403, 409, 413];

/**
 * Sends statements to a record store: in order, at most 50 at a time, again after failures. A batch
 * that is refused is halved until the statement at fault is alone; it is set aside and told of. A
 * store that lets nobody in is left alone until the next visit.
 */
export function statementSender(options: SenderOptions): StatementSender {
	const { lrs, owner } = options;
	const dress = options.dress ?? ((statement: Statement): unknown => statement);
	const waiting: Statement[] = [];
	const fleeting = new Set<string>();
	const statusListeners = new Set<(status: TrackerStatus) => void>();
	const sentListeners = new Set<(statements: Statement[]) => void>();
	let status: TrackerStatus = { state: 'idle' };
	let isLetIn = false;
	let barred = false;
	let refused: { count: number; reason: string } | undefined;
	let opened: Promise<StatementQueue> | undefined;
	const sending = repeated(sendAll, options.backoff);
	const wake = () => void sending.run();
	globalThis.addEventListener?.('online', wake);

	function queue(): Promise<StatementQueue> {
		opened ??= (options.queue ?? openStatementQueue)().catch(noStatementQueue);
		return opened;
	}

	function tell(next: TrackerStatus): void {
		status = next;
		statusListeners.forEach((listener) => listener(next));
	}

	async function sendAll(): Promise<'done' | 'failed' | 'given-up'> {
		while (waiting.length > 0) {
			if (barred) return 'given-up';
			tell({ state: 'saving' });
			const trouble = await bring(waiting.slice(0, BATCH));
			if (!trouble) continue;
			barred = trouble.status >= 400 && trouble.status < 500 && !isPassing(trouble);
			tell({ state: barred ? 'ended' : 'offline', waiting: waiting.length });
			return barred ? 'given-up' : 'failed';
		}
		if (refused) tell({ state: 'refused', ...refused });
		else if (status.state !== 'idle') tell({ state: 'saved' });
		return 'done';
	}

	/** What keeps statements from being taken; undefined when each of them has found its end. */
	async function bring(batch: Statement[]): Promise<Answer | undefined> {
		const body = JSON.stringify(batch.map(dress));
		const keepalive = bytesOf(body) <= SMALL;
		const answer = await lrs.ask('statements', { method: 'POST', body, keepalive });
		if (isWell(answer)) {
			isLetIn = true;
			await settle(batch);
			sentListeners.forEach((listener) => listener(batch));
			return undefined;
		}
		if (!FAULTS.includes(answer.status)) return answer;
		if (batch.length > 1) {
			const half = Math.ceil(batch.length / 2);
			return (await bring(batch.slice(0, half))) ?? bring(batch.slice(half));
		}
		// The store has one of this id: it was told before, on another occasion.
		if (answer.status === 409) {
			await settle(batch);
			sentListeners.forEach((listener) => listener(batch));
			return undefined;
		}
		if (answer.status === 403 && !isLetIn) return answer;
		await setAside(batch[0]!, reasonOf(answer));
		return undefined;
	}

	async function settle(batch: Statement[]): Promise<void> {
		forget(batch);
		await (await queue()).remove(batch.map(({ id }) => id)).catch(() => undefined);
	}

	async function setAside(statement: Statement, reason: string): Promise<void> {
		forget([statement]);
		refused = { count: (refused?.count ?? 0) + 1, reason: refused?.reason ?? reason };
		await (await queue()).refuse(statement.id, reason).catch(() => undefined);
	}

	function forget(batch: Statement[]): void {
		const ids = new Set(batch.map(({ id }) => id));
		const left = waiting.filter(({ id }) => !ids.has(id));
		waiting.splice(0, waiting.length, ...left);
	}

	return {
		async open() {
			const left = await (await queue()).waiting(owner).catch(() => []);
			const known = new Set(waiting.map(({ id }) => id));
			waiting.push(...left.filter(({ id }) => !known.has(id)));
		},
		async add(statements, passing = false) {
			const fresh = statements.filter(({ id }) => !waiting.some((one) => one.id === id));
			if (fresh.length === 0) return;
			waiting.push(...fresh);
			if (status.state === 'idle' || status.state === 'saved') tell({ state: 'saving' });
			if (passing) fresh.forEach(({ id }) => fleeting.add(id));
			else await (await queue()).add(owner, fresh).catch(() => undefined);
		},
		flush: () => sending.run(),
		sayLast(statements, room) {
			if (barred) return;
			const first = waiting.filter(({ id }) => fleeting.has(id));
			const chosen = fitting(waiting, new Set([...first, ...statements]), room, dress);
			const body = JSON.stringify([...chosen, ...statements].map(dress));
			if (body !== '[]') void lrs.ask('statements', { method: 'POST', body, keepalive: true });
		},
		get waiting() {
			return waiting.length;
		},
		onstatus(listener) {
			statusListeners.add(listener);
			listener(status);
		},
		onsent: (listener) => void sentListeners.add(listener),
		close() {
			sending.stop();
			globalThis.removeEventListener?.('online', wake);
		},
	};
}

/** Of what waits, in order, as much as there is room for beside what must go. */
function fitting(
	waiting: Statement[],
	musts: Set<Statement>,
	room: number,
	dress: (statement: Statement) => unknown,
): Statement[] {
	const sizeOf = (statement: Statement) => bytesOf(JSON.stringify(dress(statement))) + 1;
	let left = room - 2 - [...musts].reduce((sum, one) => sum + sizeOf(one), 0);
	return waiting.filter((statement) => {
		if (musts.has(statement)) return true;
		left -= sizeOf(statement);
		return left >= 0;
	});
}

/** Too slow, or too many: asks for patience. */
const isPassing = ({ status }: Answer) => status === 408 || status === 429;
