import * as v from 'valibot';

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

const settings = v.object({
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
	MAIL_FROM: v.optional(
		v.pipe(v.string(), v.includes('@', 'must hold an e-mail address')),
		'Rygsamtalen <no-reply@localhost>',
	),
});

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
	return name.endsWith('_URL');
}
