import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activitiesOf, type Activity, type Course, type Lesson } from '#lib/course/model.ts';
import { code } from '#lib/course/code.ts';
import { practiceItems } from '#lib/course/parts.ts';
import type { ActivityRules } from '#lib/course/scoring.ts';
import { noProgress, share, type Attempt, type Progress, type StepProgress } from './progress.ts';
import { unpackLesson } from './suspend-lesson.ts';
import { resume, SCORM12_LIMIT, suspend } from './suspend.ts';

const text = { da: 'x', en: 'x' };
const TURNS = 9;
const ITEMS = 8;

/** Ids as long as they may be, each with a code of its own. */
const taken = new Set<number>();
function longId(name: string): string {
	for (let n = 0; ; n++) {
		const id = `${name}-${n}-`.padEnd(48, 'abcdefghi');
		if (taken.has(code(id))) continue;
		taken.add(code(id));
		return id;
	}
}

interface Fake extends Activity {
	words: string[];
}
const wordIds = Array.from({ length: TURNS }, (_, n) => `word-${n}`);

function bigLesson(n: number): Lesson {
	taken.clear();
	const activity = (name: string, type: string): Fake => ({
		id: longId(name),
		type,
		words: wordIds,
	});
	return {
		id: `lesson-${n}`,
		title: text,
		objective: text,
		message: text,
		steps: Array.from({ length: 8 }, (_, at) =>
			at === 0
				? { kind: 'read' as const, id: longId('read'), title: text, minutes: 1, metaphors: [] }
				: at === 1
					? {
							kind: 'activity' as const,
							id: longId('talk'),
							title: text,
							minutes: 5,
							activity: activity('talk', 'talk'),
						}
					: {
							kind: 'set' as const,
							role: 'quiz' as const,
							id: longId('quiz'),
							title: text,
							minutes: 5,
							items: Array.from({ length: ITEMS }, () => activity('item', 'pick')),
						},
		),
	};
}

const course: Course = {
	id: 'big',
	version: '1.0.0',
	title: text,
	description: text,
	passMark: 80,
	review: { state: 'pending' },
	chapters: [
		{ id: 'one', title: text, lessons: Array.from({ length: 16 }, (_, n) => bigLesson(n)) },
	],
	skills: [],
	metaphors: [],
	facts: [],
	glossary: [],
	questions: [],
};

const fake: ActivityRules = {
	score: () => ({ kind: 'scored', earned: 1, possible: 1 }),
	pack: (response) => (response as string[]).map(code),
	unpack: (activity, numbers) => {
		const ids = numbers.map((n) => (activity as Fake).words.find((word) => code(word) === n));
		return ids.includes(undefined) ? undefined : ids;
	},
};
const rules = () => fake;

function attempt(id: string, items: Activity[], part: number, done = true): Attempt {
	const answered = done ? items : items.slice(0, Math.max(1, items.length - 1));
	return {
		id,
		items: items.map((item) => item.id),
		results: Object.fromEntries(
			answered.map((item, at) => [
				item.id,
				{
					response: wordIds.slice(0, item.type === 'talk' ? (done ? TURNS : 4) : 3),
					earned: Math.min(20, part + at),
					possible: 20,
					done: item.type === 'talk' ? done : true,
				},
			]),
		),
	};
}

/** Everything done three times, with an attempt open at each step. */
function complete(parts: number[] = [5, 15, 10]): Progress {
	const progress: Progress = { lessons: {}, seconds: 40_000, language: 'en' };
	for (const lesson of course.chapters[0]!.lessons) {
		const steps: Record<string, StepProgress> = {};
		for (const step of lesson.steps) {
			if (step.kind === 'read') continue;
			const items = step.kind === 'set' ? step.items : [step.activity];
			const [first, second, third] = parts.map((part, n) =>
				attempt(`${step.id}-${n}`, items, part),
			);
			const best = [first!, second!, third!].reduce((a, b) => (share(b) > share(a) ? b : a));
			const open = [attempt('open', items, 3, false)];
			steps[step.id] = { finished: 3, first, best, latest: third, open };
		}
		progress.lessons[lesson.id] = {
			step: lesson.steps[1]!.id,
			read: [lesson.steps[0]!.id],
			steps,
			practice: {
				stage: 1,
				day: 20_780,
				missed: Object.fromEntries(
					practiceItems(lesson.steps)
						.slice(0, 4)
						.map(({ id }, at) => [id, { stage: at % 4, day: 20_770 + at }]),
				),
			},
		};
		progress.last = { lesson: lesson.id, step: lesson.steps[1]!.id };
	}
	return progress;
}

/** Without attempt ids, which are made anew. */
function nameless(progress: Progress): unknown {
	return JSON.parse(
		JSON.stringify(progress, (key, value: unknown) => (key === 'id' ? undefined : value)),
	);
}

const back = (suspended: string) => resume(course, suspended, rules).progress;

describe('with room for everything', () => {
	test('gives back all of it, attempt ids excepted', () => {
		const progress = complete();
		expect(nameless(back(suspend(course, progress, rules, 1e6)))).toEqual(nameless(progress));
	});

	test('gives back any progress, however far it got', () => {
		const shape = fc.array(
			fc.record({
				lesson: fc.nat(15),
				step: fc.integer({ min: 1, max: 7 }),
				parts: fc.array(fc.nat(20), { maxLength: 3 }),
				open: fc.nat(2),
				isRead: fc.boolean(),
				practice: fc.option(
					fc.record({
						stage: fc.integer({ min: 0, max: 3 }),
						day: fc.nat(32_767),
						missed: fc.nat(20),
					}),
					{ nil: undefined },
				),
			}),
			{ maxLength: 30 },
		);
		fc.assert(
			fc.property(shape, fc.nat(1e6), (done, seconds) => {
				const progress: Progress = { lessons: {}, seconds };
				for (const { lesson: at, step: place, parts, open, isRead, practice } of done) {
					const { id, steps } = course.chapters[0]!.lessons[at]!;
					const step = steps[place]!;
					const lesson = (progress.lessons[id] ??= { read: [], steps: {} });
					if (isRead) lesson.read = [steps[0]!.id];
					if (practice) {
						const { stage, day } = practice;
						const missed = practiceItems(steps).slice(0, practice.missed);
						lesson.practice = {
							stage,
							day,
							missed: Object.fromEntries(missed.map(({ id }) => [id, { stage, day }])),
						};
					}
					const items = step.kind === 'read' ? [] : activitiesOf(step);
					const tried = parts.map((part, n) => attempt(`${step.id}-${n}`, items, part));
					const [first] = tried;
					const latest = tried.at(-1);
					const best = tried.reduce<Attempt | undefined>(
						(a, b) => (!a || share(b) > share(a) ? b : a),
						undefined,
					);
					lesson.steps[step.id] = {
						finished: tried.length,
						...(first && latest && best ? { first, best, latest } : {}),
						open: Array.from({ length: open }, (_, n) => attempt(`open-${n}`, items, 2, false)),
					};
					progress.last = { lesson: id, step: step.id };
				}
				expect(nameless(back(suspend(course, progress, rules, 1e6)))).toEqual(nameless(progress));
				expect(suspend(course, progress, rules).length).toBeLessThanOrEqual(SCORM12_LIMIT);
			}),
			{ numRuns: 60 },
		);
	});

	test('gives back nothing from nothing', () => {
		expect(resume(course, suspend(course, noProgress(), rules), rules)).toEqual({
			progress: noProgress(),
		});
		expect(resume(course, '', rules)).toEqual({ progress: noProgress() });
	});

	test('responses may stay packed until a lesson is there, and survive another round so', () => {
		const suspended = suspend(course, complete(), rules, 1e6);
		const { progress } = resume(course, suspended);
		expect(suspend(course, progress, rules, 1e6)).toBe(suspended);
		for (const lesson of course.chapters[0]!.lessons)
			expect(unpackLesson(lesson.steps, progress.lessons[lesson.id]!, rules)).toEqual(
				back(suspended).lessons[lesson.id],
			);
	});

	test('is stable: a second round changes nothing', () => {
		const once = suspend(course, complete(), rules, 1e6);
		expect(suspend(course, back(once), rules, 1e6)).toBe(once);
	});

	test('gives every restored attempt of a step an id that events may carry', () => {
		const step = Object.values(
			Object.values(back(suspend(course, complete(), rules)).lessons)[0]!.steps,
		)[0]!;
		for (const one of [step.first, step.best, step.latest, ...step.open])
			if (one) expect(one.id).toMatch(/^[a-z0-9-]{1,48}$/);
		expect(new Set([step.best!.id, ...step.open.map((one) => one.id)]).size).toBe(
			1 + step.open.length,
		);
	});
});

describe('with little room', () => {
	test('a complete course of 16 lessons, 8 steps each, all tried three times, fits 4,096 characters', () => {
		const progress = complete();
		const suspended = suspend(course, progress, rules);
		expect(suspended.length).toBeLessThanOrEqual(SCORM12_LIMIT);
		expect(suspended).toMatch(/^[\w-]+$/);
		const restored = back(suspended);
		expect(restored.last).toEqual(progress.last);
		for (const [id, lesson] of Object.entries(progress.lessons)) {
			expect(restored.lessons[id]!.read).toEqual(lesson.read);
			expect(restored.lessons[id]!.practice).toEqual(lesson.practice);
			for (const [step, tried] of Object.entries(lesson.steps)) {
				const kept = restored.lessons[id]!.steps[step]!;
				expect(kept.finished).toBe(3);
				expect(share(kept.best!)).toBe(share(tried.best!));
				expect(share(kept.first!)).toBe(share(tried.first!));
				expect(share(kept.latest!)).toBe(share(tried.latest!));
			}
		}
	});

	test('keeps the open attempts of the lesson the learner is in, response by response', () => {
		const progress = complete();
		const { lesson } = progress.last!;
		const restored = back(suspend(course, progress, rules));
		for (const [step, tried] of Object.entries(progress.lessons[lesson]!.steps))
			expect(restored.lessons[lesson]!.steps[step]!.open.at(-1)!.results).toEqual(
				tried.open.at(-1)!.results,
			);
	});

	test('never exceeds the limit, whatever the limit', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 20, max: 20_000 }),
				fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }),
				(limit, parts) => {
					const suspended = suspend(course, complete(parts), rules, limit);
					expect(suspended.length).toBeLessThanOrEqual(limit);
					expect(resume(course, suspended, rules).problem).toBeUndefined();
				},
			),
			{ numRuns: 25 },
		);
	});
});

describe('text that is not what was written', () => {
	test('garbage never throws', () => {
		const written = suspend(course, complete(), rules);
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.string().map((tail) => `R1${tail}`),
					fc.stringMatching(/^R1[\w-]{0,80}$/),
					fc
						.tuple(fc.nat(written.length - 1), fc.string({ maxLength: 3 }))
						.map(([at, other]) => written.slice(0, at) + other + written.slice(at + other.length)),
				),
				(garbage) => {
					const { progress } = resume(course, garbage, rules);
					suspend(course, progress, rules);
				},
			),
			{ numRuns: 300 },
		);
	});

	test('cut off text gives the lessons before the cut, and says so', () => {
		const written = suspend(course, complete(), rules);
		const { progress, problem } = resume(course, written.slice(0, 2000), rules);
		expect(problem).toBe('damaged');
		const lessons = Object.keys(progress.lessons);
		expect(lessons.length).toBeGreaterThan(2);
		expect(lessons).toContain('lesson-15');
	});

	test('a version of the future is left alone, and says so', () => {
		expect(resume(course, 'R9abcdef', rules)).toEqual({
			progress: noProgress(),
			problem: 'unknown-version',
		});
	});
});

test('an edited course passes over what is gone', () => {
	const suspended = suspend(course, complete(), rules, 1e6);
	const lesson = course.chapters[0]!.lessons[3]!;
	const quiz = lesson.steps[2]!;
	if (quiz.kind !== 'set') throw new Error('the third step is a quiz');
	const edited: Course = {
		...course,
		chapters: [
			{
				...course.chapters[0]!,
				lessons: [
					{ ...lesson, steps: [{ ...quiz, items: quiz.items.slice(1) }, lesson.steps[0]!] },
				],
			},
		],
	};
	const { progress, problem } = resume(edited, suspended, rules);
	expect(problem).toBeUndefined();
	expect(Object.keys(progress.lessons)).toEqual([lesson.id]);
	expect(Object.keys(progress.lessons[lesson.id]!.steps)).toEqual([quiz.id]);
	expect(progress.lessons[lesson.id]!.steps[quiz.id]!.best!.items).toEqual(
		quiz.items.slice(1).map((item) => item.id),
	);
});
