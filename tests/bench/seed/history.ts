import { play, type Play } from '../../../src/lib/activities/vignette/engine.ts';
import type { Vignette } from '../../../src/lib/activities/vignette/schema.ts';
import { drawTest } from '../../../src/lib/course/final-test.ts';
import {
	activitiesOf,
	type Activity,
	type Course,
	type Step,
} from '../../../src/lib/course/model.ts';
import { CONFIDENCE, TEST_STEP, unitsOf } from '../../../src/lib/course/parts.ts';
import { enrol, type Enrolment } from '../../../src/lib/progress/enrolment.ts';
import type { LearnerEvent } from '../../../src/lib/progress/events.ts';
import {
	finishedBy,
	keepFirst,
	type FirstAnswer,
	type Kept,
} from '../../../src/lib/progress/first-answers.ts';
import { noProgress, type LessonProgress } from '../../../src/lib/progress/progress.ts';
import { apply } from '../../../src/lib/progress/reduce.ts';
import { outline } from '../../../src/lib/course/outline.ts';
import { responseTo, type AnyActivity } from '../../support/answers.ts';
import { countingIn } from '../../support/everything.ts';
import type { Chance } from './random.ts';

/** Milliseconds since 1970 at which every history begins; the seeder moves them. */
export const START = Date.UTC(2026, 0, 5, 8);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What somebody might well do in a course: in its order, answering as well as they can, quizzes again until passed. */
export function history(course: Course, chance: Chance): LearnerEvent[] {
	const skill = 0.35 + 0.6 * chance.next();
	let clock = START;
	const events: LearnerEvent[] = [];
	const note = (lesson: string, own: object) => {
		clock += Math.round(MINUTE * (0.3 + chance.next()));
		const head = { v: 1, id: chance.uuid(), at: new Date(clock).toISOString() };
		const rest = { course: course.id, courseVersion: course.version, language: 'da', lesson };
		events.push({ ...head, ...rest, ...own } as unknown as LearnerEvent);
	};
	for (const { id, steps } of unitsOf(course)) {
		clock += Math.round(DAY * 6 * chance.next());
		for (const step of id === CONFIDENCE ? steps.slice(0, 1) : steps) {
			note(id, { type: 'step-reached', step: step.id });
			if (step.kind === 'read') {
				note(id, { type: 'step-read', step: step.id, seconds: 60 + chance.below(120) });
				continue;
			}
			const isScored = step.kind === 'set' && step.role !== 'drill';
			for (let tries = 0, share = 0; share < 0.8 && tries < (isScored ? 3 : 1); tries++)
				share = attempt(id, step, Math.min(0.97, skill + 0.15 * tries), note, chance, course);
		}
	}
	return events;
}

/** @returns the share of items that were answered well */
function attempt(
	lesson: string,
	step: Step,
	skill: number,
	note: (lesson: string, own: object) => void,
	chance: Chance,
	course: Course,
): number {
	const all = activitiesOf(step);
	const drawn = step.id === TEST_STEP ? drawTest(course.finalTest!, [], chance.next) : undefined;
	const items = drawn
		? all.filter((item) => drawn.includes(item.id))
		: all.slice(0, step.kind === 'set' ? step.draw : undefined);
	const head = { step: step.id, attempt: chance.uuid() };
	note(lesson, { ...head, type: 'attempt-began', items: items.map(({ id }) => id) });
	let well = 0;
	for (const item of items) {
		const isRight = chance.next() < skill;
		if (isRight) well += 1;
		const seconds = 10 + chance.below(50);
		for (const response of responses(item, isRight, chance))
			note(lesson, { ...head, type: 'answered', item: item.id, response, seconds });
	}
	return well / items.length;
}

function responses(item: Activity, isRight: boolean, chance: Chance): unknown[] {
	if (item.type === 'vignette') return conversation(item as unknown as Vignette, chance);
	if (item.type === 'reflect') return [{ written: true }];
	if (item.type === 'rewrite' || item.type === 'ask') return [{ checked: [] }];
	if (item.type === 'rate') {
		const { items } = item as AnyActivity;
		return [{ ratings: Object.fromEntries(items.map(({ id }) => [id, 2 + chance.below(8)])) }];
	}
	if (item.type === 'choice' && !isRight) {
		const wrong = (item as AnyActivity).options.filter((one) => !one.right);
		if (wrong.length > 0) return [{ options: [chance.of(wrong).id] }];
	}
	return [responseTo(item, isRight ? 'right' : 'wrong')];
}

/** Any way through, a choice longer each time. */
function conversation(vignette: Vignette, chance: Chance): unknown[] {
	const path: string[] = [];
	const sent: unknown[] = [];
	for (;;) {
		const state = play(vignette, path) as Play<Vignette>;
		if (!state.turn) return sent;
		path.push(chance.of(state.options).id);
		sent.push({ path: [...path] });
	}
}

/** The beginning of a history and what it adds up to, ready to be written for any number of learners. */
export interface Cut {
	/** Each event: milliseconds since `START`, and its JSON after id and time. */
	events: { offset: number; lesson: string; step: string; type: string; rest: string }[];
	standings: { lesson: string; progress: string; last: number }[];
	enrolment: Enrolment;
	answers: FirstAnswer[];
}

/** @param lengths numbers of events, rising */
export function cuts(course: Course, events: LearnerEvent[], lengths: number[]): Cut[] {
	const counting = countingIn(course);
	const map = outline(course, 'da');
	const written = events.map(({ id: _, at, v: __, ...rest }) => ({
		offset: Date.parse(at) - START,
		lesson: rest.lesson,
		step: rest.step,
		type: rest.type,
		rest: JSON.stringify(rest).slice(1),
	}));
	const kept: Kept = new Map();
	let progress = noProgress();
	let enrolment: Enrolment | undefined;
	const lastOf: Record<string, number> = {};
	const wanted = new Set(lengths);
	const found: Cut[] = [];
	for (const [at, event] of events.entries()) {
		const after = apply(counting, progress, event);
		const finished = finishedBy(progress, after, event, new Date(event.at));
		if (finished) keepFirst(kept, finished);
		progress = after;
		enrolment = enrol(enrolment, map, progress, event, new Date(event.at));
		lastOf[event.lesson] = at;
		if (wanted.has(at + 1))
			found.push({
				events: written.slice(0, at + 1),
				standings: standingsOf(progress.lessons, lastOf),
				enrolment,
				answers: [...kept.values()],
			});
	}
	return found;
}

function standingsOf(lessons: Record<string, LessonProgress>, lastOf: Record<string, number>) {
	return Object.entries(lessons).map(([lesson, progress]) => ({
		lesson,
		progress: JSON.stringify(progress),
		last: lastOf[lesson]!,
	}));
}
