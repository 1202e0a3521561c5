/** What this device remembers of a learner's record, for an LMS that forgets, refuses or cuts it off. */
interface Remembered {
	/** The newest suspend data, whole. */
	data: string;
	/** What the LMS said it took, last; undefined before it took anything. */
	sent?: string | undefined;
	/** Marks of everything that the LMS held or was given on the way here, oldest first. */
	known: string[];
	/** When it was written, in milliseconds since 1970. */
	at: number;
}

/** What the LMS gave at launch. */
export interface Given {
	/** Suspend data; '' when it has none. */
	data: string;
	/** Whether it says that this goes on an attempt that was begun before. */
	resumes: boolean;
}

export interface DeviceCopy {
	/** What to go on from instead of what the LMS gave; undefined when the LMS is to be believed. */
	instead(given: Given): string | undefined;
	/** Keeps the newest state. */
	keep(data: string): void;
	/** The LMS is given this, which may hold less than was kept: whatever it answers, it may have it then. */
	give(text: string): void;
	/** The LMS says that it took it. */
	confirm(text: string): void;
}

export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** The learner's own computer or a shared one: nothing stays for longer than an LMS needs to fail. */
const DAYS = 30;
const DAY = 86_400_000;
/** Marks that are remembered: some hours of work. */
const MARKS = 500;

/**
 * The copy of one learner's record of one course on this device. Until the LMS has taken what was
 * done, the copy is all there is; after that it stays for a while, since LMSs lose what they said
 * they took. It is gone on from when the LMS
 *
 * - gives something that this device knows to be older: the LMS lost what came after;
 * - gives the beginning of what it took: it cuts off;
 * - gives nothing, though it says that the attempt goes on, or though it never took anything.
 *
 * It gives way when the LMS gives anything else (the learner was at another computer), and when a
 * new attempt begins with nothing, which is how an LMS begins anew.
 *
 * @param key names learner and course; undefined when people cannot be told apart: nothing is kept
 */
export function deviceCopy(
	shelf: Shelf | undefined,
	key: string | undefined,
	now: () => number,
): DeviceCopy {
	let known: string[] = [];
	let sent: string | undefined;
	let newest = '';

	function read(): Remembered | undefined {
		try {
			const found = key ? parsed(shelf?.getItem(key) ?? null) : undefined;
			return isOld(found, now()) ? undefined : found;
		} catch {
			// Storage that is forbidden or holds something else: as if there was nothing.
			return undefined;
		}
	}

	function write(): void {
		if (!key) return;
		const remembered: Remembered = { data: newest, sent, known, at: now() };
		try {
			shelf?.setItem(key, JSON.stringify(remembered));
		} catch {
			// A full or forbidden storage is no trouble as long as the LMS takes the data.
			return;
		}
	}

	return {
		instead(given) {
			const found = read();
			const isOurs = found !== undefined && comesAfter(given, found);
			const before = isOurs ? found.known : [];
			sent = isOurs ? found.sent : given.data || undefined;
			known = [...before, mark(given.data)];
			newest = isOurs ? found.data : given.data;
			return newest === given.data ? undefined : newest;
		},
		keep(data) {
			newest = data;
			write();
		},
		give(text) {
			const marked = mark(text);
			if (known.at(-1) === marked) return;
			known = [...known, marked].slice(-MARKS);
			write();
		},
		confirm(text) {
			sent = text;
			write();
		},
	};
}

/**
 * Removes the copies that are too old, whosever they are.
 *
 * @param owns whether a key is one of a copy
 */
export function forgetOld(shelf: Storage, owns: (key: string) => boolean, now: number): void {
	try {
		const keys = Array.from({ length: shelf.length }, (_, n) => shelf.key(n)!).filter(owns);
		for (const key of keys) if (isOld(parsed(shelf.getItem(key)), now)) shelf.removeItem(key);
	} catch {
		return;
	}
}

function isOld(remembered: Remembered | undefined, now: number): boolean {
	return remembered !== undefined && now - remembered.at >= DAYS * DAY;
}

function comesAfter({ data, resumes }: Given, { sent, known }: Remembered): boolean {
	if (data === '') return resumes || sent === undefined;
	return known.includes(mark(data)) || (sent ?? '').startsWith(data);
}

function parsed(text: string | null): Remembered | undefined {
	return remembers(JSON.parse(text ?? 'null'));
}

function remembers(value: unknown): Remembered | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const { base, data, sent, known, at } = value as Record<string, unknown>;
	// As earlier packages kept it: what the LMS had, and what came after.
	if (typeof base === 'string' && typeof data === 'string')
		return { data, sent: base || undefined, known: [mark(base)], at: Date.now() };
	if (typeof data !== 'string' || typeof at !== 'number' || !Array.isArray(known)) return undefined;
	return {
		data,
		...(typeof sent === 'string' ? { sent } : {}),
		known: known.filter((one) => typeof one === 'string'),
		at,
	};
}

/** Tells texts apart: two hashes of 32 bits (FNV-1a, with two primes). */
function mark(text: string): string {
	let [a, b] = [0x811c9dc5, 0xc9dc5118];
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		a = Math.imul(a ^ unit, 0x01000193);
		b = Math.imul(b ^ unit, 0x85ebca6b);
	}
	return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
