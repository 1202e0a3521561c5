import { attachedBytes, attachmentsWith } from '../attachments.ts';
import { findStatement, findStatements, type Page, type Row } from '../find.ts';
import { may } from '../scopes.ts';
import type { Known } from './call.ts';
import { formatIn, inFormatAll } from './formats.ts';
import { toMultipart } from './multipart.ts';
import { flagParam, uuidParam } from './params.ts';
import { queryOf } from './query.ts';
import { Refusal, wrong } from './refusal.ts';
import { streamStatements, wantsStream } from './stream.ts';

/** What may stand beside the id of one statement. */
const BESIDE_ID = ['statementId', 'voidedStatementId', 'format', 'attachments'];

/** GET: one statement or a page of them (xAPI 1.0.3 Communication, section 2.1.3). */
export async function getStatements(call: Known): Promise<Response> {
	if (call.method === 'GET' && wantsStream(call)) return streamStatements(call);
	const format = formatIn(call);
	const withAttachments = flagParam(call, 'attachments');
	const id = uuidParam(call, 'statementId');
	const voidedId = uuidParam(call, 'voidedStatementId');
	if (id === undefined && voidedId === undefined) {
		const query = queryOf(call);
		const found = await findStatements(call.db, query);
		const { rows, next, texts } = await inFormatAll(
			call,
			format,
			withAttachments ? await thatFit(call, found) : found,
		);
		const more = next === undefined ? '' : moreOf(call, next);
		const json = `{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`;
		return answer(call, json, rows, withAttachments);
	}
	const other = [...call.params.keys()].find((name) => !BESIDE_ID.includes(name));
	if (other) throw wrong(other, 'has no meaning beside the id of one statement');
	if (id !== undefined && voidedId !== undefined)
		throw wrong('voidedStatementId', 'cannot stand beside statementId');
	const row = await findStatement(call.db, id ?? voidedId!);
	if (!row || row.isVoided !== (id === undefined) || !mayRead(call, row))
		throw new Refusal(
			404,
			`There is no ${id === undefined ? 'voided ' : ''}statement with this id.`,
		);
	const { texts } = await inFormatAll(call, format, { rows: [row] });
	const response = await answer(call, texts[0]!, [row], withAttachments);
	response.headers.set('last-modified', row.storedAt.toUTCString());
	return response;
}

function mayRead({ client, session }: Known, row: Row): boolean {
	if (session) return registrationIn(row) === session.registration;
	return may(client, 'readAny') || row.clientId === client.id;
}

function registrationIn({ body }: Row): string | undefined {
	const { context } = JSON.parse(body) as { context?: { registration?: string } };
	return context?.registration?.toLowerCase();
}

/** As much of a page as can be handed over with its attachments: what two requests bring, but one statement. */
async function thatFit({ db, limit }: Known, { rows, next }: Page): Promise<Page> {
	const bytes = await attachedBytes(
		db,
		rows.map(({ seq }) => seq),
	);
	let sum = 0;
	const end = rows.findIndex(({ seq }, at) => (sum += bytes.get(seq) ?? 0) > 2 * limit && at > 0);
	if (end === -1) return next === undefined ? { rows } : { rows, next };
	return { rows: rows.slice(0, end), next: rows[end - 1]!.seq };
}

/** Where the next page is: the same question, from where this page ends. */
function moreOf({ params, base }: Known, next: number): string {
	const query = new URLSearchParams([...params].filter(([name]) => name !== 'cursor'));
	query.set('cursor', String(next));
	return `${base}/statements?${query}`;
}

async function answer(
	{ db }: Known,
	json: string,
	rows: Row[],
	withAttachments: boolean,
): Promise<Response> {
	if (!withAttachments)
		return new Response(json, { headers: { 'content-type': 'application/json' } });
	const attachments = await attachmentsWith(
		db,
		rows.map(({ seq }) => seq),
	);
	const { body, contentType } = toMultipart(json, attachments);
	return new Response(new Uint8Array(body), {
		headers: { 'content-type': contentType, 'content-disposition': 'attachment' },
	});
}
