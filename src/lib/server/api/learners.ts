import { and, asc, eq, gt } from 'drizzle-orm';
import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { unitsOfTask, type Status } from '#lib/teaching/standing.ts';
import { mapOf } from '../learning/enrolments.ts';
import { learnerView } from '../teaching/learner-view.ts';
import { cellsOf, peopleOf, type Person } from '../teaching/people.ts';
import { followedGroup, followedLearner } from '../teaching/rights.ts';
import { chosenSubject, subjectsOf } from '../teaching/subjects.ts';
import { count, day, iso, moment, percent, resource, text } from './resource.ts';

const STATUS = ['not-begun', 'under-way', 'stuck', 'done'] as const satisfies Status[];
const standing = v.picklist(['not-begun', 'under-way', 'done']);

/** Learners in one answer. */
const MOST = 200;

const person = {
	id: text,
	name: text,
	email: v.nullable(text),
};

/** Where the members of a group stand, a page at a time. */
export const learnersResource = resource({
	path: '/groups/{group}/learners',
	id: 'listLearners',
	summary: 'Where the learners of a group stand with an assignment or a course',
	description:
		'In the order of their ids. To read on, ask again with `cursor` as the last answer’s `next` says, until that is null.',
	params: { group: 'The id of a group that you follow.' },
	query: v.strictObject({
		of: v.optional(
			v.pipe(
				text,
				v.maxLength(100),
				v.description(
					'What to look at: the id of an assignment, or `course:` and the id of a course. Without it, what is open and due next.',
				),
			),
		),
		limit: v.optional(
			v.pipe(
				text,
				v.regex(/^\d{1,3}$/, 'must be a whole number'),
				v.check(
					(given) => Number(given) >= 1 && Number(given) <= MOST,
					`must be from 1 to ${MOST}`,
				),
				v.description(`The most learners in the answer, 1 to ${MOST}.`),
			),
			String(MOST),
		),
		cursor: v.optional(
			v.pipe(text, v.maxLength(64), v.description('Learners after this one: `next` of an answer.')),
		),
	}),
	answer: v.strictObject({
		of: v.pipe(text, v.description('What is looked at.')),
		learners: v.array(
			v.strictObject({
				...person,
				status: v.picklist(STATUS),
				overdue: v.boolean(),
				lacksScore: v.boolean(),
				outOfAttempts: v.boolean(),
				stepsDone: count,
				steps: count,
				score: v.nullable(percent),
				seconds: count,
				beganAt: v.nullable(moment),
				lastAt: v.nullable(moment),
				doneAt: v.nullable(moment),
				units: v.pipe(
					v.array(
						v.strictObject({
							id: text,
							standing,
							stepsDone: count,
							steps: count,
							percent: v.nullable(percent),
							doneAt: v.nullable(moment),
						}),
					),
					v.description('Lessons, and the final test, that were begun.'),
				),
			}),
		),
		next: v.nullable(text),
	}),
	async read({ db, courses, userId, params, query, now }) {
		const found = await followedGroup(db, db.read, userId, params.group!);
		const { group, organisation } = found;
		const subjects = await subjectsOf(db, courses, group, organisation, now);
		const subject = await chosenSubject(db, subjects, group.id, query.of);
		if (query.of !== undefined && subject.key !== query.of)
			error(404, `of: ${m.teach_api_no_subject()}`);
		const limit = Number(query.limit);
		const { members } = db.tables;
		const rows = await db.read
			.select({ id: members.userId })
			.from(members)
			.where(
				and(
					eq(members.groupId, group.id),
					query.cursor ? gt(members.userId, query.cursor) : undefined,
				),
			)
			.orderBy(asc(members.userId))
			.limit(limit + 1);
		const ids = rows.slice(0, limit).map(({ id }) => id);
		const people = ids.length > 0 ? await peopleOf(db, group, subject, now, ids) : [];
		people.sort((a, b) => (a.id < b.id ? -1 : 1));
		const cells = await cellsOf(db, subject, ids);
		const units = unitsOfTask(subject.task, mapOf(subject.course));
		return {
			of: subject.key,
			learners: people.map((one) => ({
				...told(one),
				units: units.flatMap((id) => {
					const cell = cells.get(one.id)?.[id];
					if (!cell) return [];
					return {
						id,
						standing: cell.standing,
						stepsDone: cell.done,
						steps: cell.of,
						percent: cell.percent ?? null,
						doneAt: cell.doneAt ?? null,
					};
				}),
			})),
			next: rows.length > limit ? ids.at(-1)! : null,
		};
	},
});

function told(one: Person) {
	const { id, name, email, status, lacksScore, steps, of, score, seconds } = one;
	return {
		...{ id, name, email, status, lacksScore, score, seconds },
		overdue: one.isOverdue,
		outOfAttempts: one.isOutOfAttempts,
		stepsDone: steps,
		steps: of,
		beganAt: iso(one.beganAt),
		lastAt: iso(one.lastAt),
		doneAt: iso(one.doneAt),
	};
}

const attempt = v.strictObject({ percent, at: moment });

/** One learner, as on their own page. */
export const learnerResource = resource({
	path: '/groups/{group}/learners/{learner}',
	id: 'getLearner',
	summary: 'One learner: assignments, lessons, attempts, certificates',
	description: 'Only what the learner can see, too; never anything that they wrote.',
	params: {
		group: 'The id of a group that you follow.',
		learner: 'The id of a member of the group.',
	},
	query: v.strictObject({}),
	answer: v.strictObject({
		...person,
		profession: v.nullable(text),
		joinedAt: moment,
		assignments: v.array(
			v.strictObject({
				id: text,
				course: text,
				scope: v.picklist(['course', 'lessons', 'final-test']),
				round: count,
				startsOn: day,
				dueOn: v.nullable(day),
				open: v.boolean(),
				overdue: v.boolean(),
				standing,
				unitsDone: count,
				units: count,
				score: v.nullable(percent),
				requiredScore: v.nullable(percent),
				lacksScore: v.boolean(),
				outOfAttempts: v.boolean(),
				doneAt: v.nullable(moment),
			}),
		),
		courses: v.array(
			v.strictObject({
				id: text,
				title: text,
				standing,
				stepsDone: count,
				steps: count,
				score: v.nullable(percent),
				seconds: count,
				beganAt: moment,
				lastAt: moment,
				doneAt: v.nullable(moment),
				lessons: v.array(
					v.strictObject({
						id: text,
						title: text,
						standing,
						stepsDone: count,
						steps: count,
						best: v.nullable(percent),
						attempts: v.array(attempt),
						doneAt: v.nullable(moment),
					}),
				),
				finalTest: v.nullable(
					v.strictObject({
						standing,
						passMark: percent,
						best: v.nullable(percent),
						attempts: v.array(attempt),
						passedAt: v.nullable(moment),
					}),
				),
			}),
		),
		certificates: v.array(
			v.strictObject({
				id: text,
				course: text,
				completedAt: moment,
				issuedAt: moment,
				revoked: v.boolean(),
			}),
		),
		practiceDue: count,
	}),
	async read({ db, courses, userId, params, language, now }) {
		const { group, learner } = await followedLearner(
			db,
			db.read,
			userId,
			params.group!,
			params.learner!,
		);
		const view = await learnerView(db, courses, learner.id, language, now, group.id);
		const attempts = (all: { percent: number; at: Date }[]) =>
			all.map((one) => ({ percent: one.percent, at: iso(one.at) }));
		return {
			...learner,
			joinedAt: iso(learner.joinedAt),
			assignments: view.assignments.map((one) => ({
				...{ id: one.id, course: one.course.id, scope: one.scope, round: one.round },
				...{ startsOn: one.startsOn, dueOn: one.dueOn, standing: one.standing },
				...{ open: one.isOpen, overdue: one.isOverdue, score: one.score },
				...{ unitsDone: one.done, units: one.of, requiredScore: one.requiredScore },
				...{ lacksScore: one.lacksScore, outOfAttempts: one.isOutOfAttempts },
				doneAt: iso(one.doneAt),
			})),
			courses: view.courses.map(({ lessons, test, beganAt, lastAt, doneAt, ...one }) => ({
				...one,
				...{ beganAt: iso(beganAt), lastAt: iso(lastAt), doneAt: iso(doneAt) },
				lessons: lessons.map(({ done, of, ...lesson }) => ({
					...lesson,
					...{ stepsDone: done, steps: of, doneAt: iso(lesson.doneAt) },
					attempts: attempts(lesson.attempts),
				})),
				finalTest: test
					? { ...test, passedAt: iso(test.passedAt), attempts: attempts(test.attempts) }
					: null,
			})),
			certificates: view.certificates.map((one) => ({
				...{ id: one.id, course: one.course.id, revoked: one.isRevoked },
				...{ completedAt: iso(one.completedAt), issuedAt: iso(one.issuedAt) },
			})),
			practiceDue: view.practiceDue,
		};
	},
});
