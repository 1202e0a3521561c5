import { resolve } from 'node:path';
import { note } from '../../lib/server/audit.ts';
import {
	backupsFolder,
	folderOf,
	listBackups,
	makeBackup,
} from '../../lib/server/backup/backups.ts';
import { isSound, sizeOf, type Notes } from '../../lib/server/backup/notes.ts';
import { restore as putBack, RestoreError } from '../../lib/server/backup/restore.ts';
import { columns, CommandError, granted, type Command } from './command.ts';

/** What to know of the files of courses that came as cmi5 packages. */
function packagesOf({ packages, counts }: Notes): string[] {
	if (!packages)
		return counts.cmi5_courses
			? [
					'The backup is of a version that left out the files of cmi5 courses: DATA_DIR/cmi5 stays as it is.',
				]
			: [];
	return packages.missing.map(
		({ course, name, reason }) =>
			`The files of the cmi5 course ${course} (${name}) are not in it: ${reason}`,
	);
}

const backup: Command = {
	name: 'backup',
	takes: '',
	about: 'Make a backup now, while the server runs or not, and check it.',
	arguments: [0, 0],
	async run({ config, open }) {
		const { name, notes } = granted(await makeBackup({ db: await open(), config }, null));
		const folder = resolve(backupsFolder(config), name);
		const sound = isSound(notes);
		const lacks = packagesOf(notes);
		return {
			text: [
				sound
					? 'The backup is made and sound.'
					: `The database is damaged: ${notes.damage.join('; ')}`,
				...lacks,
				folder,
			].join('\n'),
			data: { folder, ...notes },
			failed: !sound || lacks.length > 0,
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
			notes ? `${(sizeOf(notes) / 1e6).toFixed(1)} MB` : '',
			notes ? (isSound(notes) ? 'sound' : 'damaged') : 'unreadable',
		]);
		return { text: columns(rows) || 'There are no backups yet.', data: all };
	},
};

const restore: Command = {
	name: 'restore',
	takes: '<backup>',
	about: 'Put a backup in the place of database, key and packages. Stop the server first.',
	help: [
		'<backup> is a folder, or the name of one in DATA_DIR/backups. Its hashes and its integrity',
		'are checked, then what is there is moved aside, not deleted.',
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
					...packagesOf(notes),
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
