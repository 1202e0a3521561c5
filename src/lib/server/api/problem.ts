import * as v from 'valibot';

/** Why a request was not answered (RFC 9457). */
export const problem = v.strictObject({
	type: v.literal('about:blank'),
	title: v.pipe(v.string(), v.description('What the status means.')),
	status: v.pipe(v.number(), v.integer()),
	detail: v.pipe(v.string(), v.description('What is wrong, where, and what mends it.')),
	instance: v.pipe(v.string(), v.description('The address that was asked.')),
});

export const TITLES: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	503: 'Service Unavailable',
};

export function problemResponse(
	status: number,
	detail: string,
	instance: string,
	headers: Record<string, string> = {},
): Response {
	const title = TITLES[status] ?? 'Error';
	const body: v.InferInput<typeof problem> = {
		type: 'about:blank',
		title,
		status,
		detail,
		instance,
	};
	return new Response(JSON.stringify(body), {
		status,
		headers: {
			'content-type': 'application/problem+json',
			'cache-control': 'no-store',
			...headers,
		},
	});
}
