import * as v from 'valibot';
import { DETAILS } from '#lib/xapi/statement.ts';

const port = v.pipe(
	v.string(),
	v.regex(/^\d+$/, 'must be a whole number'),
	v.transform(Number),
	v.maxValue(65_535, 'must be at most 65535'),
);

const origin = v.pipe(
	v.string(),
	v.url('must be an address such as https://kursus.example.dk'),
	v.check((text) => {
		const url = URL.canParse(text) ? new URL(text) : undefined;
		return !!url && ['http:', 'https:'].includes(url.protocol) && url.origin === text;
	}, 'must be scheme and host only, without a path or a slash at the end'),
);

const address = (schemes: string[], example: string) =>
	v.pipe(
		v.string(),
		v.check(
			(text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
			`must look like ${example}`,
		),
	);

const variables = v.object({
	PORT: v.optional(port),
	HOST: v.optional(v.string(), '0.0.0.0'),
	ORIGIN: v.optional(origin),
	ADDRESS_HEADER: v.optional(v.string()),
	DATA_DIR: v.optional(v.string(), 'data'),
	COURSES_DIR: v.optional(v.string(), 'courses'),
	DATABASE_URL: v.optional(
		address(['postgres:', 'postgresql:'], 'postgres://user:password@host/database'),
	),
	SMTP_URL: v.optional(address(['smtp:', 'smtps:'], 'smtp://user:password@host:587')),
	/** Encrypts what the database must not tell by itself; made at the first start where it is not given. */
	SECRET_KEY: v.optional(v.pipe(v.string(), v.minLength(32, 'must have at least 32 characters'))),
	LRS_URL: v.optional(address(['http:', 'https:'], 'https://lrs.example.org/xapi/')),
	LRS_KEY: v.optional(v.string()),
	LRS_SECRET: v.optional(v.string()),
	/** With it key and secret are those of an OAuth client. */
	LRS_TOKEN_URL: v.optional(address(['http:', 'https:'], 'https://sso.example.org/token')),
	LRS_VERSION: v.optional(v.picklist(['1.0.3', '2.0.0'], 'must be 1.0.3 or 2.0.0'), '1.0.3'),
	LRS_DETAIL: v.optional(
		v.picklist(DETAILS, `must be one of ${DETAILS.join(', ')}`),
		'interactions',
	),
	/** Whether administrators may name record stores in the inner network. */
	LRS_INNER: v.optional(v.picklist(['allow', 'refuse'], 'must be allow or refuse'), 'refuse'),
	/** The version in which our own record store answers a request that names none. */
	XAPI_VERSION: v.optional(v.picklist(['1.0.3', '2.0.0'], 'must be 1.0.3 or 2.0.0'), '1.0.3'),
	/** The largest request that our own record store takes, in megabytes. */
	XAPI_MB: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^[1-9]\d{0,2}$/, 'must be a number of megabytes from 1 to 999'),
			v.transform(Number),
		),
		'16',
	),
	/** Where packages are looked at: never the application's own origin. */
	PREVIEW_ORIGIN: v.optional(origin),
	PREVIEW_PORT: v.optional(port),
	/** The largest package that is taken, in megabytes. */
	PREVIEW_MB: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^[1-9]\d{0,3}$/, 'must be a number of megabytes from 1 to 9999'),
			v.transform(Number),
		),
		'250',
	),
	/** Where the built server lies, with what it hands out. */
	BUILD_DIR: v.optional(v.string(), 'build'),
	MAIL_FROM: v.optional(
		v.pipe(v.string(), v.includes('@', 'must hold an e-mail address')),
		'Rygsamtalen <no-reply@localhost>',
	),
});

const settings = v.pipe(
	variables,
	v.forward(
		v.check(
			({ ORIGIN, PREVIEW_ORIGIN }) => !PREVIEW_ORIGIN || PREVIEW_ORIGIN !== ORIGIN,
			'must be another one than ORIGIN: packages run scripts of anybody',
		),
		['PREVIEW_ORIGIN'],
	),
);

export type Config = v.InferOutput<typeof settings>;

/** Settings that are wrong; `mistakes` has one line for each. */
export class ConfigError extends Error {
	readonly mistakes: string[];
	constructor(mistakes: string[]) {
		super(mistakes.join('\n'));
		this.mistakes = mistakes;
	}
}

/**
 * Reads the settings from the environment. An empty variable counts as absent.
 *
 * @throws ConfigError naming every variable that is wrong and how to mend it
 */
export function readConfig(env: Record<string, string | undefined>): Config {
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
	const result = v.safeParse(settings, given);
	if (result.success) return result.output;
	throw new ConfigError(
		result.issues.map((issue) => {
			const name = String(issue.path?.[0]?.key);
			return `${name}: ${issue.message} (it is ${secret(name) ? 'not shown here' : `"${given[name]}"`})`;
		}),
	);
}

function secret(name: string): boolean {
	return /_(?:URL|KEY|SECRET)$/.test(name);
}
