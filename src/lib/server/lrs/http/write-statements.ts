import { judgeFor } from '../../cmi5/judge.ts';
import { authorityOf } from '../own-statements.ts';
import { may } from '../scopes.ts';
import { storeStatements, type Author, type Received } from '../store.ts';
import type { Known } from './call.ts';
import { uuidParam } from './params.ts';
import { receive, withId, type Brought } from './receive.ts';
import { wrong } from './refusal.ts';

/** PUT: one statement, under an id that the sender chooses (xAPI 1.0.3 Communication, section 2.1.1). */
export async function putStatement(call: Known): Promise<Response> {
	const id = uuidParam(call, 'statementId')!;
	const brought = await receive(call);
	if (brought.isList)
		throw wrong('body', 'must be one statement; a list of statements is sent by POST');
	await store(call, brought, [withId(brought.received[0]!, id)]);
	return new Response(null, { status: 204 });
}

/** POST: one statement or many, all or none (section 2.1.2). */
export async function postStatements(call: Known): Promise<Response> {
	const brought = await receive(call);
	const ids = await store(call, brought, brought.received);
	// Random ids do not get smaller: compressing them would cost as much as checking the statements.
	return Response.json(ids, { headers: { 'cache-control': 'no-store, no-transform' } });
}

async function store(
	{ db, client, session, version }: Known,
	{ attachments, isList }: Brought,
	received: Received[],
): Promise<string[]> {
	if (received.length === 0) return [];
	const author: Author = {
		clientId: client.id,
		authority: authorityOf(client.id, client.name),
		mayVoidAny: may(client, 'voidAny'),
		mayDefine: may(client, 'define'),
	};
	const judge = session && judgeFor(session, isList);
	return storeStatements(db, author, version, received, { attachments, judge });
}
