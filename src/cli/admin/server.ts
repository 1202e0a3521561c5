import { eq } from 'drizzle-orm';
import { note } from '../../lib/server/audit.ts';
import { openMailer } from '../../lib/server/mail/mailer.ts';
import { listDestinations, lrsOf } from '../../lib/server/statements/destinations.ts';
import { tryLrs } from '../../lib/server/statements/lrs.ts';
import { boxOf, columns, CommandError, UsageError, type Command } from './command.ts';

const mailTest: Command = {
	name: 'mail test',
	takes: '<address>',
	about: 'Send a letter now, and say what the mail server answered.',
	arguments: [1, 1],
	async run({ config, open }, { positionals: [to] }) {
		if (!/^\S+@\S+$/.test(to!)) throw new UsageError(`"${to}" is no address.`);
		const mailer = openMailer(config);
		const db = await open();
		await db.tx((tx) =>
			note(db, tx, { actor: null, action: 'mail.tested', on: ['mail', 'command-line'] }),
		);
		try {
			await mailer.send({
				to: to!,
				subject: 'Rygsamtalen: test',
				text: 'This letter was sent to test the mail settings.\n',
			});
		} catch (error) {
			throw new CommandError(
				`The letter could not be sent: ${error instanceof Error ? error.message : String(error)}`,
			);
		}
		return { text: `Handed over. ${mailer.describe()}`, data: { to, how: mailer.describe() } };
	},
};

const lrsList: Command = {
	name: 'lrs list',
	takes: '',
	about: 'List record stores, and how sending to them goes.',
	arguments: [0, 0],
	async run({ open }) {
		const found = await listDestinations(await open());
		const rows = found.map((one) => [
			one.id,
			one.isPaused ? 'paused' : one.failures > 0 ? `${one.failures} failures` : 'sending',
			`${one.waiting} waiting`,
			`${one.refused} refused`,
			`${one.name} ${one.endpoint}`,
		]);
		return { text: columns(rows) || 'There are no record stores.', data: found };
	},
};

const lrsTest: Command = {
	name: 'lrs test',
	takes: '<id>',
	about: 'Ask a record store whether it answers and knows us.',
	arguments: [1, 1],
	async run(context, { positionals: [id] }) {
		const db = await context.open();
		const { destinations } = db.tables;
		const [row] = await db.read.select().from(destinations).where(eq(destinations.id, id!));
		if (!row) throw new CommandError(`There is no record store "${id}"; see lrs list.`);
		const lrs = lrsOf(row, boxOf(context), context.config.LRS_INNER === 'allow');
		const reason = await tryLrs(lrs);
		if (reason !== undefined) throw new CommandError(`${row.name} does not answer well: ${reason}`);
		return { text: `${row.name} answers and knows us.`, data: { id, answers: true } };
	},
};

export const server: Command[] = [mailTest, lrsList, lrsTest];
