import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';

export interface Running {
	pid: number;
	/** `http://localhost:4321` */
	origin: string;
	dataDir: string;
	/** The one-time link that makes an administrator, as printed at the first start. */
	setupLink: string | undefined;
	/** Ends gracefully, as a service manager would. */
	stop(): Promise<void>;
	/** Ends at once, as a power cut would. */
	kill(): Promise<void>;
}

export interface ServerOptions {
	/** A folder of an earlier server, to go on with. */
	dataDir?: string;
	/** The built server, and the courses it was built of. */
	build?: string;
	courses?: string;
	/** Further settings. */
	settings?: Record<string, string>;
}

/** Where the build with the fixture course lies; `src/cli/test.ts` makes it. */
export const FIXTURES = { build: 'build-fixtures', courses: 'tests/fixtures/courses' };

/** Starts the built product on a free port with data of its own. */
export async function startServer(options: ServerOptions = {}): Promise<Running> {
	const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'rygsamtalen-'));
	const child = spawn(process.execPath, ['src/cli/run.mjs', 'start'], {
		env: {
			...env,
			PORT: '0',
			HOST: '127.0.0.1',
			ORIGIN: '',
			DATABASE_URL: '',
			SMTP_URL: '',
			DATA_DIR: dataDir,
			START_WITHOUT_BUILDING: '1',
			BUILD_DIR: options.build ?? 'build',
			COURSES_DIR: options.courses ?? 'courses',
			...options.settings,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	let said = '';
	const origin = await new Promise<string>((resolve, reject) => {
		const listen = (chunk: Buffer) => {
			said += chunk.toString();
			const [, address] = /Rygsamtalen is at (\S+)/.exec(said) ?? [];
			if (address && /mail/i.test(said)) resolve(address);
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)));
	});
	// Asked by address: `localhost` may be IPv6 first, and this server listens on IPv4. Behind https it is
	// asked itself, at the port that it was given.
	const inside = origin.startsWith('https:')
		? `http://127.0.0.1:${options.settings!.PORT}`
		: origin;
	const health = await fetch(`${inside.replace('localhost', '127.0.0.1')}/healthz`);
	if (!health.ok) throw new Error(`The server is not well (${health.status}):\n${said}`);
	const end = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await ended;
	};
	return {
		pid: child.pid!,
		origin,
		dataDir,
		get setupLink() {
			return /Become it, once: (\S+)/.exec(said)?.[1];
		},
		stop: () => end('SIGTERM'),
		kill: () => end('SIGKILL'),
	};
}
