import { error } from '@sveltejs/kit';
import { loadTypes } from '#lib/activities/load.ts';
import { activitiesOf, type Step } from '#lib/course/model.ts';
import { loadSetStep } from '#lib/player/lazy.ts';
import { contents, pictured } from '../../pictures.ts';
import type { PageLoad } from './$types';

/** The code that the step on screen needs: the lesson's prose and the views of its activities. */
export const load: PageLoad = async ({ params, data }) => {
	const { course, lesson, language } = { ...data, language: params.lang };
	const stepId = params.step ?? data.resume;
	const step = lesson.steps.find((one) => one.id === stepId);
	if (!step) error(404, { message: `${lesson.id} has no step "${stepId}"` });
	const words = async () => {
		const { prose } = await contents();
		return (await prose[`${course.id}/${lesson.id}/${language}`]!()).default;
	};
	const [Prose, views, set] = await Promise.all([
		step.kind === 'read' ? words() : undefined,
		loadTypes(activitiesOf(step as unknown as Step).map((activity) => activity.type)),
		step.kind === 'set' ? loadSetStep() : undefined,
	]);
	return {
		...data,
		step: stepId,
		/** Fetches the words of the reading steps, so that going there needs no connection. */
		words,
		Prose,
		set,
		views,
		pictures: Object.fromEntries(data.metaphors.map((one) => [one.id, pictured(course.id, one)])),
	};
};
