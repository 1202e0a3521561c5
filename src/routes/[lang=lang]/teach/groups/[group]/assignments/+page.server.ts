import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { lessonTitles, listAssignments } from '#lib/server/teaching/assignment-list.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const { group, organisation } = await followedGroup(db, db.read, user.id, params.group);
	const { language } = await parent();
	const listed = await listAssignments(db, courses, group, organisation);
	return {
		assignments: listed.map(({ assignment, round, ...figures }) => {
			const course = courses.find(({ id }) => id === assignment.course);
			const { id, scope, lessons, everyMonths, requiredScore, forEveryone } = assignment;
			return {
				...figures,
				id,
				scope,
				everyMonths,
				requiredScore,
				forEveryone,
				round: { number: round.number, startsOn: round.startsOn, dueOn: round.dueOn },
				title: course?.title[language] ?? assignment.course,
				lessons: course ? lessonTitles(course, lessons, language) : [],
			};
		}),
	};
};
