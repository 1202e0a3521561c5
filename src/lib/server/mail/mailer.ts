import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Config } from '../config.ts';
import type { Attachment } from './compose.ts';

export interface Letter {
	to: string;
	subject: string;
	text: string;
	html?: string;
	attachments?: Attachment[];
}

export interface Mailer {
	/** Rejects when the letter could be handed to nobody. */
	send(letter: Letter): Promise<void>;
	/** One line for the start-up message. */
	describe(): string;
}

/** Mail by SMTP; without a server for it, letters are written to files that the administrator can read. */
export function openMailer(config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'DATA_DIR'>): Mailer {
	return config.SMTP_URL ? bySmtp(config.SMTP_URL, config.MAIL_FROM) : toFiles(config);
}

function bySmtp(url: string, from: string): Mailer {
	const transport = nodemailer.createTransport(url, { from });
	return {
		async send(letter) {
			await transport.sendMail(letter);
		},
		describe: () => `Mail goes out by ${new URL(url).host}.`,
	};
}

function toFiles({ DATA_DIR, MAIL_FROM }: Pick<Config, 'DATA_DIR' | 'MAIL_FROM'>): Mailer {
	const folder = join(DATA_DIR, 'mail');
	const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
	return {
		async send(letter) {
			const { message } = await transport.sendMail({ ...letter, from: MAIL_FROM });
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const name = `${new Date().toISOString().replaceAll(':', '-')}-${crypto.randomUUID().slice(0, 8)}.eml`;
			await writeFile(join(folder, name), message as Buffer, { mode: 0o600 });
		},
		describe: () => `No SMTP_URL: mail is written to ${folder}.`,
	};
}
