import { courseOr404 } from '#lib/server/learning/courses.ts';
import { mustTeach, packageOf } from '#lib/server/packages.ts';
import type { RequestHandler } from './$types';

/** A package of a course: `?format=…&languages=both|da|en&items=whole|lessons`. */
export const GET: RequestHandler = ({ params, url, locals }) => {
	mustTeach(locals);
	const { name, zip } = packageOf(courseOr404(params.course).id, url.searchParams);
	return new Response(new Uint8Array(zip), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${name}.zip"`,
			'cache-control': 'private, no-cache',
		},
	});
};
