import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { and, asc, countDistinct, desc, eq, isNull } from 'drizzle-orm';
import { FILE, readStructure } from '#lib/cmi5/structure.ts';
import { PackageProblem } from '#lib/preview/problem.ts';
import { note } from '../audit.ts';
import type { Config } from '../config.ts';
import type { Database, Queries } from '../db/database.ts';
import type { Shelf } from '../preview/shelf.ts';
import { homePageOfServer } from '../statements/narrators.ts';

export type Cmi5Course = Database['tables']['cmi5Courses']['$inferSelect'];

/** Where packages of courses are kept, each in a folder called by the course's id. */
export const packagesFolder = ({ DATA_DIR }: Pick<Config, 'DATA_DIR'>) => join(DATA_DIR, 'cmi5');

export interface Kept {
	db: Database;
	shelf: Shelf;
	config: Pick<Config, 'DATA_DIR'>;
}

/**
 * Makes a course of a package that somebody sent to be looked at: its files move over, so that nothing
 * is copied.
 *
 * @returns the course's id; undefined when there is no such package of theirs
 * @throws PackageProblem when it is no cmi5 package, or its structure breaks a rule; it is gone then
 */
export async function addCourse(
	{ db, shelf, config }: Kept,
	token: string,
	actor: string,
	now = new Date(),
): Promise<string | undefined> {
	const sent = await shelf.find(token);
	if (!sent?.package || sent.owner !== actor) return undefined;
	const id = crypto.randomUUID();
	const folder = join(packagesFolder(config), id);
	try {
		if (sent.package.format !== 'cmi5') throw new PackageProblem('not-cmi5', {});
		const text = await readFile(join(shelf.filesOf(token), FILE), 'utf8');
		const structure = readStructure(text.replace(/^\ufeff/, ''));
		await mkdir(packagesFolder(config), { recursive: true });
		await rename(shelf.filesOf(token), folder);
		const { cmi5Courses } = db.tables;
		await db.tx(async (tx) => {
			await tx.insert(cmi5Courses).values({
				id,
				key: randomBytes(24).toString('base64url'),
				iri: `${homePageOfServer()}/cmi5/${id}`,
				name: sent.name,
				structure,
				createdAt: now,
			});
			await note(db, tx, { actor, action: 'cmi5-course.added', on: ['cmi5-course', id] }, now);
		});
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	} finally {
		await shelf.remove(token);
	}
	return id;
}

/** Takes a course out of what learners are offered, or puts it back. @returns whether there is one */
export async function archiveCourse(
	db: Database,
	id: string,
	isArchived: boolean,
	actor: string,
	now = new Date(),
): Promise<boolean> {
	const { cmi5Courses } = db.tables;
	return db.tx(async (tx) => {
		const changed = await tx
			.update(cmi5Courses)
			.set({ archivedAt: isArchived ? now : null })
			.where(eq(cmi5Courses.id, id))
			.returning({ id: cmi5Courses.id });
		if (changed.length === 0) return false;
		const action = isArchived ? 'cmi5-course.archived' : 'cmi5-course.restored';
		await note(db, tx, { actor, action, on: ['cmi5-course', id] }, now);
		return true;
	});
}

/** Every course, the latest first, and how many take it: who only looked around does not. */
export async function listCourses(db: Database): Promise<(Cmi5Course & { learners: number })[]> {
	const { cmi5Courses, cmi5Registrations, cmi5Sessions } = db.tables;
	const courses = await db.read.select().from(cmi5Courses).orderBy(desc(cmi5Courses.createdAt));
	const taken = await db.read
		.select({ id: cmi5Registrations.courseId, learners: countDistinct(cmi5Registrations.id) })
		.from(cmi5Registrations)
		.innerJoin(cmi5Sessions, eq(cmi5Sessions.registrationId, cmi5Registrations.id))
		.where(eq(cmi5Sessions.mode, 'Normal'))
		.groupBy(cmi5Registrations.courseId);
	const learners = new Map(taken.map((one) => [one.id, one.learners]));
	return courses.map((one) => ({ ...one, learners: learners.get(one.id) ?? 0 }));
}

/** What learners may take, the oldest first; only how it is called. */
export async function offeredCourses(
	db: Database,
): Promise<Pick<Cmi5Course, 'id' | 'structure'>[]> {
	const { cmi5Courses } = db.tables;
	return db.read
		.select({ id: cmi5Courses.id, structure: cmi5Courses.structure })
		.from(cmi5Courses)
		.where(isNull(cmi5Courses.archivedAt))
		.orderBy(asc(cmi5Courses.createdAt), asc(cmi5Courses.id));
}

/** A course that learners may take; undefined for one that is archived. */
export async function offeredCourse(db: Database, id: string): Promise<Cmi5Course | undefined> {
	const course = await courseBy(db, db.read, id);
	return course?.archivedAt ? undefined : course;
}

export async function courseBy(
	{ tables: { cmi5Courses } }: Pick<Database, 'tables'>,
	queries: Queries,
	id: string,
): Promise<Cmi5Course | undefined> {
	const [found] = await queries.select().from(cmi5Courses).where(eq(cmi5Courses.id, id));
	return found;
}

/** Which folder a key of the packages' origin opens. */
export async function courseOfKey(db: Database, key: string): Promise<string | undefined> {
	const { cmi5Courses } = db.tables;
	const [found] = await db.read
		.select({ id: cmi5Courses.id })
		.from(cmi5Courses)
		.where(and(eq(cmi5Courses.key, key), isNull(cmi5Courses.archivedAt)));
	return found?.id;
}
