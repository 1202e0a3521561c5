import { eq, inArray } from 'drizzle-orm';
import { actorOf, unitIri } from '#lib/cmi5/launch.ts';
import { unitsOf } from '#lib/cmi5/structure.ts';
import type { Database, Queries } from '../db/database.ts';
import { isJson, shelfOf } from '../lrs/documents.ts';

type Tables = Pick<Database, 'tables'>;

/** Where packages keep what they keep of some learners: by unit, and the learner's preferences. */
async function shelvesOf(
	{ tables: { cmi5Courses, cmi5Registrations } }: Tables,
	queries: Queries,
	userIds: string[],
): Promise<string[]> {
	const taken = await queries
		.select({ registration: cmi5Registrations, course: cmi5Courses })
		.from(cmi5Registrations)
		.innerJoin(cmi5Courses, eq(cmi5Courses.id, cmi5Registrations.courseId))
		.where(inArray(cmi5Registrations.userId, userIds));
	return taken.flatMap(({ registration, course: { structure, iri } }) => {
		const agent = actorOf(registration.homePage, registration.userId);
		const units = unitsOf(structure).map((_, at) =>
			shelfOf({ kind: 'state', activity: unitIri(iri, at), agent }),
		);
		return [...units, shelfOf({ kind: 'agent-profile', agent })];
	});
}

/** How many shelves one query names: engines take so many parameters and no more. */
const FEW = 500;

/** Deletes what packages keep of people, before the people themselves are deleted. */
export async function forgetDocuments(db: Tables, tx: Queries, userIds: string[]): Promise<void> {
	const { lrsDocuments } = db.tables;
	const shelves = [...new Set(await shelvesOf(db, tx, userIds))];
	for (let from = 0; from < shelves.length; from += FEW)
		await tx
			.delete(lrsDocuments)
			.where(inArray(lrsDocuments.shelf, shelves.slice(from, from + FEW)));
}

/** What packages keep of a learner, as they wrote it where it is JSON. */
async function documentsOf(db: Database, userId: string) {
	const { lrsDocuments } = db.tables;
	const shelves = [...new Set(await shelvesOf(db, db.read, [userId]))];
	const found: {
		activity: string | null;
		registration: string | null;
		name: string;
		content: string;
	}[] = [];
	for (let from = 0; from < shelves.length; from += FEW) {
		const rows = await db.read
			.select()
			.from(lrsDocuments)
			.where(inArray(lrsDocuments.shelf, shelves.slice(from, from + FEW)));
		for (const { activity, registration, name, contentType, content } of rows)
			found.push({
				activity,
				registration,
				name,
				content: content.toString(isJson(contentType) ? 'utf8' : 'base64'),
			});
	}
	return found;
}

/**
 * What is on record of a learner in courses that came as packages: each with its launches,
 * and what the packages keep.
 */
export async function registrationsOf(db: Database, userId: string) {
	const { read, tables } = db;
	const { cmi5Registrations, cmi5Sessions } = tables;
	const taken = await read
		.select()
		.from(cmi5Registrations)
		.where(eq(cmi5Registrations.userId, userId));
	const documents = await documentsOf(db, userId);
	return Promise.all(
		taken.map(async ({ userId: _userId, ...one }) => {
			const sessions = await read
				.select()
				.from(cmi5Sessions)
				.where(eq(cmi5Sessions.registrationId, one.id));
			return {
				...one,
				sessions: sessions.map(({ fetchHash: _fetch, tokenHash: _token, ...session }) => session),
				documents: documents.filter(
					({ registration }) => registration === null || registration === one.id,
				),
			};
		}),
	);
}
