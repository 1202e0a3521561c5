import type { AnyType } from '#lib/activities/contract.ts';
import { LANGUAGES } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { unitsOf, withPractice } from '#lib/course/parts.ts';
import type { Narrator } from './sayer.ts';
import { objectsOf } from './objects.ts';

/** A narrator of a course that is known as a whole; `as` makes it tell of one learner. */
export function courseNarrator(
	course: Course,
	types: (type: string) => AnyType | undefined,
): { as(who: Pick<Narrator, 'actor' | 'registration'>): Narrator } {
	const units = new Map(
		unitsOf(course).map(({ id, title, steps }) => [id, { title, steps: withPractice(steps) }]),
	);
	const shared = {
		course: outline(course, LANGUAGES[0]),
		objects: objectsOf(course, types, LANGUAGES[0]),
		unit: (id: string) => units.get(id),
		types,
	};
	return { as: (who) => ({ ...shared, ...who }) };
}
