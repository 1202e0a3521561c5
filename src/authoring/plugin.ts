import { resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { Course } from '#lib/course/model.ts';
import { loadCourses } from './loader.ts';

export interface CoursesOptions {
	/** Folders that hold course folders. */
	dirs: string[];
	/** Take this course only. */
	only?: string;
	/**
	 * Lets the browser have whole courses, answers among them. Off for the server; a package has
	 * nothing else to score with.
	 */
	inBrowser?: boolean;
}

const COURSES = 'virtual:courses';
const PROSE = 'virtual:course-prose';

/**
 * Courses as modules, checked before anything is built: a mistake in a course file stops the build
 * with every mistake named, and shows in the browser while developing. See `virtual.d.ts`.
 */
export function courses({ dirs, only, inBrowser = false }: CoursesOptions): Plugin {
	const read = () =>
		loadCourses(dirs).filter(({ course }) => only === undefined || course.id === only);
	const roots = dirs.map((dir) => resolve(dir));
	return {
		name: 'courses',
		resolveId: (id) => (id === COURSES || id === PROSE ? `\0${id}` : undefined),
		load(id, options) {
			if (id === `\0${COURSES}`) {
				if (!options?.ssr && !inBrowser)
					this.error('virtual:courses holds the answers and must not reach the browser');
				return `export default ${JSON.stringify(read().map(({ course }): Course => course))};`;
			}
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
					read();
				} catch (mistakes) {
					// What was right before stays on show, under the list of what is wrong now.
					const { message } = mistakes as Error;
					server.config.logger.error(message, { timestamp: true });
					server.ws.send({ type: 'error', err: { message, stack: '' } });
					return;
				}
				for (const environment of Object.values(server.environments))
					for (const id of [COURSES, PROSE]) {
						const module = environment.moduleGraph.getModuleById(`\0${id}`);
						if (module) environment.moduleGraph.invalidateModule(module);
					}
				server.ws.send({ type: 'full-reload' });
			});
		},
	};
}

function importMap(name: string, files: Record<string, string>): string {
	const entries = Object.entries(files).map(
		([key, file]) => `\t${JSON.stringify(key)}: () => import(${JSON.stringify(file)}),`,
	);
	return `export const ${name} = {\n${entries.join('\n')}\n};`;
}
