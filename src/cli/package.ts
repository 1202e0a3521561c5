import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv, env, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { courseFolders } from '../authoring/folders.ts';
import { loadCourse } from '../authoring/loader.ts';
import { formatMistake } from '../authoring/mistakes.ts';
import { isLanguage, LANGUAGES } from '../lib/course/language.ts';
import { buildPackage } from '../packaging/build.ts';
import { FORMATS, isFormat } from '../packaging/formats.ts';

const USAGE = `npm run package -- --course <course> --format <format> [--lang ${LANGUAGES.join('|')}] [--out <folder>]

  --course  the course's id: its folder's name
  --format  ${Object.keys(FORMATS).join(', ')}
  --lang    only this language; both when left out
  --out     where to put the package; dist when left out

Writes the package unzipped and as a zip. The zip's path is the last line printed.`;

const { course: id, format, lang, out } = options();
if (!id) fail(`Which course? Name it by --course.\n\n${USAGE}`);
if (!isFormat(format))
	fail(
		`${format ? `There is no format "${format}".` : 'Which format?'} Name it by --format.\n\n${USAGE}`,
	);
if (lang !== undefined && !isLanguage(lang))
	fail(`There is no language "${lang}"; courses are in ${LANGUAGES.join(' and ')}.`);

const dir = env.COURSES_DIR ?? 'courses';
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

const languages = lang === undefined ? [...LANGUAGES] : [lang];
const name = [course.id, course.version, format, ...(lang === undefined ? [] : [lang])].join('-');
const unzipped = resolve(out, name);
const zip = await buildPackage({
	format,
	loaded: { ...found, course },
	languages,
	folder: unzipped,
});
mkdirSync(resolve(out), { recursive: true });
writeFileSync(`${unzipped}.zip`, zip);
console.log(
	`${course.title[languages[0]!]} ${course.version}, ${languages.join(' and ')}: ${Math.round(zip.length / 1024)} KB`,
);
console.log(`${unzipped}.zip`);

function options() {
	try {
		const { values } = parseArgs({
			args: argv.slice(2),
			options: {
				course: { type: 'string' },
				format: { type: 'string' },
				lang: { type: 'string' },
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
