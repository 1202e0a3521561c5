import type { Cmi } from './cmi.ts';

/** How an LMS fails: it does not, it says no to everything, or its object throws. */
export const TROUBLES = ['none', 'refuses', 'throws'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** How a session began. */
export type Beginning = 'new' | 'resumed' | 'lost' | 'travelled';

/** A call that the package made of the LMS. */
export interface Call {
	/** `LMSSetValue`, `Commit` … */
	name: string;
	element?: string;
	value?: string;
	/** As a string; undefined when the call threw. */
	returned?: string;
	/** The LMS's error code after the call, `0` when there is none, and its words. */
	error: string;
	errorText: string;
	/** Why a strict LMS could refuse it, by our own rules. */
	complaint?: string;
}

/** What the recorder hears. Times are milliseconds since it began to listen. */
export type Happening =
	| { kind: 'launched'; at: number; title: string; how: Beginning; cmi: Cmi }
	| { kind: 'called'; at: number; call: Call; /** After a commit: the data as stored. */ cmi?: Cmi }
	| { kind: 'switched'; at: number; trouble: Trouble };

/** A point to which one can go back: the LMS had stored everything. */
export interface Commit {
	/** Which happening it was. */
	index: number;
	at: number;
	cmi: Cmi;
}

export interface Recording {
	happenings: readonly Happening[];
	/** What the LMS holds now, stored or not. */
	cmi: Cmi;
	commits: readonly Commit[];
	/** Whether the package still has a session open. */
	isOpen: boolean;
}

export const EMPTY: Recording = { happenings: [], cmi: {}, commits: [], isOpen: false };

const OPENS = /^(?:LMS)?Initialize$/;
const SETS = /^(?:LMS)?SetValue$/;
const STORES = /^(?:LMS)?(?:Commit|Finish)$|^Terminate$/;
const CLOSES = /^LMSFinish$|^Terminate$/;
export const isWriting = ({ name }: Call) => !/^(?:LMS)?Get/.test(name);

/** The recording with one more happening. What it holds is never changed, so that moments can be kept. */
export function record(before: Recording, happening: Happening): Recording {
	const recording = { ...before, happenings: [...before.happenings, happening] };
	switch (happening.kind) {
		case 'launched':
			return { ...recording, cmi: happening.cmi, isOpen: false };
		case 'switched':
			return recording;
		case 'called':
			return called(recording, happening);
	}
}

function called(
	recording: Recording,
	{ at, call, cmi: stored }: Extract<Happening, { kind: 'called' }>,
): Recording {
	if (call.returned !== 'true') return recording;
	if (OPENS.test(call.name)) return { ...recording, isOpen: true };
	if (SETS.test(call.name) && call.element !== undefined)
		return { ...recording, cmi: { ...recording.cmi, [call.element]: call.value ?? '' } };
	if (!STORES.test(call.name)) return recording;
	// The LMS may have thought for itself: "completed" with the score it asks for becomes "passed".
	const cmi = { ...recording.cmi, ...stored };
	const index = recording.happenings.length - 1;
	return {
		...recording,
		cmi,
		commits: [...recording.commits, { index, at, cmi }],
		isOpen: recording.isOpen && !CLOSES.test(call.name),
	};
}

/** What the LMS would give to the next session: nothing that was not stored. */
export function stored({ commits, happenings }: Recording): Cmi | undefined {
	const launch = happenings.findLastIndex(({ kind }) => kind === 'launched');
	const last = commits.at(-1);
	if (last && last.index > launch) return last.cmi;
	const begun = happenings[launch];
	return begun?.kind === 'launched' && begun.how !== 'new' ? begun.cmi : undefined;
}

/** The data at a commit, those that changed since the one before (or since the launch) by name. */
export function changesAt({ commits, happenings, cmi }: Recording, n?: number): Set<string> {
	const [now, before] =
		n === undefined ? [cmi, commits.at(-1)] : [commits[n]?.cmi ?? {}, commits[n - 1]];
	const index = n === undefined ? happenings.length : commits[n]!.index;
	const launched = happenings.findLastIndex(
		(one, at) => at < index && one.kind === 'launched' && at > (before?.index ?? -1),
	);
	const launch = happenings[launched];
	const base = launch?.kind === 'launched' ? launch.cmi : (before?.cmi ?? {});
	return new Set(Object.keys(now).filter((element) => now[element] !== base[element]));
}
