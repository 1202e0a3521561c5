import * as v from 'valibot';
import { agentKey, isLanguageTag } from '#lib/xapi/rules/index.ts';
import type { Known } from '../lrs/http/call.ts';
import { agentParam } from '../lrs/http/params.ts';
import { Refusal, wrong } from '../lrs/http/refusal.ts';
import { wantsStream } from '../lrs/http/stream.ts';
import { notePreferences, type Asking } from './sessions.ts';

const LAUNCH_DATA = 'LMS.LaunchData';
const PREFERENCES = 'cmi5LearnerPreferences';

/** What a learner's preferences hold (cmi5, section 11). */
const preferences = v.object({
	languagePreference: v.pipe(
		v.string(),
		v.check((text) => text.split(',').every((tag) => isLanguageTag(tag.trim()))),
	),
	audioPreference: v.picklist(['on', 'off']),
});

/**
 * Holds a request to what a session may ask of the record store: statements of its registration, state
 * of its unit, learner and registration, and the learner's preferences.
 *
 * @returns the request, narrowed where it asked for more
 * @throws Refusal 403 for what is not the session's, 400 for preferences that are none
 */
export async function confine(call: Known, session: Asking): Promise<Known> {
	switch (call.resource) {
		case 'statements':
			return call.method === 'GET' || call.method === 'HEAD' ? ofRegistration(call, session) : call;
		case 'activities/state':
			checkState(call, session);
			return call;
		case 'agents/profile':
			return profile(call, session);
		case 'agents':
			checkAgent(call, session);
			return call;
		case 'activities':
			return call;
		default:
			throw notYours('this resource');
	}
}

function notYours(what: string): Refusal {
	return new Refusal(403, `The token of a cmi5 session opens nothing else than its own: ${what}.`);
}

function ofRegistration(call: Known, session: Asking): Known {
	const { params } = call;
	// It would outlive the session.
	if (wantsStream(call)) throw notYours('no streams');
	if (params.has('statementId') || params.has('voidedStatementId')) return call;
	const asked = params.get('registration');
	if (asked !== undefined && asked.toLowerCase() !== session.registration)
		throw notYours('registration');
	if (params.has('agent')) checkAgent(call, session);
	return { ...call, params: new Map([...params, ['registration', session.registration]]) };
}

function checkAgent(call: Known, session: Asking): void {
	const agent = agentParam(call, 'agent');
	if (agent === undefined || agentKey(agent) !== agentKey(session.actor)) throw notYours('agent');
}

function checkState(call: Known, session: Asking): void {
	const { params, method } = call;
	checkAgent(call, session);
	if (params.get('activityId') !== session.activityId) throw notYours('activityId');
	if (params.get('registration')?.toLowerCase() !== session.registration)
		throw notYours('registration');
	const isReading = method === 'GET' || method === 'HEAD';
	// Taking all state away would take the launch data, too.
	if (!isReading && (params.get('stateId') ?? LAUNCH_DATA) === LAUNCH_DATA)
		throw new Refusal(403, `cmi5 10.2.1.0-5: a unit may not change or delete ${LAUNCH_DATA}.`);
}

async function profile(call: Known, session: Asking): Promise<Known> {
	checkAgent(call, session);
	const name = call.params.get('profileId');
	if (name !== PREFERENCES) throw notYours(`the agent profile ${PREFERENCES}`);
	if (call.method === 'GET' || call.method === 'HEAD') {
		if (!session.hasPreferences) await notePreferences(call.db, session.id);
		return call;
	}
	if (call.method === 'DELETE') throw notYours('to read and to change preferences');
	const body = await call.body();
	if (!v.is(preferences, parsed(body)))
		throw wrong(
			'body',
			'cmi5 11.0.0.0-5: must be JSON with languagePreference (language tags, separated by commas) and audioPreference (on or off)',
		);
	return { ...call, body: () => Promise.resolve(body) };
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}
