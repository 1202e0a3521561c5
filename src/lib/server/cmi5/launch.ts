import { and, eq, isNull, sql } from 'drizzle-orm';
import { actorOf, launchData, launchUrl, plainUrl, unitIri } from '#lib/cmi5/launch.ts';
import { launched, satisfied } from '#lib/cmi5/lms-statements.ts';
import { keyOf, newlySatisfied } from '#lib/cmi5/move-on.ts';
import type { Mode, Session } from '#lib/cmi5/session.ts';
import { unitsOf, type Au } from '#lib/cmi5/structure.ts';
import type { Database, Queries } from '../db/database.ts';
import { SESSIONS_CLIENT } from '../lrs/clients.ts';
import { PreconditionFailed, putDocumentIn } from '../lrs/documents.ts';
import { homePageOfServer } from '../statements/narrators.ts';
import { abandon } from './abandon.ts';
import type { Cmi5Course } from './courses.ts';
import { sayAll } from './say.ts';
import { newSecret } from './sessions.ts';

type Registration = Database['tables']['cmi5Registrations']['$inferSelect'];

export interface Wanted {
	course: Cmi5Course;
	/** Which unit, from 0 in the order of the course. */
	at: number;
	userId: string;
	mode: Mode;
	/** Best first, as in `da`. */
	languages: string[];
	/** Of this server, as the learner's browser reaches it: `https://kursus.example.dk`. */
	site: string;
	/** Where the package's files are handed out: the packages' own origin. */
	packages: string;
	/** Where the unit goes when the learner leaves it. */
	returnURL: string;
}

/**
 * Launches a unit (cmi5, sections 8 to 11): what it is to know is written to the record store, a
 * session of the same unit that is still open is abandoned, and "launched" is said.
 *
 * @returns the address to go to; undefined when the course has no such unit, or the learner is gone
 */
export async function launchUnit(
	db: Database,
	wanted: Wanted,
	now = new Date(),
): Promise<string | undefined> {
	const { course, at, userId, mode } = wanted;
	const au = unitsOf(course.structure)[at];
	if (!au) return undefined;
	const registration = await registrationOf(db, course, userId, now);
	const session: Session = {
		id: crypto.randomUUID(),
		actor: actorOf(registration.homePage, userId),
		registration: registration.id,
		activityId: unitIri(course.iri, at),
		publisherId: au.id,
		mode,
		...(au.masteryScore === undefined ? {} : { masteryScore: au.masteryScore }),
	};
	const files = `${wanted.packages}/cmi5/${course.key}/`;
	const { secret, secretHash } = newSecret();
	const isLaunched = await db.tx(async (tx) => {
		await db.hold(tx, 'statements', 'shared');
		if (!(await holdRegistration(db, tx, registration.id))) return false;
		await prepare(db, tx, session, au, wanted, now);
		await abandonOpen(db, tx, userId, session, now);
		await tx.insert(db.tables.lrsClients).values(everySession(now)).onConflictDoNothing();
		await tx.insert(db.tables.cmi5Sessions).values({
			id: session.id,
			registrationId: registration.id,
			au: au.id,
			activityId: session.activityId,
			mode,
			masteryScore: au.masteryScore ?? null,
			origin: new URL(au.url, files).origin,
			fetchHash: secretHash,
			launchedAt: now,
			seenAt: now,
			said: [],
		});
		const saying = { id: crypto.randomUUID(), at: now.toISOString(), session };
		await sayAll(db, tx, userId, [launched(saying, au, plainUrl(au, files))]);
		return true;
	});
	if (!isLaunched) return undefined;
	return launchUrl(au, files, {
		endpoint: `${wanted.site}/xapi/`,
		fetch: `${wanted.site}/api/cmi5/fetch/${session.id}.${secret}`,
		actor: JSON.stringify(session.actor),
		registration: registration.id,
		activityId: session.activityId,
	});
}

/**
 * Keeps the learner's other launches in the course waiting until the transaction ends: on PostgreSQL two
 * at once would not see each other's session, and the launch data could be of one that was abandoned.
 *
 * @returns whether the registration is still there
 */
async function holdRegistration(
	{ tables: { cmi5Registrations } }: Database,
	tx: Queries,
	id: string,
): Promise<boolean> {
	const held = await tx
		.update(cmi5Registrations)
		.set({ seenAt: sql`${cmi5Registrations.seenAt}` })
		.where(eq(cmi5Registrations.id, id))
		.returning({ id: cmi5Registrations.id });
	return held.length > 0;
}

/** Whom statements of sessions name as their client; no secret has this for its hash. */
function everySession(createdAt: Date) {
	return {
		...{ id: SESSIONS_CLIENT, name: 'cmi5', secretHash: '', scopes: [], origins: [] },
		...{ ratePerMinute: 1, createdAt, disabledAt: createdAt },
	};
}

/** What stands in the record store before a unit is launched: its launch data and the learner's preferences. */
async function prepare(
	db: Database,
	tx: Queries,
	session: Session,
	au: Au,
	{ mode, returnURL, languages }: Wanted,
	now: Date,
): Promise<void> {
	const { id: sessionId, actor, activityId, registration } = session;
	const json = (value: object) => ({
		contentType: 'application/json',
		content: Buffer.from(JSON.stringify(value)),
	});
	await putDocumentIn(
		db,
		tx,
		{ kind: 'state', activity: activityId, agent: actor, registration, name: 'LMS.LaunchData' },
		json(launchData({ sessionId, au, mode, returnURL })),
		{ mustSay: 'never' },
		now,
	);
	try {
		await putDocumentIn(
			db,
			tx,
			{ kind: 'agent-profile', agent: actor, name: 'cmi5LearnerPreferences' },
			json({ languagePreference: languages.join(','), audioPreference: 'on' }),
			{ noneMatch: ['*'], mustSay: 'never' },
			now,
		);
	} catch (error) {
		// What the learner set before, perhaps in another course, stays.
		if (!(error instanceof PreconditionFailed)) throw error;
	}
}

/** A session of the same unit that nobody ended. */
async function abandonOpen(
	db: Database,
	tx: Queries,
	userId: string,
	{ registration, publisherId }: Session,
	now: Date,
): Promise<void> {
	const { cmi5Sessions } = db.tables;
	const open = await tx
		.select()
		.from(cmi5Sessions)
		.where(
			and(
				eq(cmi5Sessions.registrationId, registration),
				eq(cmi5Sessions.au, publisherId),
				isNull(cmi5Sessions.endedAt),
			),
		);
	for (const one of open) await abandon(db, tx, one, userId, now);
}

/**
 * The learner's registration in a course, made at the first launch. What asks for nothing is satisfied
 * from then on (section 9.6.1.1).
 */
async function registrationOf(
	db: Database,
	{ id: courseId, structure, iri }: Cmi5Course,
	userId: string,
	now: Date,
): Promise<Registration> {
	const { cmi5Registrations } = db.tables;
	const mine = and(eq(cmi5Registrations.userId, userId), eq(cmi5Registrations.courseId, courseId));
	const [known] = await db.read.select().from(cmi5Registrations).where(mine);
	if (known) return known;
	return db.tx(async (tx) => {
		const done = newlySatisfied(structure, {}, []);
		const [made] = await tx
			.insert(cmi5Registrations)
			.values({
				...{ id: crypto.randomUUID(), userId, courseId, homePage: homePageOfServer() },
				...{ standings: {}, satisfied: done.map(keyOf), createdAt: now, seenAt: now },
			})
			.onConflictDoNothing()
			.returning();
		// Another window was quicker.
		if (!made) return (await tx.select().from(cmi5Registrations).where(mine))[0]!;
		const session = {
			id: crypto.randomUUID(),
			actor: actorOf(made.homePage, userId),
			registration: made.id,
		};
		const said = done.map((whole) =>
			satisfied({ id: crypto.randomUUID(), at: now.toISOString(), session }, structure, iri, whole),
		);
		await sayAll(db, tx, userId, said);
		return made;
	});
}
