import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What a mail server for tests has been given. */
export interface Taken {
	from: string;
	to: string[];
	/** As it came, headers and all. */
	source: string;
	/** Whether the conversation was encrypted. */
	secure: boolean;
	/** Who signed in. */
	user?: string;
}

export interface TestSmtp {
	port: number;
	taken: Taken[];
	/** By recipient: the reply code instead of yes, until it is removed. */
	refuses: Map<string, number>;
	/** Conversations begun. */
	readonly connections: number;
	close(): Promise<void>;
}

/** A real mail server on this machine, which keeps what it is given. */
export async function startSmtp(options: SMTPServerOptions = {}, port = 0): Promise<TestSmtp> {
	const taken: Taken[] = [];
	const refuses = new Map<string, number>();
	let connections = 0;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		logger: false,
		closeTimeout: 300,
		onConnect(_session, done) {
			connections += 1;
			done();
		},
		onRcptTo({ address }, _session, done) {
			const responseCode = refuses.get(address);
			done(responseCode ? Object.assign(new Error('not here'), { responseCode }) : undefined);
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				taken.push({
					from: mailFrom ? mailFrom.address : '',
					to: rcptTo.map(({ address }) => address),
					source: Buffer.concat(chunks).toString('utf8'),
					secure: session.secure,
					...(session.user ? { user: String(session.user) } : {}),
				});
				done(null, 'kept');
			});
		},
		...options,
	});
	// A client that goes away in the middle is no trouble of the test.
	server.on('error', () => {});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
	return {
		port: (server.server.address() as AddressInfo).port,
		taken,
		refuses,
		get connections() {
			return connections;
		},
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
