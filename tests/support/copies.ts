import type { BrowserContext, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import { t } from './texts.ts';

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
};

/** A static copy on a plain file server, somewhere below its root. */
export interface Copy {
	/** `http://127.0.0.1:4321/courses/tea/` */
	address: string;
	/** The folder served; another one is another version of the copy. */
	folder: string;
	/** Files that the server fails at, by their path. */
	broken: Set<string>;
	/** Every path asked for, in order. */
	asked: string[];
	/** Opens the copy at a place: `da/hello/anna`. */
	open(context: BrowserContext, place?: string): Promise<{ page: Page; course: Page }>;
	/** What this browser has on record, as a learner saves it to a file. */
	record(context: BrowserContext): Promise<LearnerEvent[]>;
	/** As when the connection goes: no answer to anybody. */
	unplug(): Promise<void>;
	close(): Promise<void>;
}

const PLACE = '/courses/tea/';

export async function serveCopy(folder: string): Promise<Copy> {
	const server = createServer(({ url }, response) => {
		const { pathname } = new URL(url!, 'http://x');
		const path = pathname.slice(PLACE.length) || 'index.html';
		copy.asked.push(path);
		try {
			if (!pathname.startsWith(PLACE) || copy.broken.has(path)) throw new Error('not there');
			const body = readFileSync(join(copy.folder, path));
			response.writeHead(200, {
				'content-type': TYPES[extname(path)] ?? 'text/plain',
				'cache-control': 'max-age=600',
			});
			response.end(body);
		} catch {
			response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
		}
	});
	const end = () =>
		new Promise<void>((done) => {
			server.close(() => done());
			server.closeAllConnections();
		});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	const copy: Copy = {
		address: `http://127.0.0.1:${port}${PLACE}`,
		folder,
		broken: new Set(),
		asked: [],
		async open(context, place) {
			const page = await context.newPage();
			await page.goto(copy.address + (place === undefined ? '' : `#/${place}`));
			return { page, course: page };
		},
		async record(context) {
			const { page } = await copy.open(context, 'da');
			const download = page.waitForEvent('download');
			await page.getByRole('button', { name: t('copy_save') }).click();
			const file = await (await download).path();
			await page.close();
			return (JSON.parse(readFileSync(file, 'utf8')) as { events: LearnerEvent[] }).events;
		},
		unplug: end,
		close: end,
	};
	return copy;
}
