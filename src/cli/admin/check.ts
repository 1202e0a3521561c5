import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { and, asc, eq, gt } from 'drizzle-orm';
import courses from 'virtual:courses';
import { FILE } from '../../lib/cmi5/structure.ts';
import { backupsFolder } from '../../lib/server/backup/backups.ts';
import { listCourses, packagesFolder } from '../../lib/server/cmi5/courses.ts';
import type { Database } from '../../lib/server/db/database.ts';
import { recount } from '../../lib/server/learning/enrolments.ts';
import { whole, type Command } from './command.ts';

/** Ends a transaction whose result is only looked at. */
class Undo extends Error {}

const check: Command = {
	name: 'check',
	takes: '',
	about:
		'Check the database: integrity, references, migrations, files of cmi5 courses, and enrolments counted anew.',
	help: [
		'--sample <n>         enrolments to count anew; 100 if it is not given',
		'It works on a copy made for the purpose, so that the server is not held up.',
	],
	options: { sample: { type: 'string' } },
	arguments: [0, 0],
	async run({ config, open }, { values }) {
		const db = await open();
		const sample = whole('sample', values.sample, 100);
		const findings: string[] = [];
		if (db.backup) findings.push(...(await structureOf(db, backupsFolder(config))));
		for (const { id, name } of await listCourses(db)) {
			const folder = resolve(packagesFolder(config), id);
			if (!existsSync(join(folder, FILE)))
				findings.push(`The files of the cmi5 course ${id} (${name}) are not in ${folder}.`);
		}
		const { counted, wrong } = await enrolmentsOf(db, sample);
		for (const { userId, course } of wrong)
			findings.push(`The enrolment of ${userId} in ${course} is not what their events add up to.`);
		return {
			text: [...findings, `${counted} enrolments counted anew; ${findings.length} findings.`].join(
				'\n',
			),
			data: { findings, counted },
			failed: findings.length > 0,
		};
	},
};

async function structureOf(db: Database, folder: string): Promise<string[]> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const copy = join(folder, `.check-${process.pid}.db`);
	try {
		const { damage, orphans, migratedTo } = await db.backup!(copy);
		const journal = JSON.parse(readFileSync('migrations/sqlite/meta/_journal.json', 'utf8')) as {
			entries: { when: number; tag: string }[];
		};
		const last = journal.entries.at(-1)!;
		return [
			...damage.map((line) => `integrity_check: ${line}`),
			...(orphans > 0 ? [`foreign_key_check: ${orphans} rows refer to what is not there.`] : []),
			...(migratedTo === last.when ? [] : [`The last migration is not ${last.tag}.`]),
		];
	} finally {
		rmSync(copy, { force: true });
	}
}

/** Counts some enrolments from their events, spread over everybody, and puts nothing on record. */
async function enrolmentsOf(db: Database, sample: number) {
	const { enrolments } = db.tables;
	const wrong: { userId: string; course: string }[] = [];
	let counted = 0;
	for (let at = 0; at < sample; at++) {
		// Ids are random: a point in their range is a person like any other.
		const from =
			at === 0
				? ''
				: Math.floor((at / sample) * 2 ** 32)
						.toString(16)
						.padStart(8, '0');
		const [before] = await db.read
			.select()
			.from(enrolments)
			.where(gt(enrolments.userId, from))
			.orderBy(asc(enrolments.userId))
			.limit(1);
		const course = courses.find(({ id, version }) => {
			return id === before?.course && version === before.courseVersion;
		});
		if (!before || !course) continue;
		counted += 1;
		let after: typeof before | undefined;
		await db
			.tx(async (tx) => {
				await recount(db, tx, course, before.userId, before.since);
				[after] = await tx
					.select()
					.from(enrolments)
					.where(
						and(
							eq(enrolments.userId, before.userId),
							eq(enrolments.course, before.course),
							eq(enrolments.since, before.since),
						),
					);
				throw new Undo();
			})
			.catch((error: unknown) => {
				if (!(error instanceof Undo)) throw error;
			});
		// The learner may have gone on meanwhile.
		const isNewer = after && after.lastAt.getTime() > before.lastAt.getTime();
		if (!isNewer && JSON.stringify(after) !== JSON.stringify(before)) wrong.push(before);
	}
	return { counted, wrong };
}

export const checks: Command[] = [check];
