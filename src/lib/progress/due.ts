import { lessonsOf, type Course } from '#lib/course/model.ts';
import { lessonsOfOutline, type Outline } from '#lib/course/outline.ts';
import { practiceItems } from '#lib/course/parts.ts';
import { lessonStanding } from './completion.ts';
import { itemDue, lessonDue } from './practice.ts';
import type { LessonProgress, Practice, Progress } from './progress.ts';

/** One item that is due, and why. */
export interface DueItem {
	lesson: string;
	item: string;
	missed: boolean;
}

/** A finished lesson with the items that it can practise, in the author's order. */
export interface Practisable {
	lesson: string;
	items: string[];
	progress: LessonProgress;
}

/** The lessons that are finished, with what there is to practise in them. */
export function practisable(course: Course, map: Outline, progress: Progress): Practisable[] {
	const finished = lessonsOfOutline(map)
		.filter(
			(lesson) =>
				lessonStanding(lesson, progress.lessons[lesson.id], map.passMark).standing === 'done',
		)
		.map(({ id }) => id);
	return lessonsOf(course)
		.filter(({ id }) => finished.includes(id))
		.map(({ id, steps }) => ({
			lesson: id,
			items: practiceItems(steps).map((item) => item.id),
			progress: progress.lessons[id]!,
		}))
		.filter(({ items }) => items.length > 0);
}

/** A sitting has at most so many items; what is left is still due afterwards. */
const SITTING = 12;
/** Without anything due one may practise so many all the same. */
const EXTRA = 6;

/** What to practise in one sitting: what is due, or else a mixed handful of everything. */
export function sitting(lessons: Practisable[], today: number): DueItem[] {
	const due = dueItems(lessons, today);
	if (due.length > 0) return due.slice(0, SITTING);
	const all = lessons.map(({ lesson, items }) =>
		items.map((item) => ({ lesson, item, missed: false })),
	);
	// Another handful each day, from as many lessons as there are.
	return Array.from({ length: EXTRA }, (_, at) => at)
		.flatMap((at) => {
			const items = all[(today * EXTRA + at) % all.length];
			const one = items?.[(today + 7 * at) % items.length];
			return one ? [one] : [];
		})
		.filter(
			(one, at, list) =>
				list.findIndex((other) => other.lesson === one.lesson && other.item === one.item) === at,
		);
}

/** So many items of a lesson come back each time. */
const FEW = 2;

/**
 * What is due on a day: missed items first, the longest overdue before others, then a few items of
 * each lesson whose time has come.
 *
 * @param today whole days since 1970
 */
export function dueItems(lessons: Practisable[], today: number): DueItem[] {
	const missed = lessons.flatMap(({ lesson, items, progress }) =>
		Object.entries(progress.practice?.missed ?? {})
			.filter(([item, one]) => items.includes(item) && itemDue(one) <= today)
			.map(([item, one]) => ({ lesson, item, missed: true, day: one.day })),
	);
	missed.sort((a, b) => a.day - b.day);
	const scheduled = lessons
		.filter(({ progress }) => lessonDue(practiceOf(progress)) <= today)
		.flatMap(({ lesson, items, progress }) => {
			const known = items.filter((item) => !progress.practice?.missed[item]);
			return few(known, practiceOf(progress)).map((item) => ({ lesson, item, missed: false }));
		});
	return [...missed.map(({ day: _day, ...one }) => one), ...scheduled];
}

/** Other items at each stage, the same ones until they were practised. */
function few(items: string[], { stage, day }: Practice): string[] {
	if (items.length <= FEW) return items;
	const at = (stage * FEW + day) % items.length;
	return Array.from({ length: FEW }, (_, n) => items[(at + n) % items.length]!);
}

/** On which day how many lessons or items come back, soonest first; what is due already is left out. */
export function comingUp(lessons: Practisable[], today: number): { day: number; count: number }[] {
	const days = new Map<number, number>();
	const add = (day: number, count: number) => {
		if (day > today && day < Infinity) days.set(day, (days.get(day) ?? 0) + count);
	};
	for (const { items, progress } of lessons) {
		const practice = practiceOf(progress);
		add(lessonDue(practice), Math.min(FEW, items.length));
		for (const one of Object.values(practice.missed)) add(itemDue(one), 1);
	}
	return [...days].map(([day, count]) => ({ day, count })).sort((a, b) => a.day - b.day);
}

/** A lesson worked through before practice was kept is due at once. */
function practiceOf(progress: LessonProgress): Practice {
	return progress.practice ?? { stage: 0, day: 0, missed: {} };
}
