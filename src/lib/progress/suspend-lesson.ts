import { code } from '#lib/course/code.ts';
import { activitiesOf, type Step } from '#lib/course/model.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import type { BitReader, BitWriter } from './bits.ts';
import {
	points,
	type Attempt,
	type ItemResult,
	type LessonProgress,
	type StepProgress,
} from './progress.ts';

/** A lesson's record in suspend data, version 1 (see suspend.ts): widths in bits, then what is written in which order. */
export const CODE = 10;
const COUNT = 6;
const MAX_COUNT = 63;
const ITEMS = 7;
const POINTS = 5;
const TOTAL = 10;

/** What a lesson's record holds, from least to most; each level holds those before it. */
export const LEVEL = {
	/** No record at all. */
	none: 0,
	/** Steps read; number of attempts and points of the best. In the current lesson: the open attempts. */
	standing: 1,
	/** Points of the first and the latest attempt. */
	totals: 2,
	/** Open attempts with their responses. */
	open: 3,
	/** The latest attempt's points, activity by activity. */
	latest: 4,
	/** The latest attempt's responses. */
	responses: 5,
	/** The best and the first attempt's responses. */
	all: 6,
} as const;

/** How much of an attempt is kept. */
const DETAIL = { totals: 0, items: 1, responses: 2 } as const;
type Detail = (typeof DETAIL)[keyof typeof DETAIL];

/** How much of a lesson to write, and whether the learner is in it. */
export interface Extent {
	level: number;
	current: boolean;
}

export function writeLesson(
	bits: BitWriter,
	steps: Step[],
	lesson: LessonProgress,
	rules: RulesByType,
	extent: Extent,
): void {
	bits.flag(lesson.step !== undefined);
	if (lesson.step !== undefined) bits.write(code(lesson.step), CODE);
	const read = lesson.read.slice(0, MAX_COUNT);
	bits.write(read.length, COUNT);
	for (const id of read) bits.write(code(id), CODE);
	const tried = steps.filter((step) => lesson.steps[step.id]).slice(0, MAX_COUNT);
	bits.write(tried.length, COUNT);
	for (const step of tried) {
		bits.write(code(step.id), CODE);
		writeStep(bits, step, lesson.steps[step.id]!, rules, extent);
	}
}

export function readLesson(
	bits: BitReader,
	lessonId: string,
	steps: Step[],
	rules: RulesByType | undefined,
): LessonProgress {
	const find = (wanted: number) => steps.find((step) => code(step.id) === wanted);
	const lesson: LessonProgress = { read: [], steps: {} };
	const at = bits.flag() ? find(bits.read(CODE)) : undefined;
	if (at) lesson.step = at.id;
	for (let left = bits.read(COUNT); left > 0; left--) {
		const step = find(bits.read(CODE));
		if (step?.kind === 'read') lesson.read.push(step.id);
	}
	for (let left = bits.read(COUNT); left > 0; left--) {
		const step = find(bits.read(CODE));
		const name = `restored-${code(lessonId)}-${step ? code(step.id) : ''}`;
		const tried = readStep(bits, name, step, rules);
		if (step && step.kind !== 'read') lesson.steps[step.id] = tried;
	}
	return lesson;
}

/** How first and latest attempts are told: not at all, by themselves, or as one told already. */
const SAME = { none: 0, own: 1, best: 2, first: 3 } as const;

function writeStep(
	bits: BitWriter,
	step: Step,
	tried: StepProgress,
	rules: RulesByType,
	{ level, current }: Extent,
): void {
	const { best } = tried;
	const first = level >= LEVEL.totals ? tried.first : undefined;
	const latest = level >= LEVEL.totals ? tried.latest : undefined;
	const latestDetail =
		level >= LEVEL.responses
			? DETAIL.responses
			: level >= LEVEL.latest
				? DETAIL.items
				: DETAIL.totals;
	const earlierDetail = level >= LEVEL.all ? DETAIL.responses : DETAIL.totals;
	const detail = (attempt: Attempt) => (attempt.id === latest?.id ? latestDetail : earlierDetail);
	const open = level >= LEVEL.open ? tried.open : current ? tried.open.slice(-1) : [];

	bits.write(tried.finished, COUNT);
	bits.flag(best !== undefined);
	if (best) writeAttempt(bits, step, best, rules, detail(best));
	const firstIs = !first ? SAME.none : first.id === best?.id ? SAME.best : SAME.own;
	bits.write(firstIs, 2);
	if (first && firstIs === SAME.own) writeAttempt(bits, step, first, rules, detail(first));
	const latestIs = !latest
		? SAME.none
		: latest.id === best?.id
			? SAME.best
			: latest.id === first?.id
				? SAME.first
				: SAME.own;
	bits.write(latestIs, 2);
	if (latest && latestIs === SAME.own) writeAttempt(bits, step, latest, rules, detail(latest));
	bits.write(open.length, 2);
	for (const attempt of open) writeAttempt(bits, step, attempt, rules, DETAIL.responses);
}

function readStep(
	bits: BitReader,
	name: string,
	step: Step | undefined,
	rules: RulesByType | undefined,
): StepProgress {
	const read = (role: string) => readAttempt(bits, `${name}-${role}`, step, rules);
	const tried: StepProgress = { finished: bits.read(COUNT), open: [] };
	if (bits.flag()) tried.best = read('best');
	const firstIs = bits.read(2);
	const first =
		firstIs === SAME.own ? read('first') : firstIs === SAME.best ? tried.best : undefined;
	if (first) tried.first = first;
	const latestIs = bits.read(2);
	const latest =
		latestIs === SAME.own
			? read('latest')
			: latestIs === SAME.best
				? tried.best
				: latestIs === SAME.first
					? tried.first
					: undefined;
	if (latest) tried.latest = latest;
	const count = bits.read(2);
	for (let at = 0; at < count; at++) {
		const attempt = read(`open-${at}`);
		if (attempt.items.length > 0) tried.open.push(attempt);
	}
	return tried;
}

function writeAttempt(
	bits: BitWriter,
	step: Step,
	attempt: Attempt,
	rules: RulesByType,
	wanted: Detail,
): void {
	// An attempt of which only the points came back has nothing more to tell.
	const detail = attempt.items.length === 0 ? DETAIL.totals : wanted;
	bits.write(detail, 2);
	if (detail === DETAIL.totals) {
		const { earned, possible } = points(attempt);
		bits.write(earned, TOTAL);
		bits.write(possible, TOTAL);
		return;
	}
	const types = new Map(activitiesOf(step).map((activity) => [activity.id, activity.type]));
	bits.write(attempt.items.length, ITEMS);
	for (const item of attempt.items) {
		const result = attempt.results[item];
		bits.write(code(item), CODE);
		bits.flag(result !== undefined);
		if (!result) continue;
		bits.write(result.earned, POINTS);
		bits.write(result.possible, POINTS);
		bits.flag(result.done);
		const numbers =
			detail === DETAIL.responses ? packed(result, rules, types.get(item)) : undefined;
		bits.flag(numbers !== undefined);
		if (!numbers) continue;
		bits.write(numbers.length, COUNT);
		for (const one of numbers) bits.write(one, CODE);
	}
}

function packed(
	result: ItemResult,
	rules: RulesByType,
	type: string | undefined,
): number[] | undefined {
	const numbers =
		result.response === undefined || type === undefined
			? result.packed
			: rules(type)?.pack?.(result.response);
	return numbers && numbers.length <= MAX_COUNT ? numbers : undefined;
}

function readAttempt(
	bits: BitReader,
	id: string,
	step: Step | undefined,
	rules: RulesByType | undefined,
): Attempt {
	const detail = bits.read(2);
	if (detail === DETAIL.totals) return totalsOnly(id, step, bits.read(TOTAL), bits.read(TOTAL));
	const attempt: Attempt = { id, items: [], results: {} };
	for (let left = bits.read(ITEMS); left > 0; left--) {
		const wanted = bits.read(CODE);
		const activity = step && activitiesOf(step).find((one) => code(one.id) === wanted);
		const result = bits.flag() ? readResult(bits) : undefined;
		if (!activity) continue;
		attempt.items.push(activity.id);
		const kept = result && rules ? unpacked(result, activity, rules) : result;
		if (kept) attempt.results[activity.id] = kept;
	}
	return attempt;
}

function readResult(bits: BitReader): ItemResult {
	const [earned, possible] = [bits.read(POINTS), bits.read(POINTS)];
	const result: ItemResult = { earned, possible, done: bits.flag() };
	if (bits.flag()) result.packed = Array.from({ length: bits.read(COUNT) }, () => bits.read(CODE));
	return result;
}

function totalsOnly(id: string, step: Step | undefined, earned: number, possible: number): Attempt {
	const result = { earned, possible, done: true };
	if (step?.kind === 'activity')
		return { id, items: [step.activity.id], results: { [step.activity.id]: result } };
	return { id, items: [], results: { '': result } };
}

/**
 * A result with its numbers turned back into a response. When they no longer fit the edited
 * activity the points stay; half a conversation that cannot be gone on with is dropped.
 */
function unpacked(
	result: ItemResult,
	activity: { type: string },
	rules: RulesByType,
): ItemResult | undefined {
	const { packed: numbers, ...rest } = result;
	const response = numbers && rules(activity.type)?.unpack?.(activity, numbers);
	if (response !== undefined) return { ...rest, response };
	return result.done ? rest : undefined;
}

/** Turns the packed responses of one lesson back into responses, now that its definitions are there. */
export function unpackLesson(
	steps: Step[],
	lesson: LessonProgress,
	rules: RulesByType,
): LessonProgress {
	const entries = Object.entries(lesson.steps).map(([id, tried]): [string, StepProgress] => {
		const step = steps.find((one) => one.id === id);
		if (!step) return [id, tried];
		const { first, best, latest, ...others } = tried;
		return [
			id,
			{
				...others,
				...(first ? { first: unpackAttempt(step, first, rules) } : {}),
				...(best ? { best: unpackAttempt(step, best, rules) } : {}),
				...(latest ? { latest: unpackAttempt(step, latest, rules) } : {}),
				open: tried.open.map((attempt) => unpackAttempt(step, attempt, rules)),
			},
		];
	});
	return { ...lesson, steps: Object.fromEntries(entries) };
}

function unpackAttempt(step: Step, attempt: Attempt, rules: RulesByType): Attempt {
	const results: Attempt['results'] = {};
	for (const [id, result] of Object.entries(attempt.results)) {
		const activity = activitiesOf(step).find((one) => one.id === id);
		const kept = activity && result.packed ? unpacked(result, activity, rules) : result;
		if (kept) results[id] = kept;
	}
	return { ...attempt, results };
}
