import * as v from 'valibot';

/**
 * What a thin package in an LMS and our player inside its frame say to each other.
 *
 * Thin packages stay in LMSs for years, so they know no more than this: they hand on what the LMS
 * answers and write what they are told to. Everything that a course or a version of SCORM asks for is
 * the player's business. A later version may add kinds of requests; it must go on answering these.
 *
 * 1. The player tells the page around it that it is there: `ready`, by `postMessage`.
 * 2. The package answers to the player's exact origin with `hello` and a MessagePort.
 * 3. On the port the player asks, one request at a time, each with the next number, and asks again
 *    until it is answered; the package answers each number and carries it out once.
 */
export const VERSION = 1;

const version = v.literal(VERSION);
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** The longest value of any element: suspend data of SCORM 2004. */
const LONGEST = 64_000;
/** An element of the data model, `cmi.core.score.raw`: nothing else of the LMS is to be reached. */
const element = v.pipe(
	v.string(),
	v.maxLength(255),
	v.regex(/^(?:cmi|adl)(?:\.[a-z0-9_]+)+$/i, 'is no element'),
);
const fields = v.pipe(
	v.array(v.tuple([element, v.pipe(v.string(), v.maxLength(LONGEST))])),
	v.maxLength(200),
);

export const ready = v.object({ v: version, kind: v.literal('ready') });

export const hello = v.object({
	v: version,
	kind: v.literal('hello'),
	scorm: v.picklist(['scorm12', 'scorm2004']),
	/** What lets this package in. */
	token: v.pipe(v.string(), v.maxLength(100)),
});

export const request = v.variant('kind', [
	v.object({
		v: version,
		seq,
		kind: v.literal('get'),
		elements: v.pipe(v.array(element), v.maxLength(200)),
	}),
	v.object({
		v: version,
		seq,
		kind: v.literal('set'),
		/** To be written in this order, then committed. */
		fields,
		/** To be written last of all, when the learner goes. */
		leaving: fields,
	}),
]);

export const answer = v.variant('kind', [
	/** Done; a `set` is stored, since the LMS has confirmed its commit. */
	v.object({
		v: version,
		seq,
		kind: v.literal('done'),
		values: v.optional(v.record(v.string(), v.string())),
	}),
	/** The LMS refused or was not there; `reason` is its own word for it. */
	v.object({ v: version, seq, kind: v.literal('failed'), reason: v.string() }),
]);

export type Hello = v.InferOutput<typeof hello>;
export type Request = v.InferOutput<typeof request>;
export type Answer = v.InferOutput<typeof answer>;
export type Fields = v.InferOutput<typeof fields>;
