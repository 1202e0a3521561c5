import { activitiesIn, agentKey, inFormat } from '#lib/xapi/rules/index.ts';
import type { Findable } from '../index-terms.ts';
import { attachedBytes, attachmentsWith } from '../attachments.ts';
import { findStatement, findStatements, type Page, type Query, type Row } from '../find.ts';
import { definitionsOf } from '../known.ts';
import { textOf, valueOf } from '../own-statements.ts';
import { may } from '../scopes.ts';
import type { Known } from './call.ts';
import { languagesWanted } from './headers.ts';
import { toMultipart } from './multipart.ts';
import { agentParam, countParam, flagParam, iriParam, timeParam, uuidParam } from './params.ts';
import { Refusal, wrong } from './refusal.ts';
import { streamStatements, wantsStream } from './stream.ts';

/** Statements on a page, at most, and where nobody says how many. */
const MOST = 500;
const USUAL = 100;

const FORMATS = ['exact', 'ids', 'canonical'] as const;
type Format = (typeof FORMATS)[number];
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

export function formatIn({ params }: Known): Format {
	const given = params.get('format') ?? 'exact';
	const format = FORMATS.find((one) => one === given);
	if (!format) throw wrong('format', `must be one of ${FORMATS.join(', ')}, is "${given}"`);
	return format;
}

export function queryOf(call: Known): Query {
	const { client } = call;
	const agent = agentParam(call, 'agent');
	const activity = iriParam(call, 'activity');
	const verb = iriParam(call, 'verb');
	const registration = uuidParam(call, 'registration');
	const relatedAgents = flagParam(call, 'related_agents');
	const relatedActivities = flagParam(call, 'related_activities');
	const terms: Findable[] = [];
	if (agent)
		terms.push({ kind: relatedAgents ? 'agent-related' : 'agent', value: agentKey(agent) });
	if (activity !== undefined)
		terms.push({ kind: relatedActivities ? 'activity-related' : 'activity', value: activity });
	if (verb !== undefined) terms.push({ kind: 'verb', value: verb });
	if (registration !== undefined) terms.push({ kind: 'registration', value: registration });
	if (!may(client, 'readAny')) terms.push({ kind: 'client', value: client.id });
	const limit = countParam(call, 'limit');
	return {
		terms,
		since: timeParam(call, 'since'),
		until: timeParam(call, 'until'),
		ascending: flagParam(call, 'ascending'),
		// 0 asks for as many as we give (section 2.1.3).
		limit: limit === undefined ? USUAL : Math.min(limit || MOST, MOST),
		after: countParam(call, 'cursor'),
		bytes: 2 * call.limit,
	};
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

/**
 * A page in the format that was asked for. In `canonical`, where definitions are written out, it may be
 * longer than the statements were: it then ends early, too.
 */
export async function inFormatAll(
	call: Known,
	format: Format,
	page: Page,
): Promise<Page & { texts: string[] }> {
	const { rows } = page;
	if (format === 'exact') return { ...page, texts: rows.map(textOf) };
	if (format === 'ids')
		return { ...page, texts: rows.map((row) => JSON.stringify(inFormat(valueOf(row), 'ids'))) };
	const languages = languagesWanted(call.headers.get('accept-language'));
	const known = new Map<string, Described>();
	const texts: string[] = [];
	let room = 2 * call.limit;
	for (const [at, row] of rows.entries()) {
		const value = valueOf(row);
		await describe(call, value, known);
		const text = JSON.stringify(
			inFormat(value, 'canonical', { languages, definitionOf: definitionsOfOne(known, call) }),
		);
		room -= Buffer.byteLength(text);
		if (room < 0 && at > 0) return { rows: rows.slice(0, at), next: rows[at - 1]!.seq, texts };
		texts.push(text);
	}
	return { ...page, texts };
}

interface Described {
	definition: unknown;
	/** As JSON. */
	length: number;
}

/** Adds what is known of the activities of a statement. */
async function describe(
	{ db }: Known,
	statement: unknown,
	known: Map<string, Described>,
): Promise<void> {
	const iris = new Set(activitiesIn(statement).map(({ id }) => id));
	const fresh = [...iris].filter((iri) => !known.has(iri)).slice(0, MOST_DESCRIBED);
	for (const [iri, text] of await definitionsOf(db, fresh))
		known.set(iri, { definition: JSON.parse(text) as unknown, length: text.length });
}

/** Activities of one statement that are looked up; others have the statement's own words. */
const MOST_DESCRIBED = 1_000;

/** What is known, as often as it fits: a statement may name one activity thousands of times. */
function definitionsOfOne(known: Map<string, Described>, { limit }: Known) {
	let room = limit;
	return (iri: string): unknown => {
		const found = known.get(iri);
		if (!found || found.length > room) return undefined;
		room -= found.length;
		return found.definition;
	};
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
