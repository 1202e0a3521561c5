import {
	activitiesOf,
	lessonsOf,
	type Activity,
	type Course,
	type FinalTest,
	type Lesson,
	type Step,
} from './model.ts';

/**
 * What a course has beside its lessons. Each is counted like a lesson of its own, under an id that
 * no lesson may have; practice is a step that every lesson with drills or quizzes has besides those
 * its author wrote.
 */
export const FINAL_TEST = 'final-test';
export const CONFIDENCE = 'confidence';
export const PRACTICE = 'practice';

/** Under this name suspend data hold what is to be practised; no id looks like it. */
export const PRACTICE_RECORD = '+practice';

/** The one step of the final test. */
export const TEST_STEP = 'test';
/** The two steps of the confidence measure. */
export const BEFORE = 'before';
export const AFTER = 'after';

const NAMES = {
	[FINAL_TEST]: { da: 'Slutprøve', en: 'Final test' },
	[CONFIDENCE]: { da: 'Hvor sikker er du?', en: 'How confident are you?' },
	[BEFORE]: { da: 'Før kurset', en: 'Before the course' },
	[AFTER]: { da: 'Efter kurset', en: 'After the course' },
	[PRACTICE]: { da: 'Genopfriskning', en: 'Practice' },
};
const NOTHING = { da: '', en: '' };

/** Everything of a course that is counted: its lessons, then what it has beside them. */
export function unitsOf(course: Course): Lesson[] {
	return [...lessonsOf(course), ...besides(course)];
}

function besides({ finalTest, confidence }: Course): Lesson[] {
	const units: Lesson[] = [];
	if (finalTest) units.push(unit(FINAL_TEST, [testStep(finalTest)]));
	if (confidence) {
		const { minutes, activity } = confidence;
		units.push(
			unit(
				CONFIDENCE,
				([BEFORE, AFTER] as const).map((id) => ({
					id,
					kind: 'activity',
					title: NAMES[id],
					minutes,
					activity,
				})),
			),
		);
	}
	return units;
}

/** The final test as a step; of a test in one language as well. */
export function testStep({
	draw,
	minutes,
	bank,
}: Pick<FinalTest, 'draw' | 'minutes'> & { bank: { items: unknown[] }[] }): Step {
	const items = bank.flatMap((one) => one.items) as Activity[];
	return {
		id: TEST_STEP,
		kind: 'set',
		role: 'test',
		title: NAMES[FINAL_TEST],
		minutes,
		draw,
		items,
	};
}

function unit(id: typeof FINAL_TEST | typeof CONFIDENCE, steps: Step[]): Lesson {
	return { id, title: NAMES[id], objective: NOTHING, message: NOTHING, steps };
}

/** The steps of a lesson, or of what stands beside lessons, in which something can be done. */
export function stepsOf(course: Course, unitId: string): Step[] | undefined {
	const found = unitsOf(course).find((one) => one.id === unitId);
	return withPractice(found?.steps);
}

/** A lesson's steps and its practice, whose items are those of its drills and quizzes. */
export function withPractice(steps: unknown[]): Step[];
export function withPractice(steps: unknown[] | undefined): Step[] | undefined;
export function withPractice(steps: unknown[] | undefined): Step[] | undefined {
	if (!steps) return undefined;
	const items = practiceItems(steps as Step[]);
	if (items.length === 0) return steps as Step[];
	const practice: Step = {
		id: PRACTICE,
		kind: 'set',
		role: 'practice',
		title: NAMES[PRACTICE],
		minutes: 1,
		items,
	};
	return [...(steps as Step[]), practice];
}

/** Types whose answers are neither right nor wrong. */
const UNSCORED = ['ask', 'reflect', 'rewrite', 'rate', 'vignette'];

/** The items of a lesson that can be practised. */
export function practiceItems(steps: Step[]): Activity[] {
	return steps
		.filter((step) => step.kind === 'set' && (step.role === 'drill' || step.role === 'quiz'))
		.flatMap(activitiesOf)
		.filter(({ type }) => !UNSCORED.includes(type));
}
