import { rulesFor } from '../../src/lib/activities/registry.ts';
import { drawTest } from '../../src/lib/course/final-test.ts';
import { activitiesOf, type Activity, type Course } from '../../src/lib/course/model.ts';
import { stepsOf, TEST_STEP, unitsOf } from '../../src/lib/course/parts.ts';
import type { LearnerEvent } from '../../src/lib/progress/events.ts';
import type { ReduceContext } from '../../src/lib/progress/reduce.ts';
import { responseTo, type Quality } from './answers.ts';

function responseOf(item: Activity, quality: Quality): unknown {
	if (item.type === 'reflect') return { written: true };
	if (item.type === 'rewrite' || item.type === 'ask') return { checked: [] };
	if (item.type !== 'rate') return responseTo(item, quality);
	const { items } = item as Activity & { items: { id: string }[] };
	return { ratings: Object.fromEntries(items.map(({ id }) => [id, 7])) };
}

/** How the events of a course are counted. */
export const countingIn = (course: Course): ReduceContext => ({
	steps: (lesson) => stepsOf(course, lesson),
	rules: rulesFor,
});

/**
 * The events of somebody who does everything there is in a course twice, first wrong and then right;
 * conversations go turn by turn. A minute passes between two events.
 */
export function everything(course: Course): LearnerEvent[] {
	let clock = Date.UTC(2027, 0, 10);
	const events: LearnerEvent[] = [];
	const note = (lesson: string, own: object) =>
		events.push({
			v: 1,
			id: crypto.randomUUID(),
			at: new Date((clock += 60_000)).toISOString(),
			course: course.id,
			courseVersion: course.version,
			language: 'da',
			lesson,
			...own,
		} as unknown as LearnerEvent);
	for (const { id, steps } of unitsOf(course))
		for (const step of steps) {
			if (step.kind === 'read') {
				for (const metaphor of step.metaphors)
					note(id, { type: 'metaphor-used', step: step.id, metaphor });
				note(id, { type: 'step-read', step: step.id, seconds: 90 });
				continue;
			}
			for (const quality of ['wrong', 'right'] as const) {
				const attempt = crypto.randomUUID();
				const all = activitiesOf(step);
				const drawn = step.id === TEST_STEP ? drawTest(course.finalTest!, []) : undefined;
				const items = drawn
					? all.filter((item) => drawn.includes(item.id))
					: all.slice(0, step.kind === 'set' ? step.draw : undefined);
				const head = { step: step.id, attempt };
				note(id, { ...head, type: 'attempt-began', items: items.map((item) => item.id) });
				for (const item of items)
					for (const response of inTurns(responseOf(item, quality)))
						note(id, { ...head, type: 'answered', item: item.id, response, seconds: 20 });
			}
		}
	return events;
}

/** A conversation as it is sent: longer by one choice each time. */
function inTurns(response: unknown): unknown[] {
	const { path } = response as { path?: string[] };
	return path?.map((_, at) => ({ path: path.slice(0, at + 1) })) ?? [response];
}
