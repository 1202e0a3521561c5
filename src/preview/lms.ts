import type { Cmi, ScormFormat } from '#lib/preview/cmi.ts';
import { complaint, flat } from '#lib/preview/cmi.ts';
import type { Call, Trouble } from '#lib/preview/recorder.ts';

/** The LMS's object: "SCORM Run-Time Environment" 1.2, section 3.3; 2004, section 3. */
type Api = Record<string, (...given: string[]) => unknown>;

interface Version {
	object: 'API' | 'API_1484_11';
	functions: string[];
	lastError: string;
	errorString: string;
	set: string;
	/** Those after which the LMS has stored something. */
	store: string[];
	load: () => Promise<Engine>;
}
/** What is used of scorm-again. */
interface Inner {
	loadFromFlattenedJSON(json: Cmi): void;
	renderCMIToJSONObject(): { cmi?: unknown };
}

type Engine = new (settings: object) => Inner;

/** Its classes are exports by name, whatever its types say. */
function named(module: object, name: string): Engine {
	return (module as Record<string, Engine>)[name]!;
}

const bare = [
	'Initialize',
	'GetValue',
	'SetValue',
	'Commit',
	'GetLastError',
	'GetErrorString',
	'GetDiagnostic',
];
const VERSIONS: Record<ScormFormat, Version> = {
	scorm12: {
		object: 'API',
		functions: [...bare, 'Finish'].map((name) => `LMS${name}`),
		lastError: 'LMSGetLastError',
		errorString: 'LMSGetErrorString',
		set: 'LMSSetValue',
		store: ['LMSCommit', 'LMSFinish'],
		load: async () => named(await import('scorm-again/scorm12/min'), 'Scorm12API'),
	},
	scorm2004: {
		object: 'API_1484_11',
		functions: [...bare, 'Terminate'],
		lastError: 'GetLastError',
		errorString: 'GetErrorString',
		set: 'SetValue',
		store: ['Commit', 'Terminate'],
		load: async () => named(await import('scorm-again/scorm2004/min'), 'Scorm2004API'),
	},
};

export interface Lms {
	format: ScormFormat;
	/** What the learner has at launch. */
	cmi: Cmi;
	/** How the LMS fails at the moment. */
	trouble: () => Trouble;
	/** What it holds by now, for judging a value. */
	now: () => Cmi;
	/** Hears of every call after it was answered, with the data where they were stored. */
	heard: (call: Call, stored?: Cmi) => void;
}

/** General exception (101 in both versions), as an LMS without its server says it. */
const GENERAL = { error: '101', errorText: 'General exception' };

/**
 * Puts an LMS's object on a window, for the package in a frame of it. scorm-again answers; every call
 * is told on, with what it says by our own rules.
 */
export async function playLms(on: Window, lms: Lms): Promise<void> {
	const version = VERSIONS[lms.format];
	const Inner = await version.load();
	const inner = new Inner({ autocommit: false, mastery_override: true, logLevel: 5 });
	inner.loadFromFlattenedJSON(lms.cmi);
	const api = inner as unknown as Api;
	/** While the LMS is away it is its own refusal that a package may ask the reason of. */
	let lastRefused = false;

	function refused(name: string): string {
		if (name === version.lastError) return lastRefused ? GENERAL.error : '0';
		if (name === version.errorString) return GENERAL.errorText;
		lastRefused = true;
		return /Get/.test(name) ? '' : 'false';
	}

	function answer(name: string, given: string[]): string {
		// Calls convert what they are given, as a plug-in's functions did.
		const said = api[name]!(...given.map(String));
		return said === undefined || said === null ? '' : String(said);
	}

	function spoken(name: string, given: string[]): string {
		const trouble = lms.trouble();
		const [element, value] = given;
		const call: Call = {
			name,
			...(element === undefined || element === '' ? {} : { element: String(element) }),
			...(value === undefined ? {} : { value: String(value) }),
			error: '0',
			errorText: '',
		};
		if (name === version.set) {
			const reason = complaint(lms.format, String(element), String(value), lms.now());
			if (reason) call.complaint = reason;
		}
		if (trouble === 'throws') {
			lms.heard({ ...call, ...GENERAL });
			throw new Error('The LMS is away');
		}
		if (trouble === 'refuses') {
			const returned = refused(name);
			lms.heard({ ...call, returned, ...(/Error|Diagnostic/.test(name) ? {} : GENERAL) });
			return returned;
		}
		lastRefused = false;
		const returned = answer(name, given);
		const error = answer(version.lastError, []);
		const errorText = error === '0' ? '' : answer(version.errorString, [error]);
		const isStored = version.store.includes(name) && returned === 'true';
		const stored = isStored ? flat(inner.renderCMIToJSONObject().cmi) : undefined;
		lms.heard({ ...call, returned, error, errorText }, stored);
		return returned;
	}

	Object.assign(on, {
		[version.object]: Object.fromEntries(
			version.functions.map((name) => [name, (...given: string[]) => spoken(name, given)]),
		),
	});
}
