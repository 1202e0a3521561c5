import type { AnyType, Points } from '#lib/activities/contract.ts';
import { localise } from '#lib/course/localise.ts';
import { activitiesOf, type Activity, type Step } from '#lib/course/model.ts';
import { FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';
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
import { written } from './interaction.ts';
import { EXTENSIONS } from './iris.ts';
import type { Objects, Titled } from './objects.ts';
import type { Happening, Say } from './sayer.ts';
import { duration, type Result } from './statement.ts';

/** An answer as an interaction, or the choices of a conversation; and the set that it finishes. */
export function tellAnswer(
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
