import { eq } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Database, Tables } from '../db/database.ts';
import { registrationsOf } from '../cmi5/traces.ts';
import { groupsOf } from '../teaching/members.ts';
import * as data from './own-data.ts';
import * as record from './own-record.ts';

type Rows = AsyncIterable<unknown> | Promise<unknown[]>;
interface Section {
	/** The tables of which it holds what is the person's. */
	of: (keyof Tables)[];
	rows: (own: data.Own) => Rows;
}

/** The parts of the file besides `about` and `account`, in its order. */
export const SECTIONS: Record<string, Section> = {
	sessions: { of: ['sessions'], rows: data.sessionsOf },
	links: { of: ['tokens'], rows: data.linksOf },
	groups: { of: ['members'], rows: ({ db, id }) => groupsOf(db, id) },
	invitations: { of: ['invitations'], rows: data.invitationsTo },
	assignments: { of: ['assignments'], rows: data.assignmentsOf },
	askedByName: { of: ['assignees'], rows: data.askedByName },
	assignmentReminders: { of: ['remindersSent'], rows: data.remindersOf },
	enrolments: { of: ['enrolments'], rows: (own) => data.mine(own, 'enrolments') },
	firstAnswers: { of: ['firstAnswers'], rows: (own) => data.mine(own, 'firstAnswers') },
	certificates: { of: ['certificates'], rows: (own) => data.mine(own, 'certificates') },
	reflections: { of: ['reflections'], rows: (own) => data.mine(own, 'reflections') },
	reminders: { of: ['reminders'], rows: (own) => data.mine(own, 'reminders') },
	letters: { of: ['letters'], rows: data.lettersTo },
	visits: { of: ['visits'], rows: (own) => data.mine(own, 'visits') },
	events: { of: ['events'], rows: record.eventsOf },
	statements: { of: ['statements'], rows: record.statementsAbout },
	packages: {
		of: ['cmi5Registrations', 'cmi5Sessions'],
		rows: ({ db, id }) => registrationsOf(db, id),
	},
	launches: { of: ['seats'], rows: data.launchesOf },
	teaches: { of: ['educators'], rows: data.teaches },
	follows: { of: ['groupEducators'], rows: data.follows },
	apiTokens: { of: ['apiTokens'], rows: data.apiTokensOf },
	made: { of: ['dispatches', 'invitations', 'imports', 'assignments'], rows: data.madeBy },
	deeds: { of: ['audit'], rows: record.deedsOf },
};

/** Tables that refer to people and are in no section, and why. */
export const LEFT_OUT: Partial<Record<keyof Tables, string>> = {
	lessonStandings:
		'Counted from events, which are all there; of an unfinished final test it would tell the score.',
};

/**
 * Everything on record about a person, as the text of a JSON file, piece by piece, so that a long
 * record needs no more memory than a short one. What is withheld, and why, stands at its beginning.
 */
export function exportFile(
	db: Database,
	courses: Course[],
	id: string,
	now = new Date(),
): AsyncGenerator<string, void> {
	// Said now, in the language of the request: what follows is read after it is answered.
	return pieces({ db, courses, id, now }, about(now));
}

async function* pieces(
	{ db, id, ...how }: Omit<data.Own, 'email'>,
	head: object,
): AsyncGenerator<string, void> {
	const { users } = db.tables;
	const [user] = await db.read.select().from(users).where(eq(users.id, id));
	if (!user) return yield '{}\n';
	const { passwordHash, ...account } = user;
	const own = { db, id, ...how, email: user.email };
	yield `{\n\t"about": ${JSON.stringify(head)},\n`;
	yield `\t"account": ${JSON.stringify({ ...account, hasPassword: passwordHash !== null })}`;
	for (const [name, { rows }] of Object.entries(SECTIONS)) {
		yield `,\n\t"${name}": [`;
		let separator = '\n';
		for await (const row of await rows(own)) {
			yield `${separator}\t\t${JSON.stringify(row)}`;
			separator = ',\n';
		}
		yield separator === '\n' ? ']' : '\n\t]';
	}
	yield '\n}\n';
}

function about(now: Date) {
	return {
		madeAt: now,
		what: m.account_file_what(),
		withheld: [
			m.account_file_secrets(),
			m.account_file_open_test(),
			m.account_file_counted(),
			m.account_file_others(),
			m.account_file_letters(),
		],
	};
}
