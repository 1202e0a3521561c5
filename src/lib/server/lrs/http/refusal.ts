import type { Problem } from '#lib/xapi/rules/index.ts';

/** Why a request is not answered: a status and words that say what is wrong, and where. */
export class Refusal extends Error {
	readonly status: number;
	readonly problems: Problem[];
	readonly headers: Record<string, string>;

	constructor(
		status: number,
		message: string,
		{ problems = [] as Problem[], headers = {} as Record<string, string> } = {},
	) {
		super(message);
		this.status = status;
		this.problems = problems;
		this.headers = headers;
	}
}

/** A request that is wrong at one place, such as a parameter. @param message what follows its name */
export function wrong(at: string, message: string): Refusal {
	return new Refusal(400, `${at} ${message}`, { problems: [{ at, message }] });
}

/** Of a long list of problems, as many as help. */
const MOST = 20;

/** A request whose content breaks rules. */
export function wrongIn(problems: Problem[]): Refusal {
	const [first] = problems;
	const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
	return new Refusal(400, `${first!.at ? `${first!.at}: ` : ''}${first!.message}${more}`, {
		problems: problems.slice(0, MOST),
	});
}

/** The answer's body: a sentence, and each place that is wrong. */
export function refusalResponse({ status, message, problems, headers }: Refusal): Response {
	const body = { error: message, ...(problems.length > 0 ? { problems } : {}) };
	return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
