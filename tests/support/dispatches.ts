import BetterSqlite3 from 'better-sqlite3';
import { unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Running } from './server.ts';

/** An administrator of a server of one's own, who works by form as the pages do. */
export interface Administrator {
	cookie: string;
	/** Sends a form of the page of thin packages. */
	act(action: 'add' | 'revoke' | 'delete', fields: Record<string, string>): Promise<void>;
	/** Makes a dispatch of the tiny course. @returns its id */
	dispatch(fields: Record<string, string>): Promise<string>;
	/** Downloads a thin package and unpacks it. @returns where, and the size of the zip in bytes */
	download(id: string, format: string): Promise<{ folder: string; size: number }>;
}

/** @param server nobody has become its administrator yet */
export async function becomeAdministrator(server: Running): Promise<Administrator> {
	const { origin } = server;
	const post = async (address: string, fields: Record<string, string>, cookie = '') => {
		const response = await fetch(address, {
			method: 'POST',
			headers: { origin, cookie, accept: 'text/html' },
			body: new URLSearchParams(fields),
			redirect: 'manual',
		});
		if (response.status >= 400) throw new Error(`${address}: ${response.status}`);
		return response;
	};
	const made = await post(server.setupLink!, {
		name: 'Chef',
		email: 'chef@example.org',
		password: 'en lang adgangskode',
	});
	const cookie = made.headers
		.getSetCookie()
		.map((one) => one.split(';')[0])
		.join('; ');
	const page = `${origin}/da/admin/dispatches`;
	const act: Administrator['act'] = async (action, fields) =>
		void (await post(`${page}?/${action}`, fields, cookie));
	return {
		cookie,
		act,
		async dispatch(fields) {
			await act('add', { name: 'Region', course: 'tiny', language: 'both', ...fields });
			const db = new BetterSqlite3(join(server.dataDir, 'rygsamtalen.db'), { readonly: true });
			const id = db.prepare('select id from dispatches order by created_at desc').pluck().get();
			db.close();
			return id as string;
		},
		async download(id, format) {
			const response = await fetch(`${page}/${id}/${format}`, { headers: { cookie } });
			if (!response.ok) throw new Error(`${format}: ${response.status}`);
			const zip = new Uint8Array(await response.arrayBuffer());
			const folder = mkdtempSync(join(tmpdir(), 'dispatch-'));
			for (const [path, content] of Object.entries(unzipSync(zip))) {
				mkdirSync(dirname(join(folder, path)), { recursive: true });
				writeFileSync(join(folder, path), content);
			}
			return { folder, size: zip.length };
		},
	};
}
