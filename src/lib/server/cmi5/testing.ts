import { CMI5, VERBS } from '#lib/xapi/iris.ts';
import { readStructure } from '#lib/cmi5/structure.ts';
import type { Database } from '../db/database.ts';
import { findStatements } from '../lrs/find.ts';
import { serveRecords } from '../lrs/http/serve.ts';
import { valueOf } from '../lrs/own-statements.ts';
import type { Cmi5Course } from './courses.ts';
import { launchUnit, type Wanted } from './launch.ts';
import { fetchToken } from './sessions.ts';

/*
 * For tests: a course of two blocks, learners, and a unit that speaks to the record store by its
 * launch address alone, as packages do.
 */

const words = (text: string) =>
	`<title><langstring lang="en">${text}</langstring></title><description><langstring lang="en">${text}</langstring></description>`;
const unit = (id: string, attributes: string) =>
	`<au id="urn:${id}" ${attributes}>${words(id)}<url>index.html?part=${id}</url></au>`;

export const STRUCTURE =
	readStructure(`<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
	<course id="urn:course">${words('Course')}</course>
	<block id="urn:outer">${words('Outer')}
		<block id="urn:inner">${words('Inner')}${unit('one', 'moveOn="Completed"')}</block>
		${unit('two', 'moveOn="Passed" masteryScore="0.8"')}
	</block>
	${unit('extra', '')}
</courseStructure>`);

export const SITE = 'https://kursus.example';
export const PACKAGES = 'https://pakker.example';

export async function makeCourse(db: Database): Promise<Cmi5Course> {
	const id = crypto.randomUUID();
	const course = {
		id,
		...{ key: id.replaceAll('-', ''), iri: `${SITE}/cmi5/${id}`, name: 'a.zip' },
		...{ structure: STRUCTURE, createdAt: new Date(), archivedAt: null },
	};
	await db.tx((tx) => tx.insert(db.tables.cmi5Courses).values(course));
	return course;
}

export async function makeLearner(db: Database): Promise<string> {
	const id = crypto.randomUUID();
	await db.tx((tx) =>
		tx.insert(db.tables.users).values({
			...{ id, email: `${id}@example.org`, name: 'Ida', role: 'learner', isGuest: false },
			...{ language: 'da', createdAt: new Date() },
		}),
	);
	return id;
}

/** A statement of a session, as the tests look at it. */
export interface Told {
	id: string;
	verb: { id: string };
	object: { id: string; definition?: { type?: string } };
	result?: { duration?: string };
	context: {
		contextActivities: Record<string, { id: string }[]>;
		extensions: Record<string, unknown>;
	};
}

/** What was said in a registration, by us and by its units, in order. */
export async function toldOf(db: Database, registration: string): Promise<Told[]> {
	const { rows } = await findStatements(db, {
		terms: [{ kind: 'registration', value: registration }],
		...{ ascending: true, limit: 100 },
	});
	return rows.map((row) => valueOf(row) as Told);
}

/** The last part of each verb. */
export function verbsOf(all: Pick<Told, 'verb'>[]): string[] {
	return all.map(({ verb }) => verb.id.split('/').at(-1)!);
}

/** A launched unit, with what it knows from its address and from the record store. */
export class Unit {
	readonly #db: Database;
	readonly launch: URL;
	#token = '';

	constructor(db: Database, address: string) {
		this.#db = db;
		this.launch = new URL(address);
	}

	/** Launches it, and fetches its token. */
	static async open(
		db: Database,
		course: Cmi5Course,
		userId: string,
		{ at = 0, now = new Date(), ...more }: Partial<Wanted> & { now?: Date } = {},
	): Promise<Unit> {
		const address = await launchUnit(
			db,
			{
				...{ course, at, userId, mode: 'Normal', languages: ['da', 'en'], site: SITE },
				...{ packages: PACKAGES, returnURL: `${SITE}/da/cmi5/${course.id}`, ...more },
			},
			now,
		);
		const opened = new Unit(db, address!);
		const { answer } = await fetchToken(db, opened.key, now);
		opened.#token = 'auth-token' in answer ? answer['auth-token'] : '';
		return opened;
	}

	given(name: string): string {
		return this.launch.searchParams.get(name)!;
	}

	/** Of the fetch URL. */
	get key(): string {
		return this.given('fetch').split('/').at(-1)!;
	}

	get session(): string {
		return this.key.split('.')[0]!;
	}

	/** What the token holds: key and secret of HTTP Basic. */
	get credentials(): [string, string] {
		const [key, secret] = Buffer.from(this.#token, 'base64').toString().split(':');
		return [key!, secret!];
	}

	async ask(
		method: string,
		resource: string,
		query: Record<string, string> = {},
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Response> {
		const request = new Request(`${SITE}/xapi/${resource}?${new URLSearchParams(query)}`, {
			method,
			headers: {
				authorization: `Basic ${this.#token}`,
				'x-experience-api-version': '1.0.3',
				origin: PACKAGES,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return serveRecords({
			...{ db: this.#db, request, resource, base: '/xapi', address: 'test' },
			...{ usual: '1.0.3', limit: 1_000_000 },
		});
	}

	state(stateId: string): Record<string, string> {
		return {
			...{ stateId, activityId: this.given('activityId') },
			...{ agent: this.given('actor'), registration: this.given('registration') },
		};
	}

	preferences(): Promise<Response> {
		return this.ask('GET', 'agents/profile', {
			agent: this.given('actor'),
			profileId: 'cmi5LearnerPreferences',
		});
	}

	/** A statement that cmi5 defines, as this unit has to say it. */
	statement(verb: keyof typeof VERBS, result?: object, more: object = {}) {
		const score = result && 'score' in result;
		const tells = result && ('success' in result || 'completion' in result);
		const category = [CMI5.category, ...(tells ? [CMI5.moveOn] : [])].map((id) => ({ id }));
		const at = Number(/units\/(\d+)$/.exec(this.given('activityId'))![1]);
		return {
			id: crypto.randomUUID(),
			timestamp: new Date().toISOString(),
			actor: JSON.parse(this.given('actor')) as object,
			verb: { id: VERBS[verb] },
			object: { id: this.given('activityId') },
			...(result ? { result } : {}),
			context: {
				registration: this.given('registration'),
				contextActivities: {
					grouping: [{ id: `urn:${['one', 'two', 'extra'][at - 1]}` }],
					category,
				},
				extensions: {
					[CMI5.sessionId]: this.session,
					...(score ? { [CMI5.masteryScore]: 0.8 } : {}),
				},
			},
			...more,
		};
	}

	say(verb: keyof typeof VERBS, result?: object, more: object = {}): Promise<Response> {
		return this.ask('POST', 'statements', {}, this.statement(verb, result, more));
	}

	/** Asks for preferences, as a unit must, and says "initialized". */
	async begin(): Promise<void> {
		await this.preferences();
		const answer = await this.say('initialized');
		if (!answer.ok) throw new Error(await answer.text());
	}
}
