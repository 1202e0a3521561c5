import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activitiesOf, lessonsOf, type Course } from '#lib/course/model.ts';
import type { Mistake } from './mistakes.ts';

/**
 * Released ids are promises: learners' records, LMSs and learning record stores hold on to them. A
 * course's `ids.lock` lists those that were released; `npm run course -- lock <course>` adds new ones.
 */
const NAME = 'ids.lock';

/** Every id of a course as a path: `lesson/step/activity/option`. Sorted. */
export function idsOf(course: Course): string[] {
	const ids = lessonsOf(course).flatMap((lesson) => [
		lesson.id,
		...lesson.steps.flatMap((step) => [
			`${lesson.id}/${step.id}`,
			...activitiesOf(step).flatMap((activity) => inside(activity, `${lesson.id}/${step.id}`)),
		]),
	]);
	const test = (course.finalTest?.bank ?? []).flatMap(({ lesson, items }) =>
		items.flatMap((item) => inside(item, `final-test/${lesson}`)),
	);
	const asked = course.confidence ? inside(course.confidence.activity, 'confidence') : [];
	return [...new Set([...ids, ...test, ...asked])].sort();
}

function inside(value: unknown, above: string): string[] {
	if (typeof value !== 'object' || value === null) return [];
	const own = 'id' in value && typeof value.id === 'string' ? `${above}/${value.id}` : above;
	return [
		...(own === above ? [] : [own]),
		...Object.values(value).flatMap((part) => inside(part, own)),
	];
}

/** Released ids that the course has no more. */
export function checkLock(course: Course, folder: string): Mistake[] {
	const now = new Set(idsOf(course));
	const file = join(folder, NAME);
	return released(folder).flatMap((id, at) =>
		now.has(id)
			? []
			: [
					{
						file,
						line: at + 1,
						message: `"${id}" was released and is gone; put the id back. Only if learners' records of it may be lost: take this line out`,
					},
				],
	);
}

/** Ids not yet on the list. */
export function unreleased(course: Course, folder: string): string[] {
	const known = new Set(released(folder));
	return idsOf(course).filter((id) => !known.has(id));
}

export function writeLock(course: Course, folder: string): void {
	const all = [...new Set([...released(folder), ...idsOf(course)])].sort();
	writeFileSync(join(folder, NAME), `${all.join('\n')}\n`);
}

function released(folder: string): string[] {
	const file = join(folder, NAME);
	return existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean) : [];
}
