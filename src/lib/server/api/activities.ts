import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { KINDS } from '#lib/teaching/overview.ts';
import { activityFigures, activityFiguresSchema, placeDetail } from '../teaching/activities.ts';
import { coursesOf } from '../teaching/answers.ts';
import { followedGroup } from '../teaching/rights.ts';
import { count, resource, text, type Asked } from './resource.ts';

const query = v.strictObject({
	course: v.optional(
		v.pipe(
			text,
			v.maxLength(100),
			v.description('The id of a course. Without it, the one that the group is asked to take.'),
		),
	),
});
const group = 'The id of a group that you follow.';
const share = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const mean = v.number();

/** Every activity of a course with what the group did there on the first try. */
export const activitiesResource = resource({
	path: '/groups/{group}/activities',
	id: 'listActivities',
	summary: 'The activities of a course, with how a group fared on the first try',
	params: { group },
	query,
	answer: activityFiguresSchema,
	async read(asked) {
		const course = await courseOf(asked);
		return activityFigures(asked.db, asked.db.read, course, asked.params.group!, asked.language);
	},
});

const tally = v.strictObject({
	id: text,
	label: text,
	right: v.pipe(v.nullable(v.boolean()), v.description('Null where there is no right or wrong.')),
	count,
});
const item = v.strictObject({
	id: text,
	type: text,
	prompt: text,
	answered: count,
	difficulty: v.pipe(share, v.description('Mean share of points: high is easy.')),
	discrimination: v.pipe(
		v.nullable(v.pipe(v.number(), v.minValue(-1), v.maxValue(1))),
		v.description('Correlation with the other items of the attempt; null for too few answers.'),
	),
	parts: v.array(
		v.strictObject({
			id: text,
			label: v.nullable(text),
			answered: count,
			tallies: v.array(tally),
			mean: v.nullable(v.number()),
		}),
	),
});
const turn = v.strictObject({
	id: text,
	reached: count,
	options: v.array(
		v.strictObject({
			id: text,
			text,
			quality: v.picklist(['strong', 'workable', 'costly']),
			skill: text,
			offered: count,
			chosen: count,
			repaired: v.nullable(count),
		}),
	),
});
const place = {
	lesson: text,
	lessonTitle: text,
	step: text,
	title: text,
	activity: v.picklist(KINDS),
	members: count,
};

/** The figures of one activity. */
export const activityResource = resource({
	path: '/groups/{group}/activities/{lesson}/{step}',
	id: 'getActivity',
	summary: 'One activity: its items, or what was said in its conversation',
	description:
		'Only first tries of who is in the group now. Confidence before and after is told of five people or more, and only as means.',
	params: {
		group,
		lesson: 'The id of a lesson, `final-test` or `confidence`.',
		step: 'The id of a step of it.',
	},
	query,
	answer: v.variant('kind', [
		v.strictObject({ ...place, kind: v.literal('items'), items: v.array(item) }),
		v.strictObject({
			...place,
			kind: v.literal('vignette'),
			played: count,
			share,
			turns: v.array(turn),
			endings: v.array(v.strictObject({ id: text, kind: text, title: text, count })),
			meters: v.array(
				v.strictObject({
					choices: count,
					people: count,
					...{ trust: mean, understanding: mean, worry: mean },
				}),
			),
			missed: v.array(v.strictObject({ id: text, count })),
		}),
		v.strictObject({
			...place,
			kind: v.literal('confidence'),
			people: count,
			statements: v.nullable(
				v.array(v.strictObject({ id: text, text, before: mean, after: mean })),
			),
		}),
	]),
	async read(asked) {
		const { db, params, language } = asked;
		const course = await courseOf(asked);
		const at = { lesson: params.lesson!, step: params.step! };
		const detail = await placeDetail(db, db.read, course, params.group!, at, language);
		const { kind: activity, ...where } = detail.place;
		const head = { ...where, activity, members: detail.members };
		switch (detail.kind) {
			case 'items':
				return {
					...head,
					kind: detail.kind,
					items: detail.items.map(({ parts, remarks: _, lessonTitle: __, ...figures }) => ({
						...figures,
						parts: parts.map(({ tallies, ...part }) => ({
							...part,
							tallies: tallies.map(({ isRight, ...one }) => ({ ...one, right: isRight })),
						})),
					})),
				};
			case 'vignette': {
				const { turns, ...figures } = detail.figures;
				return {
					...head,
					kind: detail.kind,
					...figures,
					turns: turns.map(({ id, reached, options }) => ({
						id,
						reached,
						options: options.map(({ next: _, repair, ...option }) => ({
							...option,
							repaired: repair && repair.chosen,
						})),
					})),
				};
			}
			case 'confidence':
				return {
					...head,
					kind: detail.kind,
					people: detail.figures.people,
					statements: detail.figures.statements ?? null,
				};
		}
	},
});

/** @throws 404 for a group that the user does not follow, and for a course that is not here */
async function courseOf(asked: Asked<v.InferOutput<typeof query>>): Promise<Course> {
	const { db, courses, userId, params } = asked;
	await followedGroup(db, db.read, userId, params.group!);
	const all = await coursesOf(db, db.read, courses, params.group!);
	const wanted = asked.query.course;
	const course = wanted === undefined ? all[0] : all.find(({ id }) => id === wanted);
	return course ?? error(404, `course: ${m.teach_activity_no_course({ course: wanted ?? '' })}`);
}
