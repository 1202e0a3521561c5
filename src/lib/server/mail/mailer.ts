import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Config } from '../config.ts';
import type { Attachment } from './compose.ts';

export interface Letter {
	/** The same each time that it is sent, so that one that comes twice is known again; made up when left out. */
	id?: string;
	to: string;
	subject: string;
	text: string;
	html?: string;
	attachments?: Attachment[];
	/** Where such letters are switched off. */
	unsubscribe?: string;
}

export interface Mailer {
	/** Rejects when the letter could be handed to nobody; `troubleOf` says why. */
	send(letter: Letter): Promise<void>;
	/**
	 * The same for somebody who waits for it: by a connection of its own, and soon given up.
	 *
	 * @returns what the server answered; empty without a server
	 */
	attempt(letter: Letter): Promise<string>;
	/** One line for the start-up message. */
	describe(): string;
	/** Where mail goes: the host, or the folder. */
	readonly goes: { by: 'smtp'; host: string } | { by: 'files'; folder: string };
	/** Lets go of connections. */
	close(): void;
}

type MailSettings = Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'DATA_DIR'>;

/** Connections at a time, and letters under way. */
export const CONNECTIONS = 4;
const SECOND = 1000;

/** Mail by SMTP; without a server for it, letters are written to files that the administrator can read. */
export function openMailer(config: MailSettings): Mailer {
	return config.SMTP_URL ? bySmtp(config.SMTP_URL, config.MAIL_FROM) : toFiles(config);
}

function bySmtp(url: string, from: string): Mailer {
	const timeouts = {
		dnsTimeout: 10 * SECOND,
		connectionTimeout: 20 * SECOND,
		greetingTimeout: 20 * SECOND,
		socketTimeout: 40 * SECOND,
	};
	const transport = nodemailer.createTransport({
		url,
		...timeouts,
		pool: true,
		maxConnections: CONNECTIONS,
		maxMessages: 100,
	});
	const host = new URL(url).host;
	return {
		goes: { by: 'smtp', host },
		async send(letter) {
			await transport.sendMail(messageOf(letter, from));
		},
		async attempt(letter) {
			const soon = Object.fromEntries(Object.keys(timeouts).map((key) => [key, 10 * SECOND]));
			const once = nodemailer.createTransport({ url, ...soon });
			try {
				const { response } = await once.sendMail(messageOf(letter, from));
				return String(response);
			} finally {
				once.close();
			}
		},
		describe: () => `Mail goes out by ${host}.`,
		close: () => transport.close(),
	};
}

function toFiles({ DATA_DIR, MAIL_FROM }: Pick<Config, 'DATA_DIR' | 'MAIL_FROM'>): Mailer {
	const folder = join(DATA_DIR, 'mail');
	const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
	async function send(letter: Letter): Promise<void> {
		const { message } = await transport.sendMail(messageOf(letter, MAIL_FROM));
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const name = `${new Date().toISOString().replaceAll(':', '-')}-${crypto.randomUUID().slice(0, 8)}.eml`;
		await writeFile(join(folder, name), message as Buffer, { mode: 0o600 });
	}
	return {
		goes: { by: 'files', folder },
		send,
		async attempt(letter) {
			await send(letter);
			return '';
		},
		describe: () => `No SMTP_URL: mail is written to ${folder}.`,
		close: () => transport.close(),
	};
}

/** A letter as nodemailer takes it. Nobody answers a machine's letter by machine (RFC 3834, 5). */
function messageOf({ id, to, unsubscribe, ...letter }: Letter, from: string) {
	return {
		...letter,
		from,
		// An object: a comma in an address does not make two of it.
		to: { name: '', address: to },
		...(id ? { messageId: `<${id}@${domainOf(from)}>` } : {}),
		headers: {
			'Auto-Submitted': 'auto-generated',
			...(unsubscribe ? { 'List-Unsubscribe': `<${unsubscribe}>` } : {}),
		},
	};
}

function domainOf(from: string): string {
	return /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
}
