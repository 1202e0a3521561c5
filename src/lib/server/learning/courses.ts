import { error } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { rulesFor } from '#lib/activities/registry.ts';
import type { Course, FinalTest } from '#lib/course/model.ts';
import { stepsOf } from '#lib/course/parts.ts';
import type { ReduceContext } from '#lib/progress/reduce.ts';

export function findCourse(id: string): Course | undefined {
	return courses.find((course) => course.id === id);
}

/** The course of an address; a 404 that says so when there is none. */
export function courseOr404(id: string): Course {
	return findCourse(id) ?? error(404, { message: `There is no course "${id}".` });
}

/** How the events of a course are counted. */
export function countingIn(course: Course): ReduceContext {
	return { steps: (lesson) => stepsOf(course, lesson), rules: rulesFor };
}

export function hasFinalTest(course: Course): course is Course & { finalTest: FinalTest } {
	return course.finalTest !== undefined;
}
