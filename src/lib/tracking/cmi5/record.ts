import * as v from 'valibot';
import { isWell, type Answer, type Lrs } from '../xapi/lrs.ts';
import { positive, readJson, text } from '../forms.ts';
import type { Launch } from './launch.ts';
import { stateOf } from './launch-data.ts';

const STATE = 'progress';

/** The document of ours that the LMS keeps for this learner and registration. */
const document = v.looseObject({
	v: v.custom<1>((value) => value === 1),
	/** As suspend data. */
	progress: text,
	/** Seconds in earlier visits. */
	seconds: positive,
	/** What the LMS has been told once and for all. */
	said: v.array(v.custom<Once>((value) => ONCE.some((one) => one === value))),
});
/** What may be said once a registration ("cmi5", section 9.3). */
export const ONCE = ['completed', 'passed'] as const;
export type Once = (typeof ONCE)[number];
export interface Document {
	v: 1;
	progress: string;
	seconds: number;
	said: Once[];
}

export interface LmsRecord {
	/** The document on record; an empty one where there is none that can be read. Undefined when nobody answers. */
	read(): Promise<Document | undefined>;
	/**
	 * Writes over the document that was read or written last.
	 *
	 * @returns `superseded` when somebody else wrote in the meantime
	 */
	write(document: Document): Promise<'written' | 'superseded' | Answer>;
	/** Writes while the page goes away, without waiting. */
	writeLast(document: Document): void;
}

/** Progress as a state document (xAPI 1.0.3 Communication, section 2.3), guarded by its version where there is one. */
export function lmsRecord(lrs: Lrs, launch: Launch): LmsRecord {
	const params = stateOf(launch, STATE);
	let etag: string | undefined;
	/** What is there as far as we know, and what may be there by now. */
	const ours = { known: '', attempted: '' };

	async function get(): Promise<Answer> {
		const answer = await lrs.ask('activities/state', { method: 'GET', params });
		etag = strong(answer.etag);
		return answer;
	}

	const put = (body: string) =>
		lrs.ask('activities/state', {
			method: 'PUT',
			params,
			body,
			...(etag === undefined ? {} : { ifMatch: etag }),
		});

	async function write(body: string): Promise<'written' | 'superseded' | Answer> {
		let answer = await put(body);
		if (etag !== undefined && (answer.status === 412 || answer.status === 409)) {
			const there = await get();
			// Our own words: their confirmation was lost on the way, or the versions mean nothing here.
			if (![ours.known, ours.attempted].includes(there.body)) return 'superseded';
			etag = undefined;
			answer = await put(body);
		}
		ours.attempted = body;
		if (!isWell(answer)) return answer;
		ours.known = body;
		// Some stores name the new version at once; the others are asked.
		if (etag !== undefined) etag = strong(answer.etag) ?? strong((await get()).etag);
		return 'written';
	}

	return {
		async read() {
			const answer = await get();
			if (answer.status === 404) return EMPTY;
			if (!isWell(answer)) return undefined;
			ours.known = answer.body;
			return readJson(document, answer.body) ?? EMPTY;
		},
		write: (next) => write(JSON.stringify(next)),
		writeLast(next) {
			// Whatever is on its way may change the version: the last word is said whatever is there.
			const body = JSON.stringify(next);
			void lrs.ask('activities/state', { method: 'PUT', params, body, keepalive: true });
		},
	};
}

/** Weak versions match nothing (RFC 9110, section 13.1.1); proxies that pack answers make them. */
const strong = (etag: string | undefined) => (etag?.startsWith('W/') ? undefined : etag);

const EMPTY: Document = { v: 1, progress: '', seconds: 0, said: [] };
