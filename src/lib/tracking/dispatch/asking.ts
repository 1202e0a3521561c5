import * as v from 'valibot';
import { answer, VERSION, type Answer, type Fields, type Request } from './protocol.ts';

/** The part of a MessagePort that is needed. */
export type Port = Pick<MessagePort, 'postMessage' | 'onmessage'>;

export interface AskingOptions {
	/** Milliseconds after which a request that was not answered is sent again. */
	again?: number;
	/** Milliseconds before a write that failed is tried again, by number of failures. */
	backoff?: (failures: number) => number;
}

/** How writing goes. `failed` is tried again by itself. */
export type Written =
	{ state: 'writing' } | { state: 'written' } | { state: 'failed'; reason: string };

export interface Asking {
	/** What the LMS has; '' for what it does not know. Waits as long as it takes. */
	get(elements: string[]): Promise<Record<string, string>>;
	/**
	 * Has values written, the latest ones if there are newer ones by then: what is written is a state,
	 * so that the last one says it all.
	 */
	set(fields: Fields, leaving: Fields): void;
	/** Calls at each change; `written` once nothing is left to be. */
	onwritten(listener: (written: Written) => void): void;
}

type Wanted =
	| Omit<Extract<Request, { kind: 'get' }>, 'v' | 'seq'>
	| Omit<Extract<Request, { kind: 'set' }>, 'v' | 'seq'>;

/** The player's side of the protocol, on one port. */
export function asking(port: Port, options: AskingOptions = {}): Asking {
	const again = options.again ?? 3000;
	const backoff = options.backoff ?? ((failures) => Math.min(60_000, 1000 * 2 ** failures));
	let seq = 0;
	let underWay: { request: Request; settle: (answer: Answer) => void } | undefined;
	let resend: ReturnType<typeof setTimeout> | undefined;
	const queue: { wanted: Wanted; settle: (answer: Answer) => void }[] = [];
	let latest: { fields: Fields; leaving: Fields } | undefined;
	let failures = 0;
	let retry: ReturnType<typeof setTimeout> | undefined;
	const listeners = new Set<(written: Written) => void>();
	const tell = (written: Written) => listeners.forEach((listener) => listener(written));

	port.onmessage = ({ data }: MessageEvent<unknown>) => {
		const parsed = v.safeParse(answer, data);
		if (!parsed.success || parsed.output.seq !== underWay?.request.seq) return;
		const { settle } = underWay;
		clearTimeout(resend);
		underWay = undefined;
		settle(parsed.output);
		next();
	};

	function send(): void {
		if (!underWay) return;
		port.postMessage(underWay.request);
		resend = setTimeout(send, again);
	}

	function next(): void {
		if (underWay) return;
		const first = queue.shift() ?? writing();
		if (!first) return;
		seq += 1;
		const request = { ...first.wanted, v: VERSION, seq } as Request;
		underWay = { request, settle: first.settle };
		send();
	}

	/** The newest state, unless a failed one waits for its time. */
	function writing(): { wanted: Wanted; settle: (answer: Answer) => void } | undefined {
		if (!latest || retry !== undefined) return undefined;
		const wanted = latest;
		latest = undefined;
		return { wanted: { kind: 'set', ...wanted }, settle: (given) => settleWrite(wanted, given) };
	}

	function settleWrite(wanted: typeof latest, given: Answer): void {
		if (given.kind === 'done') {
			failures = 0;
			return tell({ state: latest ? 'writing' : 'written' });
		}
		latest ??= wanted;
		failures += 1;
		tell({ state: 'failed', reason: given.reason });
		retry = setTimeout(() => {
			retry = undefined;
			next();
		}, backoff(failures));
	}

	return {
		get: (elements) =>
			new Promise((resolve) => {
				const settle = (given: Answer) => resolve((given.kind === 'done' && given.values) || {});
				queue.push({ wanted: { kind: 'get', elements }, settle });
				next();
			}),
		set(fields, leaving) {
			latest = { fields, leaving };
			if (failures === 0) tell({ state: 'writing' });
			next();
		},
		onwritten: (listener) => void listeners.add(listener),
	};
}
