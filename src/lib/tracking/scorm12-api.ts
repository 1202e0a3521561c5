/** The LMS's side of SCORM 1.2: "SCORM Run-Time Environment" 1.2, section 3.3. All values are strings. */
export interface Scorm12Api {
	LMSInitialize(nothing: ''): unknown;
	LMSFinish(nothing: ''): unknown;
	LMSGetValue(element: string): unknown;
	LMSSetValue(element: string, value: string): unknown;
	LMSCommit(nothing: ''): unknown;
	LMSGetLastError(): unknown;
	LMSGetErrorString(code: string): unknown;
}

/** Far more frames than anybody nests; stops where frames are their own parents in circles. */
const MAX_HOPS = 500;

/**
 * The LMS's API object: in this window or one of its parents, else in the window that opened this
 * one (or its opener's frame set) or one of its parents. Frames of other origins are passed over.
 */
export function findScorm12Api(start: Window): Scorm12Api | undefined {
	const seen = new Set<Window>();
	const starts: (Window | undefined)[] = [start, openerOf(start), openerOf(topOf(start))];
	for (const one of starts) {
		const found = one && climb(one, seen);
		if (found) return found;
	}
	return undefined;
}

function climb(start: Window, seen: Set<Window>): Scorm12Api | undefined {
	let at: Window | undefined = start;
	for (let hops = 0; at && hops <= MAX_HOPS && !seen.has(at); hops++) {
		seen.add(at);
		const api = apiIn(at);
		if (api) return api;
		at = parentOf(at);
	}
	return undefined;
}

function apiIn(frame: Window): Scorm12Api | undefined {
	try {
		const { API } = frame as Window & { API?: Scorm12Api | null };
		return API && typeof API.LMSInitialize !== 'undefined' ? API : undefined;
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

/** What went wrong in a call: `gone` when the LMS's window does not answer at all. */
export interface Failure {
	code: string;
	reason: string;
	gone: boolean;
}

/** Calls that never throw. */
export function guarded(api: Scorm12Api) {
	function failure(): Failure {
		try {
			const code = String(api.LMSGetLastError());
			return { code, reason: `${api.LMSGetErrorString(code)} (${code})`, gone: false };
		} catch (error) {
			return gone(error);
		}
	}
	function gone(error: unknown): Failure {
		return { code: '', reason: error instanceof Error ? error.message : String(error), gone: true };
	}
	function did(call: () => unknown): Failure | undefined {
		try {
			// Some LMSs answer with a boolean where the specification asks for a string.
			return String(call()) === 'true' ? undefined : failure();
		} catch (error) {
			return gone(error);
		}
	}
	return {
		initialize: () => did(() => api.LMSInitialize('')),
		set: (element: string, value: string) => did(() => api.LMSSetValue(element, value)),
		commit: () => did(() => api.LMSCommit('')),
		finish: () => did(() => api.LMSFinish('')),
		/** '' for what the LMS does not know. */
		get(element: string): string {
			try {
				const value = api.LMSGetValue(element);
				return value === undefined || value === null ? '' : String(value);
			} catch {
				return '';
			}
		},
	};
}
