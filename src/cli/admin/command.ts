import type { ParseArgsOptionsConfig } from 'node:util';
import { isRefusal, type Outcome } from '../../lib/server/auth/outcome.ts';
import type { Config } from '../../lib/server/config.ts';
import type { Database } from '../../lib/server/db/database.ts';
import { ownKey, secretBox, type SecretBox } from '../../lib/server/secret-box.ts';

/** What a command is given to work with. */
export interface Context {
	config: Config;
	/** Opens the server's database, which may be in use. */
	open(): Promise<Database>;
}

export interface Given {
	positionals: string[];
	values: Record<string, string | boolean | undefined>;
}

/** What a command says: to people, and with `--json` to programs. */
export interface Answer {
	text: string;
	data: unknown;
	/** Set where something was found wrong; the process then ends with 1. */
	failed?: boolean;
}

export interface Command {
	/** One or two words: `people list`. */
	name: string;
	/** What follows them: `<person> <role>`. */
	takes: string;
	about: string;
	/** A line for each option, as `--help` shows it. */
	help?: string[];
	options?: ParseArgsOptionsConfig;
	/** How many arguments there are at least and at most. */
	arguments: readonly [number, number];
	run(context: Context, given: Given): Promise<Answer>;
}

/** The command could not be carried out: exit code 1. */
export class CommandError extends Error {}
/** It was asked for in a wrong way: exit code 2. */
export class UsageError extends Error {}

/** What was done, or the reason why not as an error. */
export function granted<T extends object>(outcome: Outcome<T>): T {
	if (isRefusal(outcome)) throw new CommandError(outcome.refused);
	return outcome;
}

export function text(value: string | boolean | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** @throws UsageError */
export function whole(name: string, value: string | boolean | undefined, fallback: number): number {
	if (value === undefined) return fallback;
	if (typeof value !== 'string' || !/^\d{1,9}$/.test(value))
		throw new UsageError(`--${name} must be a whole number.`);
	return Number(value);
}

export function boxOf({ config }: Context): SecretBox {
	return secretBox(ownKey(config.SECRET_KEY, config.DATA_DIR));
}

/**
 * Where people reach the server, for links.
 *
 * @throws UsageError when nobody said it
 */
export function originOf({ config }: Context, { values }: Given): string {
	const origin = text(values.origin) ?? config.ORIGIN;
	if (!origin || !URL.canParse(origin))
		throw new UsageError(
			'Say where people reach the server: --origin https://kursus.example.dk, or set ORIGIN.',
		);
	return new URL(origin).origin;
}

/** Rows in columns, as wide as they need to be. */
export function columns(rows: (string | number)[][]): string {
	const cells = rows.map((row) => row.map(String));
	const widths = cells.reduce<number[]>(
		(all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)),
		[],
	);
	return cells
		.map((row) =>
			row
				.map((cell, at) => cell.padEnd(widths[at] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
