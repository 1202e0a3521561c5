import { setImmediate } from 'node:timers/promises';
import { app } from '#lib/server/app.ts';
import { placeDetail, type PlaceDetail } from '#lib/server/teaching/activities.ts';
import { chosenCourse } from '#lib/server/teaching/chosen-course.ts';
import { followedGroup, mustBeMember } from '#lib/server/teaching/rights.ts';
import { FEWEST } from '#lib/teaching/confidence.ts';
import { ENOUGH } from '#lib/teaching/items.ts';
import { confidenceChart, conversationCharts, itemChart } from '../../charts.server.ts';
import { numbers, type Numbers } from '../../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
	const user = mustBeMember(locals, params.lang);
	const { db } = app();
	await followedGroup(db, db.read, user.id, params.group);
	const { language } = await parent();
	const { course, choices } = await chosenCourse(db, db.read, params.group, url, language);
	const found = await placeDetail(db, db.read, course, params.group, params, language);
	const detail = await drawn(found, language);
	return { course: course.id, choices, detail, enough: ENOUGH, fewest: FEWEST };
};

type Item = Extract<PlaceDetail, { kind: 'items' }>['items'][number];

function itemShown({ parts, ...item }: Item, format: Numbers) {
	return {
		...item,
		/** Of numbers on a line. */
		mean: parts.length === 1 ? parts[0]!.mean : null,
		/** One bar for each answer, with good ones and others, or one for each line. */
		isOne: parts.length === 1 && parts[0]!.label === null,
		isScored: parts.some(({ tallies }) => tallies.some(({ isRight }) => isRight !== null)),
		chart: itemChart({ ...item, parts }, format),
	};
}

/** Figures with their charts; what only these are made of stays here. */
async function drawn(detail: PlaceDetail, language: string) {
	const format = numbers(language);
	switch (detail.kind) {
		case 'items': {
			const items: ReturnType<typeof itemShown>[] = [];
			for (const item of detail.items) {
				items.push(itemShown(item, format));
				// Others want an answer, too, while a long test is drawn.
				await setImmediate();
			}
			return { ...detail, items };
		}
		case 'vignette': {
			const { figures, skills } = detail;
			const charts = figures.played > 0 ? conversationCharts(figures, skills, format) : undefined;
			return { ...detail, charts };
		}
		case 'confidence': {
			const { figures, ...rest } = detail;
			return { ...rest, people: figures.people, chart: confidenceChart(figures, format) };
		}
	}
}
