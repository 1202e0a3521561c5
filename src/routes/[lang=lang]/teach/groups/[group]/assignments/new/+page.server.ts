import { redirect } from '@sveltejs/kit';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { createAssignment } from '#lib/server/teaching/assignments.ts';
import { assignmentForm } from '#lib/server/teaching/assignment-form.ts';
import { USUAL_REMINDERS } from '#lib/teaching/reminding.ts';
import { dayIn } from '#lib/teaching/rounds.ts';
import { countInBackground, deskOf, offer } from '../desk.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { organisation, now } = await deskOf(event);
	const { language } = await event.parent();
	const courses = offer(language);
	const asked = event.url.searchParams.get('course');
	return {
		courses,
		course: courses.find(({ id }) => id === asked) ?? courses[0],
		values: {
			startsOn: dayIn(organisation.timeZone, now).toString(),
			tell: 'on',
			...Object.fromEntries(USUAL_REMINDERS.map((day) => [`remind:${day}`, 'on'])),
		} as Record<string, string>,
	};
};

export const actions: Actions = {
	default: async (event) => {
		const desk = await deskOf(event);
		const { courses, organisation, now } = desk;
		const schema = assignmentForm({ courses, timeZone: organisation.timeZone, now });
		const read = await readForm(event.request, schema);
		if ('trouble' in read) return read.trouble;
		const made = await createAssignment(desk, read.data);
		if (isRefusal(made)) return refuse(made, read.values);
		countInBackground(made.id);
		const { lang, group } = event.params;
		redirect(303, `/${lang}/teach/groups/${group}/assignments/${made.id}?made`);
	},
};
