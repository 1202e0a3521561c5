import { types } from '#lib/activities/registry.ts';
import type { Course } from '#lib/course/model.ts';
import { courseNarrator } from '#lib/xapi/course-narrator.ts';
import { BASE } from '#lib/xapi/iris.ts';
import type { Narrator } from '#lib/xapi/sayer.ts';

/** Definitions are made once a course, and shared by all of whom is told. */
const narrators = new WeakMap<Course, ReturnType<typeof courseNarrator>>();

let homePage: string = BASE;

/** The address under which people know this server: part of how statements name them. */
export function setHomePage(origin: string | undefined): void {
	homePage = origin ?? BASE;
}

/** The address that accounts of this server are known by. */
export function homePageOfServer(): string {
	return homePage;
}

/** Tells of one learner in one course. They are named by their account's id and nothing else. */
export function narratorOf(course: Course, userId: string): Narrator {
	const known = narrators.get(course) ?? courseNarrator(course, (type) => types[type]);
	narrators.set(course, known);
	return known.as({
		actor: { objectType: 'Agent', account: { homePage, name: userId } },
	});
}
