import { app } from '#lib/server/app.ts';
import { achievementDocument, published } from '#lib/server/certificates/public.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { courseOr404 } from '#lib/server/learning/courses.ts';
import type { RequestHandler } from './$types';

/** What a badge of a course stands for. */
export const GET: RequestHandler = (event) => {
	const origin = app().config.ORIGIN ?? event.url.origin;
	const course = courseOr404(event.params.course);
	const body = achievementDocument(course, requestLanguage(event), origin);
	return published(body, 'application/ld+json; charset=utf-8', 300);
};
