import { checkStatement, type Problem } from '#lib/xapi/rules/index.ts';
import { readJson, withMembers } from '#lib/xapi/text/index.ts';
import { attachmentsOf, type Attachment } from '../attachments.ts';
import type { Received } from '../store.ts';
import type { Known } from './call.ts';
import { partsOf, textIn, type Parts } from './multipart.ts';
import { Refusal, wrong, wrongIn } from './refusal.ts';
import { signatureChecks } from './signatures.ts';

/** What a request brings to be stored. */
export interface Brought {
	received: Received[];
	attachments: Attachment[];
	/** Whether it was a list. */
	isList: boolean;
}

/** Statements of one request, at the most: they are stored together, and all others wait meanwhile. */
const MOST = 5_000;

/**
 * Reads statements and attachments from a request and checks them; nothing is stored.
 *
 * @throws Refusal 400 that names every place that is wrong; 413 for too many
 */
export async function receive(call: Known): Promise<Brought> {
	const { text, attachments } = await partsIn(call);
	const { problems: broken, elements: texts } = readJson(text);
	if (broken.length > 0) throw wrongIn(broken);
	const whole: unknown = JSON.parse(text);
	const isList = Array.isArray(whole);
	const values = (isList ? whole : [whole]) as Record<string, unknown>[];
	if (values.length > MOST)
		throw new Refusal(
			413,
			`The request has ${values.length} statements. Send at most ${MOST} at once.`,
		);
	const pathOf = (at: number) => (isList ? `[${at}]` : '');
	const problems = values.flatMap((value, at) => checkStatement(value, call.version, pathOf(at)));
	if (problems.length > 0) throw wrongIn(problems);
	const twice = idsTwice(values, pathOf);
	if (twice.length > 0) throw wrongIn(twice);
	checkAttachments(values, attachments, pathOf);
	const checkSignatures = signatureChecks(attachments);
	for (const [at, value] of values.entries())
		await checkSignatures(value, pathOf(at) || 'statement');
	return {
		received: values.map((value, at) => ({ value, text: texts[at]! })),
		attachments,
		isList,
	};
}

async function partsIn({ headers, body }: Known): Promise<Parts> {
	const type = headers.get('content-type') ?? '';
	if (/^application\/json\s*(?:;|$)/i.test(type))
		return { text: textIn(await body()), attachments: [] };
	if (/^multipart\/mixed\s*(?:;|$)/i.test(type)) return partsOf(type, await body());
	throw wrong(
		'Content-Type',
		`must be application/json, or multipart/mixed with attachments; is "${type.slice(0, 80)}"`,
	);
}

function idsTwice(values: Record<string, unknown>[], pathOf: (at: number) => string): Problem[] {
	const seen = new Set<string>();
	return values.flatMap(({ id }, at) => {
		if (typeof id !== 'string') return [];
		const isNew = !seen.has(id.toLowerCase());
		seen.add(id.toLowerCase());
		return isNew ? [] : [{ at: `${pathOf(at)}.id`, message: `comes twice in this request: ${id}` }];
	});
}

/** Each attachment without an address is there, and there is nothing else (xAPI 1.0.3 Communication, section 1.5). */
function checkAttachments(
	values: Record<string, unknown>[],
	attachments: Attachment[],
	pathOf: (at: number) => string,
): void {
	const brought = new Set(attachments.map(({ sha2 }) => sha2));
	const named = new Set<string>();
	const problems: Problem[] = [];
	for (const [at, value] of values.entries())
		for (const { sha2, fileUrl } of attachmentsOf(value)) {
			const hash = String(sha2).toLowerCase();
			named.add(hash);
			if (fileUrl === undefined && !brought.has(hash))
				problems.push({
					at: `${pathOf(at)}${pathOf(at) && '.'}attachments`,
					message: `have no fileUrl for ${hash}, and the request has no part with that X-Experience-API-Hash`,
				});
		}
	for (const [at, { sha2 }] of attachments.entries())
		if (!named.has(sha2))
			problems.push({
				at: `part ${at + 2}`,
				message: 'belongs to no attachment of the statements',
			});
	if (problems.length > 0) throw wrongIn(problems);
}

/** A statement that is to have the id of its address. @throws Refusal when it has another one */
export function withId(received: Received, id: string): Received {
	const { value, text } = received;
	if (value.id === undefined) return { value: { ...value, id }, text: withMembers(text, { id }) };
	if (String(value.id).toLowerCase() !== id)
		throw wrong('id', `must be the statementId of the address, ${id}; is ${String(value.id)}`);
	return received;
}
