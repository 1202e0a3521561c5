import { argv, env, exit } from 'node:process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseFolders } from '../authoring/folders.ts';
import { checkLexicon } from '../authoring/lexicons.ts';
import { loadCourse, type LoadedCourse } from '../authoring/loader.ts';
import { unreleased, writeLock } from '../authoring/lock.ts';
import { formatMistake } from '../authoring/mistakes.ts';
import { newCourse, newLesson, SkeletonError } from '../authoring/skeleton.ts';
import { report as reportOf } from '../authoring/report/report.ts';
import { LANGUAGES } from '../lib/course/language.ts';
import { lessonsOf } from '../lib/course/model.ts';

const USAGE = `npm run course -- check [course]                          name every mistake
npm run course -- new course <course>                     write a course to begin with
npm run course -- new lesson <course> <chapter> <lesson>  write a lesson to begin with
npm run course -- lock <course>                           put all ids on the list of released ones
npm run course -- report [course]                         write a page with figures and every conversation drawn`;

const dir = env.COURSES_DIR ?? 'courses';
const [command, ...rest] = argv.slice(2);

try {
	if (command === 'check' && rest.length <= 1) check(rest[0]);
	else if (command === 'lock' && rest.length === 1) lock(rest[0]!);
	else if (command === 'report' && rest.length <= 1) writeReports(rest[0]);
	else if (command === 'new' && rest[0] === 'course' && rest.length === 2)
		report(newCourse(dir, rest[1]!));
	else if (command === 'new' && rest[0] === 'lesson' && rest.length === 4)
		report(newLesson(dir, rest[1]!, rest[2]!, rest[3]!));
	else fail(USAGE);
} catch (error) {
	if (error instanceof SkeletonError) fail(error.message);
	throw error;
}

function fail(message: string): never {
	console.error(message);
	exit(1);
}

function report(files: string[]): void {
	for (const file of files) console.log(file);
}

function open(id: string): LoadedCourse {
	const folder = join(dir, id);
	if (!courseFolders([dir]).includes(folder)) fail(`There is no course "${id}" in ${dir}/.`);
	return loadCourse(folder);
}

function check(id: string | undefined): void {
	const loaded = id === undefined ? courseFolders([dir]).map(loadCourse) : [open(id)];
	if (loaded.length === 0)
		fail(`${dir}/ holds no course; \`npm run course -- new course <id>\` makes one.`);
	for (const { folder, course, mistakes } of loaded) {
		for (const mistake of mistakes) console.error(formatMistake(mistake));
		if (!course) continue;
		const fresh = unreleased(course, folder).length;
		console.log(
			`${course.id}: ${course.chapters.length} chapters, ${lessonsOf(course).length} lessons, no mistakes` +
				(fresh > 0 ? `; ${fresh} ids are not released yet (lock)` : ''),
		);
	}
	const lexicons = LANGUAGES.flatMap((lang) => checkLexicon(lang));
	for (const mistake of lexicons) console.error(mistake);
	const count = loaded.reduce((sum, one) => sum + one.mistakes.length, lexicons.length);
	if (count > 0) fail(`${count} ${count === 1 ? 'mistake' : 'mistakes'}`);
}

function lock(id: string): void {
	const { course, folder, mistakes } = open(id);
	for (const mistake of mistakes) console.error(formatMistake(mistake));
	if (!course) fail('Nothing was locked: mend these first.');
	const fresh = unreleased(course, folder).length;
	writeLock(course, folder);
	console.log(`${course.id}: ${fresh} ids added to ids.lock`);
}

function writeReports(id: string | undefined): void {
	mkdirSync('dist', { recursive: true });
	for (const { folder, course, lessons, mistakes } of id === undefined
		? courseFolders([dir]).map(loadCourse)
		: [open(id)]) {
		for (const mistake of mistakes) console.error(formatMistake(mistake));
		if (!course) fail(`No report of ${folder} was written: mend these first.`);
		const file = join('dist', `report-${course.id}.html`);
		writeFileSync(file, reportOf(course, lessons, mistakes));
		console.log(file);
	}
}
