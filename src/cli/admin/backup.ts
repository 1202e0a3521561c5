import { resolve } from 'node:path';
import { note } from '../../lib/server/audit.ts';
import {
	backupsFolder,
	folderOf,
	listBackups,
	makeBackup,
} from '../../lib/server/backup/backups.ts';
import { isSound } from '../../lib/server/backup/notes.ts';
import { restore as putBack, RestoreError } from '../../lib/server/backup/restore.ts';
import { columns, CommandError, granted, type Command } from './command.ts';

const backup: Command = {
	name: 'backup',
	takes: '',
	about: 'Make a backup now, while the server runs or not, and check it.',
	arguments: [0, 0],
	async run({ config, open }) {
		const { name, notes } = granted(await makeBackup({ db: await open(), config }, null));
		const folder = resolve(backupsFolder(config), name);
		const sound = isSound(notes);
		return {
			text: [
				sound
					? 'The backup is made and sound.'
					: `The database is damaged: ${notes.damage.join('; ')}`,
				folder,
			].join('\n'),
			data: { folder, ...notes },
			failed: !sound,
		};
	},
};

const list: Command = {
	name: 'backup list',
	takes: '',
	about: 'List the backups that are kept, newest first.',
	arguments: [0, 0],
	async run({ config }) {
		const all = await listBackups(config);
		const rows = all.map(({ name, notes }) => [
			name,
			notes ? `${(notes.database.bytes / 1e6).toFixed(1)} MB` : '',
			notes ? (isSound(notes) ? 'sound' : 'damaged') : 'unreadable',
		]);
		return { text: columns(rows) || 'There are no backups yet.', data: all };
	},
};

const restore: Command = {
	name: 'restore',
	takes: '<backup>',
	about: 'Put a backup in the place of the database. Stop the server first.',
	help: [
		'<backup> is a folder, or the name of one in DATA_DIR/backups. Its hash and its integrity are',
		'checked, then the present database is moved aside, not deleted.',
	],
	arguments: [1, 1],
	async run({ config, open }, { positionals: [given] }) {
		const folder = folderOf(config, given!) ?? given!;
		try {
			const { notes, aside } = await putBack(folder, config);
			// Opening brings it up to date, which tells at once whether it can be.
			const db = await open();
			await db.tx((tx) =>
				note(db, tx, {
					actor: null,
					action: 'backup.restored',
					on: ['backup', resolve(folder).split(/[\\/]/).at(-1)!],
					details: { madeAt: notes.madeAt },
				}),
			);
			return {
				text: [
					`Restored as of ${notes.madeAt}. Start the server again.`,
					...(aside ? [`What was there before lies in ${resolve(aside)}`] : []),
				].join('\n'),
				data: { madeAt: notes.madeAt, aside: aside ?? null, counts: notes.counts },
			};
		} catch (error) {
			if (error instanceof RestoreError)
				throw new CommandError(`Nothing was changed. ${error.message}`);
			throw error;
		}
	},
};

export const backups: Command[] = [backup, list, restore];
