import { activitiesIn, inFormat } from '#lib/xapi/rules/index.ts';
import type { Page } from '../find.ts';
import { definitionsOf } from '../known.ts';
import { textOf, valueOf } from '../own-statements.ts';
import type { Known } from './call.ts';
import { languagesWanted } from './headers.ts';
import { wrong } from './refusal.ts';

const FORMATS = ['exact', 'ids', 'canonical'] as const;
type Format = (typeof FORMATS)[number];

/** @throws Refusal 400 */
export function formatIn({ params }: Known): Format {
	const given = params.get('format') ?? 'exact';
	const format = FORMATS.find((one) => one === given);
	if (!format) throw wrong('format', `must be one of ${FORMATS.join(', ')}, is "${given}"`);
	return format;
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
