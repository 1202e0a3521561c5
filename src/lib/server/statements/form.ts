import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { DETAILS } from '#lib/xapi/statement.ts';
import { address } from './destinations.ts';

/** What the administrator's form sends; messages are in the language of the request. */
const fields = v.object({
	name: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty(() => m.admin_records_name_missing()),
		v.maxLength(100),
	),
	endpoint: address(() => m.admin_records_endpoint_wrong()),
	version: v.picklist(['1.0.3', '2.0.0']),
	detail: v.picklist(DETAILS),
	kind: v.picklist(['basic', 'oauth']),
	key: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty(() => m.admin_records_key_missing()),
	),
	secret: v.pipe(
		v.string(),
		v.nonEmpty(() => m.admin_records_secret_missing()),
	),
	tokenUrl: v.optional(v.pipe(v.string(), v.trim()), ''),
	anyway: v.optional(v.string()),
});

export const destinationForm = v.pipe(
	fields,
	v.forward(
		v.partialCheck(
			[['kind'], ['tokenUrl']],
			({ kind, tokenUrl }) => kind === 'basic' || /^https?:\/\/./.test(tokenUrl),
			() => m.admin_records_token_url_wrong(),
		),
		['tokenUrl'],
	),
	v.transform(({ kind, key, secret, tokenUrl, anyway, ...named }) => ({
		anyway: anyway !== undefined,
		destination: {
			...named,
			credentials:
				kind === 'basic'
					? { kind, key, secret }
					: { kind, tokenUrl, clientId: key, clientSecret: secret },
		},
	})),
);

export const chosenDestination = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
