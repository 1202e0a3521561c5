import * as v from 'valibot';
import { DETAILS, type Detail } from '#lib/xapi/statement.ts';

/** Where a static copy tells what learners do, as it stands in its page for everybody to read. */
export interface LrsSetting {
	endpoint: string;
	/** The whole `Authorization` header; undefined for a store that asks for none. */
	authorization?: string;
	version: '1.0.3' | '2.0.0';
	/** How much leaves. */
	detail: Detail;
}

const text = v.pipe(v.string(), v.nonEmpty('is empty'));
const setting = v.pipe(
	v.strictObject({
		endpoint: v.pipe(
			v.string(),
			v.url('is no address, for example https://lrs.example.org/xapi/'),
			v.check(isSafe, 'must begin with https://, so that nobody on the way can read or change it'),
		),
		key: v.optional(text),
		secret: v.optional(text),
		version: v.optional(v.picklist(['1.0.3', '2.0.0'], 'must be "1.0.3" or "2.0.0"'), '1.0.3'),
		detail: v.optional(
			v.picklist(DETAILS, `must be ${DETAILS.map((one) => `"${one}"`).join(' or ')}`),
			'interactions',
		),
	}),
	v.check(
		({ key, secret }) => (key === undefined) === (secret === undefined),
		'key and secret go together: give both, or none',
	),
	v.transform(({ endpoint, key, secret, version, detail }): LrsSetting => ({
		endpoint,
		...(key === undefined
			? {}
			: { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }),
		version,
		detail,
	})),
);

/**
 * The record store that a JSON file names: `endpoint`, and as far as wanted `key` and `secret`, `version`
 * (1.0.3) and `detail` (interactions).
 *
 * @returns instead, what is wrong with it, in lines that name the place
 */
export function readLrsSetting(json: string): LrsSetting | string[] {
	let given: unknown;
	try {
		given = JSON.parse(json);
	} catch (error) {
		return [`is no JSON: ${error instanceof Error ? error.message : String(error)}`];
	}
	const { success, output, issues } = v.safeParse(setting, given);
	if (success) return output;
	return issues.map((issue) => {
		const place = v.getDotPath(issue);
		return place === null ? issue.message : `${place}: ${issue.message}`;
	});
}

function isSafe(address: string): boolean {
	// What is no address at all is complained of already.
	if (!URL.canParse(address)) return true;
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' || ['localhost', '127.0.0.1'].includes(hostname);
}
