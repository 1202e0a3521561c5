import { error } from '@sveltejs/kit';
import indexes from 'virtual:course-search';
import type { RequestHandler } from './$types';

/** The search index of a course in a language, as it was built with the course. */
export const GET: RequestHandler = ({ params }) => {
	const index = indexes[`${params.course}/${params.lang}`];
	if (!index) error(404, { message: `There is no course "${params.course}".` });
	return new Response(index, {
		headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
	});
};
