import type { Language } from '#lib/course/language.ts';
import type { Step } from '#lib/course/model.ts';
import { lessonsOfOutline } from '#lib/course/outline.ts';
import { CONFIDENCE } from '#lib/course/parts.ts';
import { courseStanding, lessonStanding } from '#lib/progress/completion.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { tellAnswer } from './answers.ts';
import { EXTENSIONS } from './iris.ts';
import type { Titled } from './objects.ts';
import { sayer, type Happening, type Narrator, type Occasion, type Told } from './sayer.ts';
import { duration, type Result } from './statement.ts';

/** From the first event until nothing happens for a while; what is told of when it ends. */
export interface Visit {
	/** The learner's clock. */
	began: string;
	lesson?: { id: string; began: string };
	/** The event that came last. */
	last: { id: string; at: string; version: string; language: Language };
}

/** Silence that ends a visit, in milliseconds. */
export const SILENCE = 30 * 60_000;

/**
 * What there is to say of one event: pure, so that the same events say the same wherever the course
 * runs. Ids are derived from the event and the actor, so that saying it twice is harmless.
 *
 * @param before progress without the event, `after` with it
 * @param visit the visit under way, if any
 */
export function narrate(
	narrator: Narrator,
	before: Progress,
	after: Progress,
	event: LearnerEvent,
	visit?: Visit,
): { told: Told[]; visit: Visit } {
	const ended = visit && Date.parse(event.at) - Date.parse(visit.last.at) > SILENCE;
	const goesOn = ended ? undefined : visit;
	const told = visit && ended ? leave(narrator, visit) : [];
	const say = sayer(narrator, event, (one) => told.push(one));
	const next: Visit = {
		began: goesOn?.began ?? event.at,
		...(goesOn?.lesson ? { lesson: goesOn.lesson } : {}),
		last: {
			id: event.id,
			at: event.at,
			version: event.courseVersion,
			language: event.language,
		},
	};
	if (!goesOn) say('results', 'initialized', narrator.objects.course);
	const unit = narrator.unit(event.lesson);
	const step = unit?.steps.find((one) => one.id === event.step);
	// How confident somebody feels is theirs: nothing is said of it.
	if (!unit || !step || event.lesson === CONFIDENCE) return { told, visit: next };

	const lesson: Titled = { id: event.lesson, title: unit.title };
	if (next.lesson?.id !== event.lesson) {
		if (goesOn?.lesson) told.push(...leaveLesson(narrator, goesOn));
		next.lesson = { id: event.lesson, began: event.at };
		say('results', 'initialized', narrator.objects.lesson(lesson), { under: [] });
	}
	tellEvent({ narrator, say, lesson, step, before, after, event });
	tellStanding({ narrator, say, lesson, before, after, event });
	return { told, visit: next };
}

/** What there is to say when a visit ends: the lesson and the course are left. */
export function leave(narrator: Narrator, visit: Visit): Told[] {
	const told = leaveLesson(narrator, visit);
	const say = sayer(narrator, eventOf(visit), (one) => told.push(one));
	say('results', 'terminated', narrator.objects.course, {
		result: { duration: between(visit.began, visit.last.at) },
	});
	return told;
}

function leaveLesson(narrator: Narrator, visit: Visit): Told[] {
	const { lesson, last } = visit;
	const unit = lesson && narrator.unit(lesson.id);
	if (!lesson || !unit) return [];
	const told: Told[] = [];
	sayer(narrator, eventOf(visit), (one) => told.push(one))(
		'results',
		'terminated',
		narrator.objects.lesson({ id: lesson.id, title: unit.title }),
		{ under: [], result: { duration: between(lesson.began, last.at) } },
	);
	return told;
}

const eventOf = ({ last: { id, at, version, language } }: Visit): Occasion => ({
	id,
	at,
	courseVersion: version,
	language,
});

function tellEvent(happening: Happening & { step: Step }): void {
	const { narrator, say, lesson, step, event } = happening;
	const { objects } = narrator;
	const under = [objects.lesson(lesson)];
	switch (event.type) {
		case 'step-read':
			return say('full', 'experienced', objects.step(lesson, step), {
				under,
				result: event.seconds === undefined ? {} : { duration: duration(event.seconds) },
			});
		case 'metaphor-used':
			return say('full', 'interacted', objects.metaphor(event.metaphor), {
				under: [objects.step(lesson, step), ...under],
			});
		case 'language-changed':
			return say('full', 'preferred', objects.course, { under: undefined });
		case 'answered':
			return tellAnswer({ ...happening, event });
	}
}

/** What the event changed for the lesson and the course as wholes. */
function tellStanding({ narrator, say, lesson, before, after, event }: Happening): void {
	const { course, objects } = narrator;
	const known = lessonsOfOutline(course).find(({ id }) => id === lesson.id);
	if (known) {
		const was = lessonStanding(known, before.lessons[known.id], course.passMark);
		const is = lessonStanding(known, after.lessons[known.id], course.passMark);
		if (is.stepsDone === was.stepsDone) return;
		const object = objects.lesson(lesson);
		say('results', 'progressed', object, { under: [], result: progress(is) });
		if (is.standing === 'done' && was.standing !== 'done')
			say('results', 'completed', object, { under: [], result: { completion: true } });
	} else if (event.type !== 'answered') return;
	const was = courseStanding(course, before);
	const is = courseStanding(course, after);
	if (is.stepsDone !== was.stepsDone)
		say('results', 'progressed', objects.course, { result: progress(is) });
	if (is.standing !== 'done' || was.standing === 'done') return;
	say('results', 'completed', objects.course, { result: { completion: true } });
	const score = is.score === undefined ? {} : { score: outOf100(is.score) };
	// A course is done only when its tests are passed.
	say('results', 'passed', objects.course, {
		result: { completion: true, success: true, ...score },
	});
}

const progress = ({ stepsDone, steps }: { stepsDone: number; steps: number }): Result => ({
	extensions: { [EXTENSIONS.progress]: Math.floor((100 * stepsDone) / steps) },
});

const outOf100 = (score: number) => ({ scaled: score / 100, raw: score, min: 0, max: 100 });

function between(from: string, to: string): string {
	return duration(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)));
}
