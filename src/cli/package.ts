import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { argv, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { courseFolders } from '../authoring/folders.ts';
import { loadCourse } from '../authoring/loader.ts';
import { formatMistake } from '../authoring/mistakes.ts';
import { isLanguage, LANGUAGES } from '../lib/course/language.ts';
import { assemble, packageName, PLAYER, readPlayer } from '../lib/packages/assemble.ts';
import { FORMATS, isFormat } from '../lib/packages/formats.ts';
import { readLrsSetting, type LrsSetting } from '../lib/packages/lrs-setting.ts';
import { zip } from '../lib/packages/zip.ts';
import { buildPlayer } from '../packaging/build.ts';
import { coursesDir, isNewest, playerDir } from './built.ts';

const USAGE = `npm run package -- --course <course> --format <format> [--lang ${LANGUAGES.join('|')}] [--split lessons] [--lrs <file>] [--out <folder>]

  --course  the course's id: its folder's name
  --format  ${Object.keys(FORMATS).join(', ')}
  --lang    only this language; both when left out
  --split   lessons: each lesson an item of its own in the LMS, and the final test; the course is one item when left out
  --lrs     static: a JSON file that names the record store to tell what learners do, {"endpoint": "https://…"}
            and as wanted "key" and "secret", "version", "detail"; they can be read by everybody who opens the copy
  --out     where to put the package; dist when left out

Writes the package unzipped and as a zip. The zip's path is the last line printed.`;

const { course: id, format, lang, split, lrs: lrsFile, out } = options();
if (!id) fail(`Which course? Name it by --course.\n\n${USAGE}`);
if (!isFormat(format))
	fail(
		`${format ? `There is no format "${format}".` : 'Which format?'} Name it by --format.\n\n${USAGE}`,
	);
if (lang !== undefined && !isLanguage(lang))
	fail(`There is no language "${lang}"; courses are in ${LANGUAGES.join(' and ')}.`);
if (split !== undefined && split !== 'lessons')
	fail(`A package cannot be split by "${split}"; there is: --split lessons.`);
if (split && !FORMATS[format].splits)
	fail(`A package of format ${format} cannot be split; leave --split out.`);
if (lrsFile !== undefined && !FORMATS[format].reports)
	fail(`A package of format ${format} tells nobody but its LMS; leave --lrs out.`);
const lrs = lrsFile === undefined ? undefined : lrsIn(lrsFile);

await buildWhatIsMissing(id);
const wanted = {
	format,
	languages: lang === undefined ? [...LANGUAGES] : [lang],
	split: split === 'lessons',
	...(lrs ? { lrs } : {}),
};
const { course } = readPlayer(playerDir(id));
const files = assemble(playerDir(id), wanted);
const unzipped = resolve(out, packageName(course, wanted));
write(files, unzipped);
const zipFile = zip(files);
writeFileSync(`${unzipped}.zip`, zipFile);
console.log(
	`${course.title[wanted.languages[0]!]} ${course.version}, ${wanted.languages.join(' and ')}: ${Math.round(zipFile.length / 1024)} KB`,
);
console.log(`${unzipped}.zip`);

/** Builds the course's player unless it is there and newer than every source. */
async function buildWhatIsMissing(id: string): Promise<void> {
	const built = join(playerDir(id), PLAYER);
	if (existsSync(built) && (!existsSync('vite.config.ts') || isNewest(built))) return;
	const dir = coursesDir();
	const folder = join(dir, id);
	if (!courseFolders([dir]).includes(folder))
		fail(
			`There is no course "${id}" in ${dir}/. There is: ${courseFolders([dir])
				.map((one) => one.slice(dir.length + 1))
				.join(', ')}.`,
		);
	const { course, ...found } = loadCourse(folder);
	if (!course) {
		for (const mistake of found.mistakes) console.error(formatMistake(mistake));
		fail('No package was made: mend these first.');
	}
	await buildPlayer({ ...found, course }, playerDir(id));
}

/** Puts files into a folder, in the place of whatever was there. */
function write(files: Map<string, Uint8Array>, folder: string): void {
	rmSync(folder, { recursive: true, force: true });
	for (const [path, content] of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
}

function lrsIn(file: string): LrsSetting {
	let json: string;
	try {
		json = readFileSync(file, 'utf8');
	} catch (error) {
		return fail(`--lrs: ${error instanceof Error ? error.message : String(error)}`);
	}
	const setting = readLrsSetting(json);
	if (!Array.isArray(setting)) return setting;
	return fail(setting.map((line) => `${file}: ${line}`).join('\n'));
}

function options() {
	try {
		const { values } = parseArgs({
			args: argv.slice(2),
			options: {
				course: { type: 'string' },
				format: { type: 'string' },
				lang: { type: 'string' },
				split: { type: 'string' },
				lrs: { type: 'string' },
				out: { type: 'string', default: 'dist' },
			},
		});
		return values;
	} catch (error) {
		return fail(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
	}
}

function fail(message: string): never {
	console.error(message);
	exit(1);
}
