import type { AnyType } from '#lib/activities/contract.ts';
import type { Language } from '#lib/course/language.ts';
import { localise } from '#lib/course/localise.ts';
import { activitiesOf, type Activity, type Step } from '#lib/course/model.ts';
import type { Outline } from '#lib/course/outline.ts';
import { lessonsOfOutline } from '#lib/course/outline.ts';
import { CONFIDENCE, FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';
import type { Points } from '#lib/activities/contract.ts';
import { courseStanding, lessonStanding } from '#lib/progress/completion.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import {
	isFinished,
	points,
	share,
	type Attempt,
	type ItemResult,
	type Progress,
	type StepProgress,
} from '#lib/progress/progress.ts';
import { DISPLAY } from './display.ts';
import { written } from './interaction.ts';
import { EXTENSIONS, PROFILE_VERSION, TYPES, VERBS, type Verb } from './iris.ts';
import type { Objects, Titled } from './objects.ts';
import {
	duration,
	type Actor,
	type Context,
	type Detail,
	type Result,
	type Statement,
	type XapiActivity,
} from './statement.ts';
import { derivedId } from './uuid.ts';

/** Whose statements these are, and what is known of the course. */
export interface Narrator {
	actor: Actor;
	registration?: string;
	course: Outline;
	objects: Objects;
	/** The lesson, or what stands beside lessons, with its definitions; undefined when unknown. */
	unit(id: string): { title: Titled['title']; steps: Step[] } | undefined;
	types(type: string): AnyType | undefined;
}

/** A statement and the level of detail that it belongs to. */
export interface Told {
	detail: Detail;
	statement: Statement;
}

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

type Occasion = Pick<LearnerEvent, 'id' | 'at' | 'courseVersion' | 'language'>;

interface Details {
	result?: Result;
	/** What the object is part of, nearest first, the course left out. Absent for the course itself. */
	under?: XapiActivity[];
	/** Told apart from other statements of the same verb and object on the same occasion. */
	nth?: number;
}
type Say = (detail: Detail, verb: Verb, object: XapiActivity, details?: Details) => void;

function sayer(narrator: Narrator, occasion: Occasion, told: (one: Told) => void): Say {
	const { actor, registration, objects } = narrator;
	return (detail, verb, object, { result, under, nth = 0 } = {}) => {
		const [parent] = under ?? [];
		const grouping = under && [objects.course, ...under.slice(1)];
		const context: Context = {
			...(registration ? { registration } : {}),
			platform: 'Rygsamtalen',
			language: occasion.language,
			revision: occasion.courseVersion,
			contextActivities: {
				...(under ? { parent: [parent ?? objects.course] } : {}),
				...(grouping ? { grouping } : {}),
				category: [CATEGORY],
			},
		};
		told({
			detail,
			statement: {
				id: derivedId(occasion.id, [idOf(actor), verb, object.id, nth].join(' ')),
				timestamp: occasion.at,
				actor,
				verb: { id: VERBS[verb], display: DISPLAY[verb] },
				object,
				...(result ? { result } : {}),
				context,
			},
		});
	};
}

const CATEGORY: XapiActivity = {
	objectType: 'Activity',
	id: PROFILE_VERSION,
	definition: { type: TYPES.profile },
};

const idOf = ({ account, mbox, mbox_sha1sum, openid }: Actor): string =>
	account ? `${account.homePage} ${account.name}` : (mbox ?? mbox_sha1sum ?? openid ?? '');

interface Happening {
	narrator: Narrator;
	say: Say;
	lesson: Titled;
	before: Progress;
	after: Progress;
	event: LearnerEvent;
}

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

function tellAnswer(
	happening: Happening & { step: Step; event: Extract<LearnerEvent, { type: 'answered' }> },
): void {
	const { narrator, say, lesson, step, before, after, event } = happening;
	const { objects } = narrator;
	const activity = activitiesOf(step).find(({ id }) => id === event.item);
	const type = activity && narrator.types(activity.type);
	if (!activity || !type) return;
	const place = { lesson: event.lesson, step: event.step };
	const earlier = resultIn(stepIn(before, place), event);
	const result =
		step.id === PRACTICE
			? scoredNow(type, activity, event.response)
			: resultIn(stepIn(after, place), event);
	if (!result || result === earlier) return;

	const inLesson = objects.lesson(lesson);
	const home = homeOf(narrator.unit(lesson.id)!.steps, step, activity);
	const under = [...(home.kind === 'set' ? [objects.step(lesson, home)] : []), inLesson];
	if (step.id === PRACTICE) under.push(objects.step(lesson, step));
	if (type.moves) {
		const seen = type.moves(activity, earlier?.response ?? { path: [] })?.choices.length ?? 0;
		tellMoves({ say, objects, lesson, step, activity, type, response: result.response, seen });
	} else if (result.done) {
		const interaction = type.interaction(localise(activity, event.language), result.response);
		const object = objects.item(lesson, home, activity, result.response);
		const took = event.seconds === undefined ? {} : { duration: duration(event.seconds) };
		if (interaction)
			say('interactions', 'answered', object, {
				under,
				result: {
					response: written(interaction).response,
					completion: true,
					...(result.possible > 0 ? { success: result.earned >= result.possible } : {}),
					...scored(result),
					...took,
				},
			});
		else say('interactions', 'completed', object, { under, result: { completion: true, ...took } });
	}
	const attempt = attemptIn(stepIn(after, place), event.attempt);
	if (step.kind === 'set' && step.id !== PRACTICE && attempt && isFinished(attempt))
		tellSet({ narrator, say, lesson, step, attempt });
}

interface Conversation {
	say: Say;
	objects: Objects;
	lesson: Titled;
	step: Step;
	activity: Activity;
	type: AnyType;
	response: unknown;
	/** Choices that were told of before. */
	seen: number;
}

function tellMoves(talk: Conversation): void {
	const { say, objects, lesson, step, activity, type, response, seen } = talk;
	const moves = type.moves!(activity, response);
	if (!moves) return;
	const vignette = objects.step(lesson, step);
	const under = [objects.lesson(lesson)];
	moves.choices.slice(seen).forEach((move, at) =>
		say('interactions', 'answered', objects.turn(lesson, activity, move), {
			under: [vignette, ...under],
			nth: at,
			result: {
				response: move.chosen,
				completion: true,
				success: move.best.includes(move.chosen),
				...scored(move.score),
				extensions: {
					[EXTENSIONS.quality]: move.quality,
					[EXTENSIONS.skill]: move.skill,
					[EXTENSIONS.meters]: move.meters,
					...(move.isRepair ? { [EXTENSIONS.repair]: true } : {}),
				},
			},
		}),
	);
	const { end } = moves;
	if (!end || moves.choices.length <= seen) return;
	say('interactions', 'completed', vignette, {
		under,
		result: {
			completion: true,
			...scored(end.score),
			extensions: {
				[EXTENSIONS.ending]: end.ending,
				[EXTENSIONS.skills]: end.skills,
				[EXTENSIONS.meters]: end.meters,
			},
		},
	});
}

/** A drill is completed; a quiz and the final test are passed or failed. */
function tellSet({
	narrator,
	say,
	lesson,
	step,
	attempt,
}: Pick<Happening, 'narrator' | 'say' | 'lesson'> & { step: Step; attempt: Attempt }): void {
	const { objects, course } = narrator;
	const isTest = lesson.id === FINAL_TEST;
	const object = isTest ? objects.lesson(lesson) : objects.step(lesson, step);
	const under = isTest ? [] : [objects.lesson(lesson)];
	const role = step.kind === 'set' ? step.role : 'drill';
	if (role === 'drill')
		return say('results', 'completed', object, {
			under,
			result: { completion: true, ...scored(points(attempt)) },
		});
	const mark = isTest ? course.finalTest!.passMark : course.passMark;
	const success = share(attempt) * 100 >= mark;
	say('results', success ? 'passed' : 'failed', object, {
		under,
		result: { completion: true, success, ...scored(points(attempt)) },
	});
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

/** The score; nothing where there was nothing to earn. */
function scored({ earned, possible }: Points): Pick<Result, 'score'> {
	if (possible === 0) return {};
	// At most four decimals: some record stores refuse more.
	const scaled = Math.floor((1e4 * earned) / possible) / 1e4;
	return { score: { scaled, raw: earned, min: 0, max: possible } };
}

function stepIn(progress: Progress, place: { lesson: string; step: string }) {
	return progress.lessons[place.lesson]?.steps[place.step];
}

function attemptIn(step: StepProgress | undefined, id: string): Attempt | undefined {
	return [...(step?.open ?? []), step?.latest].find((attempt) => attempt?.id === id);
}

function resultIn(
	step: StepProgress | undefined,
	{ attempt, item }: { attempt: string; item: string },
): ItemResult | undefined {
	return attemptIn(step, attempt)?.results[item];
}

/** Practice keeps no attempts: an answer is worth what it is worth. */
function scoredNow(type: AnyType, activity: Activity, response: unknown): ItemResult | undefined {
	const score = type.score(activity, response);
	if (score.kind !== 'scored') return undefined;
	return { response, earned: score.earned, possible: score.possible, done: true };
}

/** The step that an item belongs to; practice borrows the items of others. */
function homeOf(steps: Step[], step: Step, activity: Activity): Step {
	if (step.id !== PRACTICE) return step;
	const owns = (one: Step) => activitiesOf(one).some(({ id }) => id === activity.id);
	return steps.find((one) => one.id !== PRACTICE && owns(one)) ?? step;
}

function between(from: string, to: string): string {
	return duration(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)));
}
