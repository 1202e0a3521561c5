import * as v from 'valibot';
import type { ScormApi } from '../scorm/api.ts';
import { request, VERSION, type Answer, type Fields, type Request } from './protocol.ts';

export interface Answering {
	/**
	 * What to answer to a message; undefined for what is no request, or one that was overtaken. A
	 * request that comes twice gets the answer of the first time and is not carried out again.
	 */
	take(message: unknown): Answer | undefined;
	/** What is to be written when the learner goes. */
	readonly leaving: Fields;
}

/** The package's side of the protocol, for one port. */
export function answering(lms: Pick<ScormApi, 'get' | 'set' | 'commit'>): Answering {
	let last: Answer | undefined;
	let leaving: Fields = [];

	function carryOut(wanted: Request): Answer {
		const { seq } = wanted;
		if (wanted.kind === 'get') {
			const values = Object.fromEntries(wanted.elements.map((one) => [one, lms.get(one)]));
			return { v: VERSION, seq, kind: 'done', values };
		}
		leaving = wanted.leaving;
		let reason: string | undefined;
		// One value that is refused is no reason to withhold the others.
		for (const [element, value] of wanted.fields)
			reason = lms.set(element, value)?.reason ?? reason;
		reason = lms.commit()?.reason ?? reason;
		return reason === undefined
			? { v: VERSION, seq, kind: 'done' }
			: { v: VERSION, seq, kind: 'failed', reason };
	}

	return {
		get leaving() {
			return leaving;
		},
		take(message) {
			const parsed = v.safeParse(request, message);
			if (!parsed.success) return undefined;
			const { seq } = parsed.output;
			if (last && seq < last.seq) return undefined;
			if (last?.seq !== seq) last = carryOut(parsed.output);
			return last;
		},
	};
}
