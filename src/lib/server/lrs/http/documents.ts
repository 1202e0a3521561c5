import {
	deleteDocument,
	deleteShelf,
	isJson,
	jsonIn,
	listDocuments,
	mergeDocument,
	putDocument,
	readDocument,
	type Name,
	type Precondition,
	type Shelf,
} from '../documents.ts';
import type { Known } from './call.ts';
import { preconditionOf } from './headers.ts';
import { agentParam, iriParam, timeParam, uuidParam } from './params.ts';
import { Refusal, wrong } from './refusal.ts';
import type { Methods } from './resource.ts';

/** A resource of documents: where they lie, and what names one of them. */
interface Kind {
	/** Parameters that every request has, and those that it may have. */
	takes: string[];
	/** The parameter that names a document. */
	name: 'stateId' | 'profileId';
	shelf(call: Known): Shelf;
	needs: { read: 'readState' | 'readProfile'; write: 'state' | 'profile' };
	/** Whether who puts a document must say what is there. */
	mustSay(call: Known): Precondition['mustSay'];
	/** Whether all may be taken away at once. */
	clears: boolean;
}

function documents(kind: Kind): Methods {
	const { takes, name, needs } = kind;
	const one = [...takes, `${name}!`];
	return {
		GET: {
			takes: [...takes, name, 'since'],
			needs: needs.read,
			answer: (call) => (call.params.has(name) ? read(kind, call) : list(kind, call)),
		},
		PUT: { takes: one, needs: needs.write, answer: (call) => write(kind, call, putDocument) },
		POST: { takes: one, needs: needs.write, answer: (call) => write(kind, call, mergeDocument) },
		DELETE: {
			takes: kind.clears ? [...takes, name] : one,
			needs: needs.write,
			answer: (call) => remove(kind, call),
		},
	};
}

function nameIn(kind: Kind, call: Known): Name {
	const name = call.params.get(kind.name) ?? '';
	if (name === '') throw wrong(kind.name, 'must not be empty');
	return { ...kind.shelf(call), name };
}

async function read(kind: Kind, call: Known): Promise<Response> {
	if (call.params.has('since'))
		throw wrong('since', `has no meaning beside ${kind.name}: it is for lists`);
	const found = await readDocument(call.db, nameIn(kind, call));
	if (!found) throw new Refusal(404, 'There is no such document.');
	return new Response(new Uint8Array(found.content), {
		headers: {
			'content-type': found.contentType,
			// To be kept as a file, never to be looked at as a page of ours.
			'content-disposition': 'attachment',
			etag: `"${found.etag}"`,
			'last-modified': found.updatedAt.toUTCString(),
		},
	});
}

async function list(kind: Kind, call: Known): Promise<Response> {
	const found = await listDocuments(call.db, kind.shelf(call), timeParam(call, 'since'));
	const last = found.at(-1)?.updatedAt;
	return Response.json(
		found.map(({ name }) => name),
		{ headers: last ? { 'last-modified': last.toUTCString() } : {} },
	);
}

async function write(
	kind: Kind,
	call: Known,
	store: typeof putDocument | typeof mergeDocument,
): Promise<Response> {
	const contentType = call.headers.get('content-type') ?? 'application/octet-stream';
	const content = await call.body();
	// Something that calls itself JSON and is none would only be found out by who reads it.
	if (isJson(contentType)) jsonIn(content, 'What was sent');
	const name = nameIn(kind, call);
	await store(call.db, name, { contentType, content }, preconditionOf(call, kind.mustSay(call)));
	return new Response(null, { status: 204 });
}

async function remove(kind: Kind, call: Known): Promise<Response> {
	if (call.params.has(kind.name))
		await deleteDocument(call.db, nameIn(kind, call), preconditionOf(call, 'never'));
	else await deleteShelf(call.db, kind.shelf(call));
	return new Response(null, { status: 204 });
}

const activityOf = (call: Known) => iriParam(call, 'activityId') ?? '';

export const state = documents({
	takes: ['activityId!', 'agent!', 'registration'],
	name: 'stateId',
	shelf(call) {
		const registration = uuidParam(call, 'registration');
		return {
			kind: 'state',
			activity: activityOf(call),
			agent: agentParam(call, 'agent'),
			...(registration === undefined ? {} : { registration }),
		};
	},
	needs: { read: 'readState', write: 'state' },
	// In 1.0.3 the last one to write wins: there state is one program's own (section 3.1).
	mustSay: ({ version }) => (version === '1.0.3' ? 'never' : 'old'),
	clears: true,
});

/** 1.0.3 wants it said even where nothing is there (section 3.1, "LRS requirements"). */
const profileMustSay = ({ version }: Known) => (version === '1.0.3' ? 'always' : 'old');

export const activityProfile = documents({
	takes: ['activityId!'],
	name: 'profileId',
	shelf: (call) => ({ kind: 'activity-profile', activity: activityOf(call) }),
	needs: { read: 'readProfile', write: 'profile' },
	mustSay: profileMustSay,
	clears: false,
});

export const agentProfile = documents({
	takes: ['agent!'],
	name: 'profileId',
	shelf: (call) => ({ kind: 'agent-profile', agent: agentParam(call, 'agent') }),
	needs: { read: 'readProfile', write: 'profile' },
	mustSay: profileMustSay,
	clears: false,
});
