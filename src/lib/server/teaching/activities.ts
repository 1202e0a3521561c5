import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Rate } from '#lib/activities/rate/schema.ts';
import type { Vignette } from '#lib/activities/vignette/schema.ts';
import type { Language } from '#lib/course/language.ts';
import { localise, type Localised } from '#lib/course/localise.ts';
import { activitiesOf, type Activity, type Course, type Step } from '#lib/course/model.ts';
import { CONFIDENCE, FINAL_TEST, unitsOf } from '#lib/course/parts.ts';
import { m } from '#lib/paraglide/messages.js';
import { confidenceFigures, type ConfidenceFigures } from '#lib/teaching/confidence.ts';
import { itemFigures, type ItemFigures } from '#lib/teaching/items.ts';
import { KINDS, overviewOf, placesOf, STANDS_OUT, type Place } from '#lib/teaching/overview.ts';
import { vignetteFigures, type PathCount, type VignetteFigures } from '#lib/teaching/vignettes.ts';
import type { Database, Queries } from '../db/database.ts';
import { answersTo, confidencePairs, membersOf, summariesOf } from './answers.ts';

type Db = Pick<Database, 'tables'>;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What `activityFigures` gives, for the description of the JSON API. */
export const activityFiguresSchema = v.strictObject({
	course: v.strictObject({ id: v.string(), version: v.string(), title: v.string() }),
	members: v.pipe(whole, v.description('How many are in the group now.')),
	activities: v.array(
		v.strictObject({
			lesson: v.string(),
			lessonTitle: v.string(),
			step: v.string(),
			title: v.string(),
			kind: v.picklist(KINDS),
			answered: v.pipe(whole, v.description('How many have finished it at least once.')),
			share: v.pipe(
				v.nullable(share),
				v.description('Mean share of points on the first try; null where there are none.'),
			),
			standsOut: v.nullable(v.picklist(STANDS_OUT)),
		}),
	),
});
export type ActivityFigures = v.InferOutput<typeof activityFiguresSchema>;

/** Every activity of a course and what the members of a group did there on their first try. */
export async function activityFigures(
	db: Db,
	queries: Queries,
	course: Course,
	groupId: string,
	language: Language,
): Promise<ActivityFigures> {
	const learners = await summariesOf(db, queries, groupId, course.id);
	return {
		course: { id: course.id, version: course.version, title: course.title[language] },
		members: await membersOf(db, queries, groupId),
		activities: overviewOf(placesOf(course, language), learners),
	};
}

/** Figures of one place, as its kind has them. */
export type PlaceDetail = { place: Place; members: number } & (
	| { kind: 'items'; items: (ItemFigures & { lessonTitle: string | null })[] }
	| { kind: 'vignette'; name: string; figures: VignetteFigures; skills: Record<string, string> }
	| { kind: 'confidence'; figures: ConfidenceFigures; low: string; high: string }
);

/**
 * Figures of one activity, drill, quiz, conversation, of the final test or of confidence.
 *
 * @throws 404 where the course has nothing to answer there
 */
export async function placeDetail(
	db: Db,
	queries: Queries,
	course: Course,
	groupId: string,
	at: { lesson: string; step: string },
	language: Language,
): Promise<PlaceDetail> {
	const place = placesOf(course, language).find(
		({ lesson, step }) => lesson === at.lesson && step === at.step,
	);
	const step = stepAt(course, at);
	if (!place || !step) error(404, { message: m.teach_activity_none() });
	const head = { place, members: await membersOf(db, queries, groupId) };
	if (place.lesson === CONFIDENCE) {
		const told = localise(course.confidence!.activity, language) as Localised<Rate>;
		const pairs = await confidencePairs(db, queries, groupId, course.id);
		const { low, high } = told;
		return { ...head, kind: 'confidence', figures: confidenceFigures(told, pairs), low, high };
	}
	const answers = await answersTo(db, queries, groupId, { course: course.id, ...at });
	const told = activitiesOf(step).map((one) => localise(one, language) as Localised<Activity>);
	if (place.kind === 'vignette') {
		const vignette = told[0] as unknown as Localised<Vignette>;
		const paths = (answers.get(vignette.id) ?? []).map(({ response, count }): PathCount => {
			const { path } = response as { path: string[] };
			return { path, count };
		});
		const skills = Object.fromEntries(course.skills.map(({ id, name }) => [id, name[language]]));
		const figures = vignetteFigures(vignette, paths);
		return { ...head, kind: 'vignette', name: vignette.patient.name, figures, skills };
	}
	return {
		...head,
		kind: 'items',
		items: told.map((activity) => ({
			...itemFigures(activity, answers.get(activity.id) ?? []),
			lessonTitle: place.lesson === FINAL_TEST ? lessonOf(course, activity.id, language) : null,
		})),
	};
}

function stepAt(course: Course, at: { lesson: string; step: string }): Step | undefined {
	const unit = unitsOf(course).find(({ id }) => id === at.lesson);
	return unit?.steps.find(({ id }) => id === at.step);
}

/** The title of the lesson that an item of the final test is about. */
function lessonOf(course: Course, item: string, language: Language): string | null {
	const bank = course.finalTest?.bank.find(({ items }) => items.some(({ id }) => id === item));
	const lesson = unitsOf(course).find(({ id }) => id === bank?.lesson);
	return lesson?.title[language] ?? null;
}
