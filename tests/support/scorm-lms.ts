import type { BrowserContext, FrameLocator, Page } from '@playwright/test';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ScormVersion } from '../../src/lib/tracking/scorm/api.ts';

/** A call that the package made, in order: its name, what it was given, and the answer. */
export type Call = [name: string, ...given: string[]];

const VERSIONS = {
	scorm12: {
		script: 'scorm12.min.js',
		make: 'new Scorm12API({ autocommit: false, mastery_override: true, logLevel: 5 })',
		object: 'API',
		fresh: {
			core: {
				student_id: 'karin',
				student_name: 'Karin',
				credit: 'credit',
				lesson_mode: 'normal',
			},
			student_data: { mastery_score: '80' },
		},
		prefix: 'LMS',
		end: 'Finish',
	},
	scorm2004: {
		script: 'scorm2004.min.js',
		make: 'new Scorm2004API({ autocommit: false, logLevel: 5 })',
		object: 'API_1484_11',
		fresh: {
			learner_id: 'karin',
			learner_name: 'Karin',
			credit: 'credit',
			mode: 'normal',
			scaled_passing_score: '0.5',
		},
		prefix: '',
		end: 'Terminate',
	},
} as const;

/**
 * A page that plays LMS: scorm-again keeps the data, this notes every call and stores at each commit
 * what the next launch gets, as an LMS's database would. What a package writes goes unseen otherwise.
 */
function lmsPage(version: ScormVersion): string {
	const { make, object, fresh, prefix, end } = VERSIONS[version];
	return `<!doctype html><meta charset="utf-8"><title>LMS</title>
<script src="scorm-again.js"></script>
<script>
	const wanted = new URLSearchParams(location.search);
	const api = ${make};
	const fresh = ${JSON.stringify(fresh)};
	const mode = wanted.get('mode') ?? 'normal';
	if (fresh.core) fresh.core.lesson_mode = mode;
	else fresh.mode = mode;
	const at = location.pathname + (wanted.get('part') ?? '');
	const stored = JSON.parse(localStorage.getItem(at) ?? 'null');
	api.loadFromJSON(stored ?? fresh);
	const calls = JSON.parse(localStorage.getItem('calls ' + at) ?? '[]');
	const spoken = {};
	for (const name of ['Initialize', '${end}', 'GetValue', 'SetValue', 'Commit', 'GetLastError', 'GetErrorString'])
		spoken['${prefix}' + name] = (...given) => {
			const answer = api['${prefix}' + name](...given);
			if (!name.startsWith('Get')) calls.push(['${prefix}' + name, ...given, String(answer)]);
			localStorage.setItem('calls ' + at, JSON.stringify(calls));
			if (name === 'Commit' || name === '${end}')
				localStorage.setItem(at, JSON.stringify(api.renderCMIToJSONObject().cmi));
			return answer;
		};
	if (!wanted.has('none')) window.${object} = spoken;
	const part = wanted.get('part');
	document.write('<iframe id="scorm_object" style="width:650px;height:666px" src="package/index.html' + (part ? '?part=' + part : '') + '"></iframe>');
</script>`;
}

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.xml': 'application/xml',
};

export interface Launched {
	page: Page;
	course: FrameLocator;
}

export interface Lms {
	origin: string;
	/** Where a package lies, for looking at it without an LMS. */
	address(name: string): string;
	/** What was sent since it was last emptied: by path, bytes when compressed. */
	sent: Map<string, number>;
	/** @param query `?mode=browse`, `?none` (there is no API), `?part=…` */
	launch(context: BrowserContext, name: string, query?: string): Promise<Launched>;
	/** What the LMS has: every call, and the data of the last commit. */
	record(
		context: BrowserContext,
		name: string,
		part?: string,
	): Promise<{ calls: Call[]; data: Record<string, unknown> }>;
	/** Puts data where the next launch finds them. */
	store(context: BrowserContext, name: string, data: unknown): Promise<void>;
	close(): void;
}

/** @param packages unpacked packages by name, with the version that their LMS speaks */
export async function startLms(
	packages: Record<string, { folder: string; version: ScormVersion }>,
): Promise<Lms> {
	const sent = new Map<string, number>();
	const server = createServer((request, response) => {
		const path = new URL(request.url!, 'http://x').pathname;
		const [, name, place, ...rest] = path.split('/');
		const found = packages[name!];
		try {
			const body =
				place === 'lms'
					? lmsPage(found!.version)
					: place === 'scorm-again.js'
						? readFileSync(`node_modules/scorm-again/dist/${VERSIONS[found!.version].script}`)
						: place === 'blank'
							? '<title>nothing</title>'
							: readFileSync(join(found!.folder, ...rest));
			if (place === 'package') sent.set(path, gzipSync(body).length);
			response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? TYPES['.html'] });
			response.end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	/** Reads or writes what the LMS keeps, on a page of its own. */
	async function within<T>(
		context: BrowserContext,
		name: string,
		work: (page: Page) => Promise<T>,
	): Promise<T> {
		const page = await context.newPage();
		await page.goto(`${origin}/${name}/blank`);
		const result = await work(page);
		await page.close();
		return result;
	}

	return {
		origin,
		sent,
		address: (name) => `${origin}/${name}/package/index.html`,
		async launch(context, name, query = '') {
			const page = await context.newPage();
			await page.goto(`${origin}/${name}/lms${query}`);
			return { page, course: page.frameLocator('#scorm_object') };
		},
		record: (context, name, part = '') =>
			within(context, name, async (page) => {
				const [calls, data] = await page.evaluate(
					(at) => [localStorage.getItem(`calls ${at}`), localStorage.getItem(at)],
					`/${name}/lms${part}`,
				);
				return {
					calls: JSON.parse(calls ?? '[]') as Call[],
					data: JSON.parse(data ?? '{}') as Record<string, unknown>,
				};
			}),
		store: (context, name, data) =>
			within(context, name, (page) =>
				page.evaluate(
					([at, text]) => localStorage.setItem(at!, text!),
					[`/${name}/lms`, JSON.stringify(data)],
				),
			),
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** Closes the tab as a person does, so that the page hears of it. */
export async function closeTab(page: Page): Promise<void> {
	const closed = page.waitForEvent('close');
	await page.close({ runBeforeUnload: true });
	await closed;
}
