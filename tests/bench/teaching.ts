import type { Running } from '../support/server.ts';
import { EDUCATOR, PASSWORD, type Seeded } from './seed/seed.ts';

export interface PageFigure {
	page: string;
	members: number;
	/** Milliseconds until the whole answer is there. */
	p50: number;
	p95: number;
	/** Of the answer, before compression. */
	kilobytes: number;
}

/** An activity. */
export interface Place {
	lesson: string;
	step: string;
}

/** How often each page is asked for, one after the other. */
const TIMES = 100;

/**
 * What an educator's pages take: their data (`__data.json`), as a browser asks for it that goes from
 * page to page.
 */
export async function measureTeaching(
	{ origin }: Running,
	probes: Seeded['probes'],
	vignette: Place,
	quiz: Place,
): Promise<PageFigure[]> {
	const cookie = await signIn(origin);
	const figures: PageFigure[] = [await measure(origin, cookie, '/en/teach', 0)];
	for (const { group, members } of Object.values(probes)) {
		const base = `/en/teach/groups/${group}`;
		const learner = await someLearner(origin, cookie, base);
		for (const page of [
			'',
			'?status=stuck&sort=progress',
			'/people',
			'/assignments',
			'/activities',
			`/activities/${vignette.lesson}/${vignette.step}`,
			`/activities/${quiz.lesson}/${quiz.step}`,
			`/learners/${learner}`,
		])
			figures.push({
				...(await measure(origin, cookie, `${base}${page}`, members)),
				page: `group${page.replace(learner, '…')}`,
			});
	}
	return figures;
}

async function measure(
	origin: string,
	cookie: string,
	path: string,
	members: number,
): Promise<PageFigure> {
	const [at, query] = path.split('?');
	const address = `${origin}${at}/__data.json${query ? `?${query}` : ''}`;
	const times: number[] = [];
	let bytes = 0;
	// The first ones warm up what is made once: prepared statements, the course's outline.
	for (let n = -3; n < TIMES; n++) {
		const began = performance.now();
		const response = await fetch(address, { headers: { cookie } });
		bytes = (await response.arrayBuffer()).byteLength;
		if (!response.ok) throw new Error(`${address} answers ${response.status}`);
		if (n >= 0) times.push(performance.now() - began);
	}
	times.sort((a, b) => a - b);
	const rank = (share: number) => Math.round(10 * times[Math.floor(share * TIMES)]!) / 10;
	return {
		page: path,
		members,
		p50: rank(0.5),
		p95: rank(0.95),
		kilobytes: Math.round(bytes / 1024),
	};
}

/** The cookie of the educator whom the seeder made. */
export async function signIn(origin: string): Promise<string> {
	const response = await fetch(`${origin}/en/login`, {
		method: 'POST',
		headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ email: EDUCATOR, password: PASSWORD }),
		redirect: 'manual',
	});
	const cookie = response.headers.getSetCookie().find((one) => one.startsWith('session='));
	if (!cookie) throw new Error(`The educator of the bench could not sign in: ${response.status}`);
	return cookie.split(';')[0]!;
}

/** The id of somebody who is on the overview. */
async function someLearner(origin: string, cookie: string, base: string): Promise<string> {
	const page = await (await fetch(`${origin}${base}`, { headers: { cookie } })).text();
	const [, id] = /\/learners\/([0-9a-f-]{36})/.exec(page) ?? [];
	if (!id) throw new Error(`${base} shows no learner`);
	return id;
}
