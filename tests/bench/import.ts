import type { Seeded } from './seed/seed.ts';
import type { Running } from '../support/server.ts';
import { signIn } from './teaching.ts';

/** Milliseconds. */
export interface ImportFigure {
	people: number;
	/** From the file's first byte to the preview's last, the redirect between them included. */
	preview: number;
	/** Until all are invited and the page says so. */
	confirm: number;
	total: number;
}

const GOAL = 5_000;

/** What it takes to look at a file of people and to invite them all, as a browser does it. */
export async function measureImport(
	{ origin }: Running,
	probes: Seeded['probes'],
	people = GOAL,
): Promise<ImportFigure> {
	const cookie = await signIn(origin);
	const page = `${origin}/da/teach/groups/${Object.values(probes)[0]!.group}/people/import`;
	// As a page is asked for; otherwise an action answers in JSON.
	const headers = { origin, cookie, accept: 'text/html' };
	const began = performance.now();
	const form = new FormData();
	form.set('file', new File([fileOf(people)], 'people.csv', { type: 'text/csv' }));
	const read = await fetch(`${page}?/upload`, { method: 'POST', headers, body: form });
	const preview = await read.text();
	const [, id] = /name="file" value="([0-9a-f-]{36})"/.exec(preview) ?? [];
	if (!read.ok || !id) throw new Error(`The file was not read: ${read.status}`);
	const looked = performance.now();
	const yes = await fetch(`${page}?/confirm`, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ file: id, language: 'da' }),
	});
	const said = await yes.text();
	if (!yes.ok || !said.includes(String(people))) throw new Error(`Not all were invited: ${said}`);
	const done = performance.now();
	const rounded = (from: number, to: number) => Math.round(to - from);
	return {
		people,
		preview: rounded(began, looked),
		confirm: rounded(looked, done),
		total: rounded(began, done),
	};
}

/** Nobody's addresses, and others at every run, so that all are good. */
function fileOf(people: number): string {
	const run = Date.now();
	const rows = Array.from(
		{ length: people },
		(_, n) => `Person Nummer ${n};person-${run}-${n}@example.org;Sygeplejerske;dansk`,
	);
	return ['Navn;E-mail;Faggruppe;Sprog', ...rows].join('\r\n');
}
