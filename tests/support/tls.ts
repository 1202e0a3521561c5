import { getCertificate } from '@vitejs/plugin-basic-ssl';
import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What stands before our server where it is used: https outside, http inside. */
export interface Tls {
	/** `https://localhost:4321` */
	origin: string;
	/** The port of the server behind it. */
	port: number;
	/** Cookies that were set: the whole headers. */
	cookies: string[];
	/** Otherwise none gets through, as if the browser refused them. */
	keepsCookies: boolean;
	close(): void;
}

/** With a certificate of its own, which nobody trusts; `port` is to be set. */
export async function startTls(): Promise<Tls> {
	const pem = await getCertificate(mkdtempSync(join(tmpdir(), 'tls-')), 'localhost');
	const server = createServer({ key: pem, cert: pem }, (asked, answer) => {
		const { method, url, headers } = asked;
		const onward = request(
			{ host: '127.0.0.1', port: tls.port, method, path: url, headers },
			(answered) => {
				tls.cookies.push(...(answered.headers['set-cookie'] ?? []));
				if (!tls.keepsCookies) delete answered.headers['set-cookie'];
				answer.writeHead(answered.statusCode!, answered.headers);
				answered.pipe(answer);
			},
		);
		onward.on('error', () => answer.destroy());
		asked.pipe(onward);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const tls: Tls = {
		origin: `https://localhost:${(server.address() as AddressInfo).port}`,
		port: 0,
		cookies: [],
		keepsCookies: true,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
	return tls;
}
