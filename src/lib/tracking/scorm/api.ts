/**
 * The LMS's side of SCORM: "SCORM Run-Time Environment" 1.2, section 3.3, and 2004, section 3. The
 * two differ in the names of the object and of its functions. All values are strings.
 */
const NAMES = {
	scorm12: {
		object: 'API',
		initialize: 'LMSInitialize',
		finish: 'LMSFinish',
		get: 'LMSGetValue',
		set: 'LMSSetValue',
		commit: 'LMSCommit',
		lastError: 'LMSGetLastError',
		errorString: 'LMSGetErrorString',
	},
	scorm2004: {
		object: 'API_1484_11',
		initialize: 'Initialize',
		finish: 'Terminate',
		get: 'GetValue',
		set: 'SetValue',
		commit: 'Commit',
		lastError: 'GetLastError',
		errorString: 'GetErrorString',
	},
} as const;
export type ScormVersion = keyof typeof NAMES;

/** The LMS's object, whatever it is made of. */
export type RawApi = Record<string, (...args: string[]) => unknown>;

/** Far more frames than anybody nests; stops where frames are their own parents in circles. */
const MAX_HOPS = 500;

/**
 * The LMS's API object: in this window or one of its parents, else in the window that opened this
 * one (or its opener's frame set) or one of its parents. Frames of other origins are passed over.
 */
export function findScormApi(start: Window, version: ScormVersion): RawApi | undefined {
	const seen = new Set<Window>();
	const starts: (Window | undefined)[] = [start, openerOf(start), openerOf(topOf(start))];
	for (const one of starts) {
		const found = one && climb(one, version, seen);
		if (found) return found;
	}
	return undefined;
}

function climb(start: Window, version: ScormVersion, seen: Set<Window>): RawApi | undefined {
	let at: Window | undefined = start;
	for (let hops = 0; at && hops <= MAX_HOPS && !seen.has(at); hops++) {
		seen.add(at);
		const api = apiIn(at, version);
		if (api) return api;
		at = parentOf(at);
	}
	return undefined;
}

function apiIn(frame: Window, version: ScormVersion): RawApi | undefined {
	const { object, initialize } = NAMES[version];
	try {
		const api = (frame as unknown as Record<string, RawApi | null | undefined>)[object];
		return api && typeof api[initialize] !== 'undefined' ? api : undefined;
	} catch {
		return undefined;
	}
}

function parentOf(frame: Window): Window | undefined {
	try {
		return frame.parent === frame ? undefined : frame.parent;
	} catch {
		return undefined;
	}
}

function topOf(frame: Window): Window {
	try {
		return frame.top ?? frame;
	} catch {
		return frame;
	}
}

function openerOf(frame: Window): Window | undefined {
	try {
		return (frame.opener as Window | null) ?? undefined;
	} catch {
		return undefined;
	}
}

/**
 * What went wrong in a call. `refused`: the LMS answers, and does not take it; `ended`: it has closed
 * the session; `gone`: it does not answer, or could not store anything.
 */
export interface Failure {
	kind: 'refused' | 'ended' | 'gone';
	/** The LMS's own words and its code. */
	reason: string;
	code: string;
}

/** Error codes (RTE 1.2, section 3.3.4; 2004, section 3.1.7). */
export const ERROR = {
	/** Arguments, elements and values that are wrong, now and later. */
	final: /^(?:20[1-3]|351|40[1-8])$/,
	/** The element is optional, and this LMS does without it. */
	notThere: /^40[12]$/,
	/** Not initialized, or terminated. */
	ended: /^(?:301|1[1-4][23])$/,
	/** Initialized before, by an earlier page in the same frame: 1.2 has no word of its own for it. */
	openAlready: /^10[13]$/,
};

export interface ScormApi {
	initialize(): Failure | undefined;
	set(element: string, value: string): Failure | undefined;
	commit(): Failure | undefined;
	finish(): Failure | undefined;
	/** '' for what the LMS does not know. */
	get(element: string): string;
}

const LONGEST_REASON = 120;

/** A value of the data model; '' for whatever else an LMS may give, also for nothing put into words. */
function said(value: unknown): string {
	const isValue = ['string', 'number', 'boolean'].includes(typeof value);
	const text = isValue ? String(value) : '';
	return /^(?:null|undefined|NaN|\[object \w+\])$/.test(text) ? '' : text;
}

/** Calls that never throw. */
export function guarded(api: RawApi, version: ScormVersion): ScormApi {
	const names = NAMES[version];
	// Looked up at each call, and called on the object: some LMSs' functions need their `this`.
	const call = (name: keyof typeof names, ...args: string[]) => api[names[name]]!(...args);

	function failure(name: keyof typeof names): Failure {
		try {
			const code = said(call('lastError')).trim();
			const words = said(call('errorString', code)).slice(0, LONGEST_REASON);
			const kind = ERROR.ended.test(code) ? 'ended' : name === 'set' ? 'refused' : 'gone';
			return { kind, code, reason: [words, code && `(${code})`].filter(Boolean).join(' ') };
		} catch (error) {
			return gone(error);
		}
	}
	function gone(error: unknown): Failure {
		const reason = error instanceof Error ? error.message : said(error);
		return { kind: 'gone', code: '', reason };
	}
	function did(name: keyof typeof names, ...args: string[]): Failure | undefined {
		try {
			// Some LMSs answer with a boolean or a number where the specification asks for a string.
			return /^(?:true|1)$/i.test(said(call(name, ...args))) ? undefined : failure(name);
		} catch (error) {
			return gone(error);
		}
	}
	return {
		initialize: () => did('initialize', ''),
		set: (element, value) => did('set', element, value),
		commit: () => did('commit', ''),
		finish: () => did('finish', ''),
		get(element) {
			try {
				return said(call('get', element));
			} catch {
				return '';
			}
		},
	};
}
