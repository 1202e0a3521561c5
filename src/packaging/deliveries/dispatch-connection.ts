import * as v from 'valibot';
import type { Language } from '#lib/course/language.ts';
import type { Progress } from '#lib/progress/progress.ts';

/** Our server lets nobody in; the message is for people, in a language of theirs. */
export class Refused extends Error {}

interface Launch {
	token: string;
	learner: string;
	look: boolean;
	language: Language;
}

/** What our server says at the beginning. `progress` is its own, reduced from its own events. */
const begun = v.object({
	learner: v.nullable(v.string()),
	bearer: v.nullable(v.string()),
	progress: v.pipe(
		v.looseObject({ lessons: v.record(v.string(), v.unknown()), seconds: v.number() }),
		v.transform((progress) => progress as unknown as Progress),
	),
	recent: v.array(v.string()),
});
export type Begun = v.InferOutput<typeof begun>;

export interface Connection {
	begun: Begun;
	/** The address of something of this dispatch: `events`. */
	path(name: string): string;
	/** Asks as this learner; a session that ran out is begun anew by itself. */
	fetch: typeof fetch;
}

/**
 * Begins a session with our server.
 *
 * @throws Refused with the reason; TypeError when the server cannot be reached
 */
export async function connect(launch: Launch): Promise<Connection> {
	const path = (name: string) => new URL(name, location.href).pathname;
	let bearer: string | null = null;

	async function begin(): Promise<Begun> {
		const response = await fetch(path('session'), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(launch),
		});
		if (!response.ok) throw await refusal(response);
		const given = v.parse(begun, await response.json());
		// Where the browser keeps our cookie, no script needs to hold what opens the record.
		bearer = (await isCookieKept(path('session'))) ? null : given.bearer;
		return given;
	}

	const ask: typeof fetch = (input, init) => {
		const headers = new Headers(init?.headers);
		if (bearer) headers.set('authorization', `Bearer ${bearer}`);
		return fetch(input, { ...init, headers });
	};

	return {
		begun: await begin(),
		path,
		async fetch(input, init) {
			const response = await ask(input, init);
			// 409: another learner has begun in this browser since.
			if (response.status !== 401 && response.status !== 409) return response;
			await begin();
			return ask(input, init);
		},
	};
}

/** A cookie is set by https only. */
async function isCookieKept(path: string): Promise<boolean> {
	if (location.protocol !== 'https:') return false;
	return (await fetch(path)).ok;
}

async function refusal(response: Response): Promise<Error> {
	const body: unknown = await response.json().catch(() => undefined);
	const said = v.safeParse(v.object({ message: v.string() }), body);
	return said.success ? new Refused(said.output.message) : new TypeError(String(response.status));
}
