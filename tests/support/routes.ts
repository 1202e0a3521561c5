import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way to ask the server for something: a page, an action of a page's form, or a method of an endpoint. */
export interface Door {
	/** As SvelteKit names it, without groups: `/[lang=lang]/teach`. */
	route: string;
	/** `GET` a page; `?/name` an action; a method of a `+server.ts`. */
	how: string;
}

const ROUTES = 'src/routes';

/** Every door of the server, read from its files, so that none can be forgotten. */
export function doors(folder = ROUTES): Door[] {
	const route = folder.slice(ROUTES.length) || '/';
	const files = readdirSync(folder, { withFileTypes: true });
	const text = (name: string) => readFileSync(join(folder, name), 'utf8');
	const has = (name: string) => files.some((file) => file.name === name);
	const here: Door[] = [];
	if (has('+page.svelte') || has('+page.server.ts')) here.push({ route, how: 'GET' });
	if (has('+page.server.ts'))
		here.push(...actionsIn(text('+page.server.ts')).map((how) => ({ route, how })));
	if (has('+server.ts')) here.push(...methodsIn(text('+server.ts')).map((how) => ({ route, how })));
	return [
		...here,
		...files.flatMap((file) => (file.isDirectory() ? doors(join(folder, file.name)) : [])),
	];
}

/** Names of a page's actions, which stand at the first level of `export const actions`. */
function actionsIn(code: string): string[] {
	const [, body] = /export const actions[^=]*= \{\n([\s\S]*?)\n\};/.exec(code) ?? [];
	return [...(body ?? '').matchAll(/^\t(\w+)(?::|,|\()/gm)].map(([, name]) =>
		name === 'default' ? '?' : `?/${name}`,
	);
}

function methodsIn(code: string): string[] {
	return [...code.matchAll(/export const (GET|POST|PUT|PATCH|DELETE|fallback)\b/g)].map(
		([, name]) => name!,
	);
}
