import { asc, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { addEducator, removeEducator } from '../../lib/server/teaching/educators.ts';
import {
	createOrganisation,
	organisationForm,
	setOrganisationArchived,
} from '../../lib/server/teaching/organisations.ts';
import { columns, CommandError, granted, text, UsageError, type Command } from './command.ts';
import { find } from './people.ts';

const list: Command = {
	name: 'organisations list',
	takes: '',
	about: 'List organisations with their time zones.',
	help: ['--all                archived ones as well'],
	options: { all: { type: 'boolean' } },
	arguments: [0, 0],
	async run({ open }, { values }) {
		const db = await open();
		const { organisations } = db.tables;
		const found = await db.read
			.select()
			.from(organisations)
			.where(values.all ? undefined : isNull(organisations.archivedAt))
			.orderBy(asc(organisations.name), asc(organisations.id));
		const rows = found.map((one) => [
			one.id,
			one.timeZone,
			one.archivedAt ? 'archived' : '',
			one.name,
		]);
		return { text: columns(rows) || 'There are no organisations.', data: found };
	},
};

const create: Command = {
	name: 'organisations create',
	takes: '<name>',
	about: 'Add an organisation, and print its id.',
	help: ['--time-zone <zone>   where its days are days; Europe/Copenhagen if it is not given'],
	options: { 'time-zone': { type: 'string' } },
	arguments: [1, 1],
	async run({ open }, { positionals: [name], values }) {
		const timeZone = text(values['time-zone']) ?? 'Europe/Copenhagen';
		const form = v.safeParse(organisationForm, { name, timeZone });
		if (!form.success) throw new UsageError(form.issues[0].message);
		const { id } = granted(await createOrganisation(await open(), null, form.output));
		return { text: id, data: { id } };
	},
};

/** Archives or restores one. */
function archiving(name: string, about: string, archived: boolean): Command {
	return {
		name,
		takes: '<organisation>',
		about,
		arguments: [1, 1],
		async run({ open }, { positionals: [id] }) {
			granted(await setOrganisationArchived(await open(), null, id!, archived));
			return { text: archived ? 'Archived.' : 'Restored.', data: { id, archived } };
		},
	};
}

const add: Command = {
	name: 'educators add',
	takes: '<organisation> <person>',
	about: 'Make somebody with an account an educator of an organisation.',
	arguments: [2, 2],
	async run({ open }, { positionals: [organisation, named] }) {
		const db = await open();
		const { id, email, name } = await find(db, named!);
		if (!email) throw new CommandError(`${name} has no address.`);
		granted(await addEducator(db, null, organisation!, email));
		return { text: `${name} teaches there now.`, data: { id, organisation } };
	},
};

const remove: Command = {
	name: 'educators remove',
	takes: '<organisation> <person>',
	about: 'End somebody’s teaching in an organisation, and in all of its groups, at once.',
	arguments: [2, 2],
	async run({ open }, { positionals: [organisation, named] }) {
		const db = await open();
		const { id, name } = await find(db, named!);
		await removeEducator(db, null, organisation!, id);
		return { text: `${name} teaches there no more.`, data: { id, organisation } };
	},
};

export const organisations: Command[] = [
	list,
	create,
	archiving('organisations archive', 'Close an organisation; nothing is lost.', true),
	archiving('organisations restore', 'Open an archived organisation again.', false),
	add,
	remove,
];
