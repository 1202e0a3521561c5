import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { USUAL_RATE, type ClientForm } from './clients.ts';
import { SCOPES } from './scopes.ts';

const MOST_ORIGINS = 50;
const MOST_A_MINUTE = 1_000_000;

const origins = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => text.split(/[\s,;]+/).filter(Boolean)),
	v.maxLength(MOST_ORIGINS, () => m.admin_lrs_origins_many({ count: MOST_ORIGINS })),
	v.check(
		(all) => all.every((one) => one === '*' || (URL.canParse(one) && new URL(one).origin === one)),
		() => m.admin_lrs_origins_wrong(),
	),
);

const rate = v.pipe(
	v.optional(v.string(), String(USUAL_RATE)),
	v.trim(),
	v.check(
		(text) => /^[1-9]\d*$/.test(text) && Number(text) <= MOST_A_MINUTE,
		() => m.admin_lrs_rate_wrong(),
	),
	v.transform(Number),
);

/** Each scope is a box of its own, so that its field has its name. */
const fields = v.objectWithRest(
	{
		name: v.pipe(
			v.string(),
			v.trim(),
			v.nonEmpty(() => m.admin_lrs_name_missing()),
			v.maxLength(120, () => m.admin_lrs_name_long()),
		),
		origins,
		rate,
	},
	v.string(),
);

/** What the administrator's form sends; messages are in the language of the request. */
export const clientFields = v.pipe(
	fields,
	// A raw one, which is asked whether the other fields are right or not.
	v.rawCheck(({ dataset, addIssue }) => {
		const input = dataset.value as Record<string, unknown>;
		if (SCOPES.some((scope) => scope in input)) return;
		const path = { type: 'object', origin: 'value', input, key: 'scopes', value: '' } as const;
		addIssue({ message: m.admin_lrs_scopes_missing(), path: [path] });
	}),
	v.transform(({ name, origins, rate, ...rest }): ClientForm => ({
		name,
		origins,
		ratePerMinute: rate,
		scopes: SCOPES.filter((scope) => scope in rest),
	})),
);

export const chosenClient = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
