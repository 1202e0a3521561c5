import { resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { LANGUAGES } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { cardsFile } from './cards.ts';
import { loadCourses } from './loader.ts';
import { formatMistake } from './mistakes.ts';
import { notesOn } from './notes.ts';
import { searchIndex } from './search.ts';

const COURSES = 'virtual:courses';
const PROSE = 'virtual:course-prose';
const NOTES = 'virtual:course-notes';
const SEARCH = 'virtual:course-search';
const CARDS = 'virtual:course-cards';
const ALL = [COURSES, PROSE, NOTES, SEARCH, CARDS];

/**
 * Courses as modules, checked before anything is built: a mistake in a course file stops the build
 * with every mistake named. While developing, what the check says of an activity stands beside it,
 * and a mistake that leaves nothing to show is laid over the page. See `virtual.d.ts`.
 *
 * @param dirs folders that hold course folders
 */
export function courses(dirs: string[]): Plugin {
	const roots = dirs.map((dir) => resolve(dir));
	let isWriting = false;
	const read = () => loadCourses(dirs, { drafts: isWriting });
	return {
		name: 'courses',
		configResolved({ command, mode }) {
			isWriting = command === 'serve' && mode === 'development';
		},
		resolveId: (id) => (ALL.includes(id) ? `\0${id}` : undefined),
		load(id, options) {
			if ((id === `\0${COURSES}` || id === `\0${NOTES}`) && !options?.ssr)
				this.error(`${id.slice(1)} holds the answers and must not reach the browser`);
			if (id === `\0${COURSES}`)
				return `export default ${JSON.stringify(read().map(({ course }): Course => course))};`;
			if (id === `\0${NOTES}`)
				return `export default ${JSON.stringify(isWriting ? notesOn(read()) : {})};`;
			if (id === `\0${SEARCH}`) return `export default ${JSON.stringify(searchIndexes(read()))};`;
			if (id === `\0${CARDS}`) return printedCards(read());
			if (id === `\0${PROSE}`) {
				const loaded = read();
				return [
					importMap('prose', Object.assign({}, ...loaded.map((one) => one.prose))),
					importMap('metaphors', Object.assign({}, ...loaded.map((one) => one.pictures))),
				].join('\n');
			}
			return undefined;
		},
		configureServer(server) {
			server.watcher.add(roots);
			server.watcher.on('all', (_event, file) => {
				if (!roots.some((root) => resolve(file).startsWith(root + sep))) return;
				try {
					for (const mistake of read().flatMap((one) => one.mistakes))
						server.config.logger.warn(formatMistake(mistake), { timestamp: true });
				} catch (mistakes) {
					// What was right before stays on show, under the list of what is wrong now.
					const { message } = mistakes as Error;
					server.config.logger.error(message, { timestamp: true });
					server.ws.send({ type: 'error', err: { message, stack: '' } });
					return;
				}
				for (const environment of Object.values(server.environments))
					for (const id of ALL) {
						const module = environment.moduleGraph.getModuleById(`\0${id}`);
						if (module) environment.moduleGraph.invalidateModule(module);
					}
				server.ws.send({ type: 'full-reload' });
			});
		},
	};
}

/** Addresses of the printed cards, by `course/language`. */
function printedCards(loaded: ReturnType<typeof loadCourses>): string {
	const files = loaded.flatMap(({ course, folder }) =>
		LANGUAGES.flatMap((language) => {
			const file = cardsFile(resolve(folder), language);
			return file ? [{ key: `${course.id}/${language}`, file }] : [];
		}),
	);
	return [
		...files.map(({ file }, at) => `import file${at} from ${JSON.stringify(`${file}?url`)};`),
		`export default {${files.map(({ key }, at) => `${JSON.stringify(key)}: file${at}`).join(', ')}};`,
	].join('\n');
}

/** By `course/language`. */
function searchIndexes(loaded: ReturnType<typeof loadCourses>): Record<string, string> {
	return Object.fromEntries(
		loaded.flatMap((one) =>
			LANGUAGES.map((language) => [`${one.course.id}/${language}`, searchIndex(one, language)]),
		),
	);
}

function importMap(name: string, files: Record<string, string>): string {
	const entries = Object.entries(files).map(
		([key, file]) => `\t${JSON.stringify(key)}: () => import(${JSON.stringify(file)}),`,
	);
	return `export const ${name} = {\n${entries.join('\n')}\n};`;
}
