import { isHttpError } from '@sveltejs/kit';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { overwriteGetLocale } from '../../lib/paraglide/runtime.js';
import { ConfigError, readConfig, type Config } from '../../lib/server/config.ts';
import type { Database } from '../../lib/server/db/database.ts';
import { openDatabase } from '../../lib/server/db/open.ts';
import { audit } from './audit.ts';
import { backups } from './backup.ts';
import { certificates } from './certificates.ts';
import { checks } from './check.ts';
import { CommandError, UsageError, type Command, type Given } from './command.ts';
import { recordAgents } from './record-agents.ts';
import { recordClients } from './record-clients.ts';
import { organisations } from './organisations.ts';
import { people } from './people.ts';
import { server } from './server.ts';

/** Every command, in the order in which they are listed. */
export const COMMANDS: Command[] = [
	...people,
	...organisations,
	...certificates,
	...server,
	...recordClients,
	...recordAgents,
	...audit,
	...backups,
	...checks,
];

const CALL = 'npm run admin --';

export interface Io {
	out(line: string): void;
	err(line: string): void;
}

/**
 * Carries out a command of the administrator's command line on the server's database, which may be in
 * use. What it does is on record as done by the server itself.
 *
 * @returns the exit code: 0 done, 1 refused or something found wrong, 2 asked for in a wrong way
 */
export async function main(
	args: string[],
	env: Record<string, string | undefined>,
	{ out, err }: Io,
): Promise<number> {
	overwriteGetLocale(() => 'en');
	const opened: Database[] = [];
	try {
		if (args.length === 0 || (args.length === 1 && /^(--help|-h|help)$/.test(args[0]!))) {
			out(overview());
			return args.length === 0 ? 2 : 0;
		}
		const { command, given } = understood(args);
		if (given.values.help) {
			out(helpOf(command));
			return 0;
		}
		const config = readConfig(env);
		const open = async () => {
			const db = await openExisting(config);
			opened.push(db);
			return patient(db);
		};
		const answer = await command.run({ config, open }, given);
		out(given.values.json ? JSON.stringify(answer.data, undefined, '\t') : answer.text);
		return answer.failed ? 1 : 0;
	} catch (error) {
		if (error instanceof UsageError) err(error.message);
		else if (error instanceof ConfigError)
			err(['Settings that need mending:', ...error.mistakes].join('\n  '));
		else if (isHttpError(error)) err(error.body.message);
		else if (error instanceof Error) err(error.message);
		else err(String(error));
		return error instanceof UsageError ? 2 : 1;
	} finally {
		for (const db of opened) await db.close();
	}
}

/** @throws UsageError */
function understood(args: string[]): { command: Command; given: Given } {
	const words = args.filter((one) => !one.startsWith('-'));
	const command =
		COMMANDS.find(({ name }) => name === words.slice(0, 2).join(' ')) ??
		COMMANDS.find(({ name }) => name === words[0]);
	if (!command) {
		const alike = COMMANDS.filter(({ name }) => name.split(' ')[0] === words[0]);
		if (alike.length > 0) throw new UsageError(listed(alike));
		throw new UsageError(`There is no command "${words[0] ?? ''}".\n\n${overview()}`);
	}
	let parsed;
	try {
		parsed = parseArgs({
			args,
			options: {
				...command.options,
				json: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
			allowPositionals: true,
		});
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n\n${helpOf(command)}`);
	}
	const positionals = parsed.positionals.slice(command.name.split(' ').length);
	const values = parsed.values as Given['values'];
	const [least, most] = command.arguments;
	if (!values.help && (positionals.length < least || positionals.length > most))
		throw new UsageError(helpOf(command));
	return { command, given: { positionals, values } };
}

function overview(): string {
	return [
		`${CALL} <command> [--json] [--help]`,
		'',
		listed(COMMANDS),
		'',
		'It works on the database of DATA_DIR or DATABASE_URL, also while the server runs.',
		'Exit codes: 0 done, 1 refused or something found wrong, 2 asked for in a wrong way.',
	].join('\n');
}

function listed(commands: Command[]): string {
	const width = Math.max(...commands.map(({ name, takes }) => `${name} ${takes}`.length));
	return commands
		.map(({ name, takes, about }) => `  ${`${name} ${takes}`.padEnd(width)}  ${about}`)
		.join('\n');
}

function helpOf({ name, takes, about, help = [] }: Command): string {
	const lines = [...help, '--json               the answer as JSON'];
	return [
		`${CALL} ${name} ${takes}`.trimEnd(),
		'',
		about,
		...lines.map((line) => `  ${line}`),
	].join('\n');
}

/** A wrong DATA_DIR must not become a new, empty server. */
async function openExisting(config: Config): Promise<Database> {
	const file = resolve(join(config.DATA_DIR, 'rygsamtalen.db'));
	if (!config.DATABASE_URL && !existsSync(file))
		throw new CommandError(
			`There is no database at ${file}. Set DATA_DIR, or start the server once.`,
		);
	return openDatabase(config);
}

/** Waits for its turn beside a busy server rather than giving up. */
function patient(db: Database): Database {
	const tx: Database['tx'] = async (work) => {
		for (let tries = 1; ; tries++)
			try {
				return await db.tx(work);
			} catch (error) {
				const { code = '' } = error as { code?: string };
				if (!code.startsWith('SQLITE_BUSY') || tries === 10) throw error;
			}
	};
	return { ...db, tx };
}
