import { and, eq } from 'drizzle-orm';
import { NOT_BEGUN, type Mode } from '#lib/cmi5/session.ts';
import { unitsOf } from '#lib/cmi5/structure.ts';
import type { Database } from '../db/database.ts';
import type { Cmi5Course } from './courses.ts';
import { isOver } from './own.ts';

/** Whether somebody may look around in courses without anything being recorded: not who learns in them. */
export function mayBrowse({ role }: { role: string }): boolean {
	return role !== 'learner';
}

/**
 * What a unit is launched for (cmi5, section 10.2.2): to do it, or, once nothing is left to reach,
 * to look back.
 * Where the learner stands decides, never what their browser says.
 *
 * @param at which unit, from 0 in the order of the course
 */
export async function modeFor(
	db: Database,
	{ id, structure }: Cmi5Course,
	at: number,
	userId: string,
): Promise<Exclude<Mode, 'Browse'>> {
	const au = unitsOf(structure)[at];
	const { cmi5Registrations } = db.tables;
	const [taken] = await db.read
		.select({ standings: cmi5Registrations.standings })
		.from(cmi5Registrations)
		.where(and(eq(cmi5Registrations.userId, userId), eq(cmi5Registrations.courseId, id)));
	const standing = (au && taken?.standings[au.id]) ?? NOT_BEGUN;
	return au && isOver(au, standing) ? 'Review' : 'Normal';
}
