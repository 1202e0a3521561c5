import { redirect } from '@sveltejs/kit';
import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { assignmentForm, valuesOf } from '#lib/server/teaching/assignment-form.ts';
import { listAssignments } from '#lib/server/teaching/assignment-list.ts';
import {
	addressesOf,
	assignmentOr404,
	changeAssignment,
	withdrawAssignment,
} from '#lib/server/teaching/assignments.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import { countInBackground, deskOf, offer } from '../desk.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	const { group, organisation } = await followedGroup(db, db.read, user.id, params.group);
	const assignment = await assignmentOr404(db, db.read, group.id, params.assignment);
	const { language } = await parent();
	const listed = await listAssignments(db, courses, group, organisation, new Date(), assignment.id);
	const { round, state, done, of, clashes } = listed[0]!;
	const offered = offer(language).find(({ id }) => id === assignment.course);
	return {
		id: assignment.id,
		state,
		done,
		of,
		clashes,
		round: { number: round.number, startsOn: round.startsOn, dueOn: round.dueOn },
		isNew: url.searchParams.has('made'),
		isChanged: url.searchParams.has('changed'),
		/** Undefined when this server has the course no more. */
		course: offered,
		title: offered?.title ?? assignment.course,
		values: valuesOf(assignment, await addressesOf(db, db.read, assignment.id)),
	};
};

export const actions: Actions = {
	change: async (event) => {
		const desk = await deskOf(event);
		const { db, group, organisation, now } = desk;
		const before = await assignmentOr404(db, db.read, group.id, event.params.assignment);
		const { timeZone } = organisation;
		const read = await readForm(event.request, assignmentForm({ courses, timeZone, before, now }));
		if ('trouble' in read) return read.trouble;
		const changed = await changeAssignment(desk, before, read.data);
		if (isRefusal(changed)) return refuse(changed, read.values);
		countInBackground(before.id);
		redirect(303, `${event.url.pathname}?changed`);
	},
	withdraw: async (event) => {
		const desk = await deskOf(event);
		const { db, group } = desk;
		const assignment = await assignmentOr404(db, db.read, group.id, event.params.assignment);
		const isToldOf = (await event.request.formData()).has('tell');
		await withdrawAssignment(desk, assignment, isToldOf);
		redirect(303, event.url.pathname);
	},
};
