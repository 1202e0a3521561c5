import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { loadCourse } from '../../../src/authoring/loader.ts';
import type { Course } from '../../../src/lib/course/model.ts';
import type { Enrolment } from '../../../src/lib/progress/enrolment.ts';
import { hashPassword } from '../../../src/lib/server/auth/password.ts';
import { openSqlite } from '../../../src/lib/server/db/sqlite.ts';
import { cuts, history, START, type Cut } from './history.ts';
import { Chance } from './random.ts';

export interface Plan {
	/** A folder for the database; it must not hold one. */
	dataDir: string;
	courseDir: string;
	organisations: number;
	learners: number;
	/** In all; what comes out is near it. */
	events: number;
	seed: number;
}

export interface Seeded {
	learners: number;
	events: number;
	groups: number;
	seconds: number;
	/** Groups to look at, by what they are: their id and how many are in them. */
	probes: Record<string, { group: string; members: number }>;
}

/** Where it is written, beside the database, what was made. */
export const NOTES = 'seeded.json';
export const PASSWORD = 'a password of the bench';
/** Of the one who follows every probe. */
export const EDUCATOR = 'educator-0-0@bench.example';
const GROUP_SIZES = [30, 250, 20, 25, 30, 35, 40, 30, 40];
const LARGE = 5_000;
const TEMPLATES = 40;
const CUTS = 12;
const DAY = 24 * 60 * 60 * 1000;

/** Fills a new database as if many departments had used the course for a year. The same seed gives the same data. */
export async function seed(plan: Plan): Promise<Seeded> {
	const began = performance.now();
	mkdirSync(plan.dataDir, { recursive: true });
	const file = join(plan.dataDir, 'rygsamtalen.db');
	await openSqlite(file, 'migrations/sqlite').close();
	const db = new BetterSqlite3(file);
	// Nobody loses anything if this ends early: it is begun again.
	for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -400000'])
		db.pragma(pragma);
	const course = loadCourse(plan.courseDir).course!;
	const chance = new Chance(plan.seed);
	const write = writer(db, course, await hashPassword(PASSWORD));
	const pool = templates(course, chance, plan);
	const probes: Seeded['probes'] = {};
	let events = 0;
	let groups = 0;
	let left = plan.learners;
	for (let number = 0; number < plan.organisations; number++) {
		db.exec('BEGIN');
		let here = Math.ceil(left / (plan.organisations - number));
		left -= here;
		const organisation = chance.uuid();
		const educators = write.organisation(organisation, number, chance);
		const sizes =
			number === 0 && plan.learners >= 2 * LARGE
				? [...GROUP_SIZES.slice(0, 2), LARGE]
				: GROUP_SIZES;
		if (sizes.includes(LARGE)) {
			left -= LARGE;
			here += LARGE;
		}
		for (let at = 0; here > 0; at++) {
			const group = chance.uuid();
			const size = Math.min(here, sizes[at % sizes.length]!);
			here -= size;
			groups += 1;
			write.group(group, organisation, `Hold ${number + 1}.${at + 1}`, educators);
			if (number === 0 && (size === sizes[at] || at === 0))
				probes[`${size} members`] ??= { group, members: size };
			for (let member = 0; member < size; member++) {
				const isBegun = chance.next() < 0.8;
				events += write.learner(group, chance, isBegun ? chance.of(pool) : undefined);
			}
		}
		db.exec('COMMIT');
	}
	write.settings();
	db.pragma('optimize');
	db.close();
	const seconds = Math.round((performance.now() - began) / 1000);
	const seeded = { learners: plan.learners, events, groups, seconds, probes };
	writeFileSync(join(plan.dataDir, NOTES), JSON.stringify(seeded, undefined, '\t'));
	return seeded;
}

/** Beginnings of histories, so long that learners have as many events as planned on average. */
function templates(course: Course, chance: Chance, { events, learners }: Plan): Cut[] {
	return Array.from({ length: TEMPLATES }, () => history(course, chance)).flatMap((whole) => {
		// The mean of x ** y over 0 ≤ x < 1 is 1 / (1 + y); a fifth of all learners never begin.
		const exponent = Math.max(0, (0.8 * whole.length * learners) / events - 1);
		const lengths = Array.from({ length: CUTS }, (_, n) =>
			Math.max(1, Math.round(whole.length * ((n + 0.5) / CUTS) ** exponent)),
		);
		return cuts(course, whole, lengths);
	});
}

function writer(db: BetterSqlite3.Database, course: Course, passwordHash: string) {
	const insert = (table: string, columns: string[]) =>
		db.prepare(
			`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
		);
	const people = insert('users', [
		'id',
		'email',
		'name',
		'profession',
		'role',
		'password_hash',
		'is_guest',
		'language',
		'created_at',
	]);
	const organisations = insert('organisations', ['id', 'name', 'time_zone', 'created_at']);
	const educators = insert('educators', ['organisation_id', 'user_id', 'created_at']);
	const groups = insert('groups', ['id', 'organisation_id', 'name', 'stuck_days', 'created_at']);
	const groupEducators = insert('group_educators', ['group_id', 'user_id', 'created_at']);
	const members = insert('members', ['group_id', 'user_id', 'joined_at']);
	const assignments = insert('assignments', [
		'id',
		'group_id',
		'course',
		'scope',
		'lessons',
		'starts_on',
		'due_on',
		'message',
		'reminders',
		'for_everyone',
		'created_at',
		'changed_at',
	]);
	const events = insert('events', [
		'user_id',
		'id',
		'course',
		'lesson',
		'step',
		'type',
		'at',
		'received_at',
		'body',
	]);
	const standings = insert('lesson_standings', [
		'user_id',
		'course',
		'lesson',
		'course_version',
		'progress',
		'last_at',
		'last_id',
	]);
	const enrolments = insert('enrolments', [
		'user_id',
		'course',
		'since',
		'course_version',
		'standing',
		'steps_done',
		'steps',
		'score',
		'failed',
		'test_attempts',
		'seconds',
		'cells',
		'began_at',
		'last_at',
		'progressed_at',
		'done_at',
		'test_passed_at',
	]);
	const firstAnswers = insert('first_answers', [
		'user_id',
		'course',
		'lesson',
		'step',
		'item',
		'response',
		'earned',
		'possible',
		'rest_earned',
		'rest_possible',
		'at',
	]);
	const settings = insert('settings', ['name', 'value', 'changed_at']);
	let person = 0;

	const enrolled = (userId: string, enrolment: Enrolment, shift: number) => {
		const moved = (date: Date | null) => date && date.getTime() + shift;
		const cells = Object.fromEntries(
			Object.entries(enrolment.cells).map(([id, { doneAt, ...cell }]) => [
				id,
				doneAt ? { ...cell, doneAt: new Date(Date.parse(doneAt) + shift).toISOString() } : cell,
			]),
		);
		enrolments.run(
			userId,
			course.id,
			'',
			course.version,
			enrolment.standing,
			enrolment.stepsDone,
			enrolment.steps,
			enrolment.score,
			enrolment.failed,
			enrolment.testAttempts,
			enrolment.seconds,
			JSON.stringify(cells),
			moved(enrolment.beganAt),
			moved(enrolment.lastAt),
			moved(enrolment.progressedAt),
			moved(enrolment.doneAt),
			moved(enrolment.testPassedAt),
		);
	};

	return {
		/** @returns the ids of its two educators */
		organisation(id: string, number: number, chance: Chance): string[] {
			organisations.run(id, `Afdeling ${number + 1}`, 'Europe/Copenhagen', START);
			return [0, 1].map((at) => {
				const educator = chance.uuid();
				const email = `educator-${number}-${at}@bench.example`;
				const name = `Underviser ${number + 1}.${at + 1}`;
				people.run(educator, email, name, null, 'educator', passwordHash, 0, 'da', START);
				educators.run(id, educator, START);
				return educator;
			});
		},
		group(id: string, organisation: string, name: string, theirs: string[]): void {
			groups.run(id, organisation, name, 14, START);
			for (const educator of theirs) groupEducators.run(id, educator, START);
			const assignment = [`${id}-a`, id, course.id, 'course', '[]', '2026-01-05', '2026-12-18'];
			assignments.run(...assignment, '', '[7,1,-1]', 1, START, START);
		},
		/** @returns how many events they have */
		learner(group: string, chance: Chance, cut: Cut | undefined): number {
			const id = chance.uuid();
			const number = person++;
			const name = `${chance.of(FIRST)} ${chance.of(LAST)}`;
			const email = `learner-${number}@bench.example`;
			people.run(id, email, name, null, 'learner', null, 0, 'da', START);
			members.run(group, id, START);
			if (!cut) return 0;
			const shift = Math.floor(chance.next() * 200) * DAY + chance.below(DAY);
			const idOf = (at: number) =>
				`${number.toString(16).padStart(8, '0')}-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
			const timeOf = (at: number) => START + shift + cut.events[at]!.offset;
			for (const [at, { lesson, step, type, rest }] of cut.events.entries()) {
				const time = timeOf(at);
				const iso = new Date(time).toISOString();
				const eventId = idOf(at);
				const body = `{"v":1,"id":"${eventId}","at":"${iso}",${rest}`;
				events.run(id, eventId, course.id, lesson, step, type, iso, time, body);
			}
			for (const { lesson, progress, last } of cut.standings) {
				const at = new Date(timeOf(last)).toISOString();
				standings.run(id, course.id, lesson, course.version, progress, at, idOf(last));
			}
			enrolled(id, cut.enrolment, shift);
			for (const { lesson, step, item, at, ...answer } of cut.answers) {
				const { response, earned, possible, restEarned, restPossible } = answer;
				const points = [earned, possible, restEarned, restPossible];
				const time = at.getTime() + shift;
				firstAnswers.run(id, course.id, lesson, step, item, response, ...points, time);
			}
			return cut.events.length;
		},
		settings(): void {
			settings.run('enrolments-counted', 'true', START);
			const counted = { [course.id]: { version: course.version } };
			settings.run('first-answers-counted', JSON.stringify(counted), START);
		},
	};
}

const FIRST = [
	'Anne',
	'Bo',
	'Camilla',
	'Dorte',
	'Emil',
	'Freja',
	'Gustav',
	'Helle',
	'Ida',
	'Jens',
	'Karen',
	'Lars',
	'Mette',
	'Niels',
	'Omar',
	'Peter',
	'Rikke',
	'Søren',
	'Tina',
	'Yasmin',
];
const LAST = [
	'Jensen',
	'Nielsen',
	'Hansen',
	'Pedersen',
	'Andersen',
	'Christensen',
	'Larsen',
	'Sørensen',
	'Rasmussen',
	'Ali',
	'Møller',
	'Østergaard',
];
