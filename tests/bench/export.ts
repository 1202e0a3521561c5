import { mkdtempSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { loadCourse } from '../../src/authoring/loader.ts';
import type { Database } from '../../src/lib/server/db/database.ts';
import { openSqlite } from '../../src/lib/server/db/sqlite.ts';
import { FORMATS, type Format } from '../../src/lib/server/spreadsheets/write.ts';

/*
 * `npm run bench:export [-- rows,rows]`: a group's first answers written as a file, with the most memory
 * that it took. What is read is thrown away, as if it went out to a browser.
 */

// The built server has its courses from Vite; here they are read from their files.
registerHooks({
	resolve: (specifier, context, next) =>
		specifier === 'virtual:courses'
			? { url: 'data:text/javascript,export default []', shortCircuit: true }
			: next(specifier, context),
});
const { exportSheet } = await import('../../src/lib/server/teaching/exports.ts');

const course = loadCourse('courses/rygsamtalen').course!;
const ITEMS = 20;
const now = new Date();

for (const rows of (argv[2] ?? '10000,100000').split(',').map(Number)) {
	const folder = mkdtempSync(join(tmpdir(), 'export-'));
	const db = openSqlite(join(folder, 'export.db'), 'migrations/sqlite');
	const from = await filled(db, rows / ITEMS);
	const figures = [];
	for (const format of Object.keys(FORMATS) as Format[])
		figures.push({ rows, format, ...(await measure(from, format)) });
	console.table(figures);
	await db.close();
	rmSync(folder, { recursive: true });
}

type From = Parameters<typeof exportSheet>[0];

async function measure(from: From, format: Format) {
	globalThis.gc?.();
	const before = process.memoryUsage().rss;
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
	const began = performance.now();
	const sheet = await exportSheet(from, 'answers');
	let bytes = 0;
	for await (const chunk of FORMATS[format].write(sheet, 'da')) bytes += chunk.byteLength;
	clearInterval(watch);
	const megabytes = (number: number) => Math.round(number / 1024 / 1024);
	return {
		seconds: Math.round((performance.now() - began) / 100) / 10,
		'file MB': Math.round(bytes / 1024 / 102.4) / 10,
		'RSS before MB': megabytes(before),
		'peak RSS MB': megabytes(peak),
	};
}

async function filled(db: Database, people: number): Promise<From> {
	const { firstAnswers, groups, members, organisations, users } = db.tables;
	const organisation = { id: 'o', name: 'O', timeZone: 'Europe/Copenhagen', createdAt: now };
	const group = { id: 'g', organisationId: 'o', name: 'G', stuckDays: 14, createdAt: now };
	await db.tx(async (tx) => {
		await tx.insert(organisations).values(organisation);
		await tx.insert(groups).values(group);
	});
	for (let from = 0; from < people; from += 100)
		await db.tx(async (tx) => {
			for (let at = from; at < Math.min(people, from + 100); at++) {
				const userId = crypto.randomUUID();
				const who = { role: 'learner', isGuest: false, language: 'da', createdAt: now } as const;
				const email = `learner-${at}@example.org`;
				await tx.insert(users).values({ ...who, id: userId, name: `Learner ${at}`, email });
				await tx.insert(members).values({ groupId: 'g', userId, joinedAt: now });
				await tx.insert(firstAnswers).values(
					Array.from({ length: ITEMS }, (_, item) => ({
						...{ userId, course: course.id, lesson: 'some-lesson', step: 'quiz' },
						...{ item: `item-${item}`, response: '{"choice":"a"}', earned: item % 2 },
						...{ possible: 1, restEarned: 3, restPossible: 9, at: now },
					})),
				);
			}
		});
	return {
		...{ db, courses: [course], language: 'da', now },
		group: { ...group, archivedAt: null },
		organisation: { ...organisation, archivedAt: null },
	};
}
