import * as v from 'valibot';

/** What a statement must have to be taken: xAPI 1.0.3, "Data", sections 2.2 to 2.4 and 4. */
const iri = v.pipe(v.string(), v.regex(/^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i, 'must be an IRI'));
const uuid = v.pipe(v.string(), v.uuid('must be a UUID'));
const words = v.record(v.string(), v.string());
const timestamp = v.pipe(
	v.string(),
	v.regex(
		/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?$/,
		'must be a time of ISO 8601',
	),
);
const duration = v.pipe(
	v.string(),
	v.regex(
		/^P(?=\d|T\d)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/,
		'must be a duration of ISO 8601',
	),
);

const agent = v.pipe(
	v.strictObject({
		objectType: v.optional(v.picklist(['Agent', 'Group'])),
		name: v.optional(v.string()),
		mbox: v.optional(v.pipe(v.string(), v.startsWith('mailto:'))),
		mbox_sha1sum: v.optional(v.pipe(v.string(), v.regex(/^[\da-f]{40}$/))),
		openid: v.optional(iri),
		account: v.optional(v.strictObject({ homePage: iri, name: v.string() })),
		member: v.optional(v.array(v.unknown())),
	}),
	v.check(
		({ mbox, mbox_sha1sum, openid, account, objectType }) =>
			[mbox, mbox_sha1sum, openid, account].filter((one) => one !== undefined).length ===
				(objectType === 'Group' ? 0 : 1) || objectType === 'Group',
		'must be known by exactly one of mbox, mbox_sha1sum, openid and account',
	),
);

const activity = v.strictObject({
	objectType: v.optional(v.literal('Activity')),
	id: iri,
	definition: v.optional(
		v.looseObject({
			type: v.optional(iri),
			name: v.optional(words),
			description: v.optional(words),
			extensions: v.optional(v.record(iri, v.unknown())),
		}),
	),
});
const activities = v.union([activity, v.array(activity)]);

const score = v.pipe(
	v.strictObject({
		scaled: v.optional(v.pipe(v.number(), v.minValue(-1), v.maxValue(1))),
		raw: v.optional(v.number()),
		min: v.optional(v.number()),
		max: v.optional(v.number()),
	}),
	v.check(
		({ raw, min = -Infinity, max = Infinity }) =>
			min < max && (raw === undefined || (raw >= min && raw <= max)),
		'raw must lie between min and max',
	),
);

const statement = v.strictObject({
	id: uuid,
	actor: agent,
	verb: v.strictObject({ id: iri, display: v.optional(words) }),
	object: v.union([
		activity,
		v.strictObject({ objectType: v.literal('StatementRef'), id: uuid }),
		v.looseObject({ objectType: v.picklist(['Agent', 'Group', 'SubStatement']) }),
	]),
	result: v.optional(
		v.strictObject({
			score: v.optional(score),
			success: v.optional(v.boolean()),
			completion: v.optional(v.boolean()),
			response: v.optional(v.string()),
			duration: v.optional(duration),
			extensions: v.optional(v.record(iri, v.unknown())),
		}),
	),
	context: v.optional(
		v.strictObject({
			registration: v.optional(uuid),
			instructor: v.optional(agent),
			team: v.optional(agent),
			contextActivities: v.optional(
				v.strictObject({
					parent: v.optional(activities),
					grouping: v.optional(activities),
					category: v.optional(activities),
					other: v.optional(activities),
				}),
			),
			revision: v.optional(v.string()),
			platform: v.optional(v.string()),
			language: v.optional(v.string()),
			statement: v.optional(v.strictObject({ objectType: v.literal('StatementRef'), id: uuid })),
			extensions: v.optional(v.record(iri, v.unknown())),
		}),
	),
	timestamp: v.optional(timestamp),
	stored: v.optional(timestamp),
	authority: v.optional(agent),
	version: v.optional(v.pipe(v.string(), v.regex(/^1\.0(\.\d+)?$/))),
	attachments: v.optional(v.array(v.unknown())),
});
/** A statement as a package sent it. */
export type Given = v.InferOutput<typeof statement>;

/** Why something is no statement; undefined when it is one. */
export function isStatement(value: unknown): string | undefined {
	const result = v.safeParse(statement, value);
	if (result.success) return undefined;
	const [issue] = result.issues;
	return `${v.getDotPath(issue) ?? 'statement'}: ${issue.message}`;
}

/** What a session of cmi5 is measured by. */
export interface Rules {
	isCmi5: boolean;
	actor: Pick<Given['actor'], 'account'>;
	registration: string;
	/** The id by which the LMS launched. */
	activity: string;
	session: string;
	/** Whether the launch mode is Normal. */
	isNormal: boolean;
	masteryScore: number | undefined;
	/** Statements of the same registration in earlier sessions, and in this one so far. */
	earlier: Given[];
	now: Given[];
}

const ADL = 'http://adlnet.gov/expapi/verbs/';
const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/';
const DEFINED_CATEGORY = `${CATEGORY}cmi5`;
const EXTENSION = 'https://w3id.org/xapi/cmi5/context/extensions/';
/** The verbs that cmi5 gives to a unit (section 9.3). */
const DEFINED = ['initialized', 'completed', 'passed', 'failed', 'terminated'];

/**
 * What is wrong with a valid statement at its place in the session, each with the section of cmi5
 * that says so; of a package that is no cmi5, only the learner and the attempt.
 */
export function complaintsOf(given: Given, rules: Rules): string[] {
	const { isCmi5 } = rules;
	return [...aboutLaunch(given, rules), ...(isCmi5 ? aboutCmi5(given, rules) : [])];
}

function isSame(
	one: Pick<Given['actor'], 'account'>,
	other: Pick<Given['actor'], 'account'>,
): boolean {
	const [a, b] = [one.account, other.account];
	return a?.homePage === b?.homePage && a?.name === b?.name;
}

function aboutLaunch({ actor, context }: Given, rules: Rules): string[] {
	return [
		...(isSame(actor, rules.actor) ? [] : ['actor: is not the one of the launch']),
		...(context?.registration === rules.registration
			? []
			: ['context.registration: is not the one of the launch']),
	];
}

function categoriesOf({ context }: Given): string[] {
	return [context?.contextActivities?.category ?? []].flat().map(({ id }) => id);
}

function aboutCmi5(given: Given, rules: Rules): string[] {
	const complaints: string[] = [];
	const must = (holds: boolean, what: string) => void (holds || complaints.push(what));
	const categories = categoriesOf(given);
	const isDefined = categories.includes(DEFINED_CATEGORY);
	const verb = given.verb.id.startsWith(ADL) ? given.verb.id.slice(ADL.length) : '';
	// A lesson may begin and end as well; cmi5's order is about its own statements.
	const said = (name: string, among: Given[]) =>
		among.some((one) => one.verb.id === ADL + name && categoriesOf(one).includes(DEFINED_CATEGORY));
	const all = [...rules.earlier, ...rules.now];
	const { result } = given;

	must(
		given.context?.extensions?.[`${EXTENSION}sessionid`] === rules.session,
		'context.extensions: the session id of LMS.LaunchData is missing (9.6.3.1)',
	);
	must(!said('terminated', rules.now), 'comes after "terminated" (9.3.8)');
	must(
		verb === 'initialized' || said('initialized', rules.now),
		'comes before "initialized" (9.3.2)',
	);
	if (!isDefined) return complaints;

	must(DEFINED.includes(verb), `verb: cmi5 gives no such verb to a unit (9.3)`);
	must(
		'id' in given.object && given.object.id === rules.activity,
		'object.id: is not the activityId of the launch (9.4)',
	);
	must(verb !== 'initialized' || !said('initialized', rules.now), '"initialized" twice (9.3.2)');
	must(
		rules.isNormal || verb === 'initialized' || verb === 'terminated',
		'only "initialized" and "terminated" in modes Browse and Review (10.2.2)',
	);
	must(verb !== 'completed' || !said('completed', all), '"completed" twice (9.3.3)');
	must(verb !== 'passed' || !said('passed', all), '"passed" twice (9.3.4)');
	must(verb !== 'failed' || !said('passed', all), '"failed" after "passed" (9.3.5)');
	must(
		result?.score === undefined || verb === 'passed' || verb === 'failed',
		'result.score: only with "passed" and "failed" (9.5.1)',
	);
	must(
		result?.score?.raw === undefined ||
			(result.score.min !== undefined && result.score.max !== undefined),
		'result.score: raw needs min and max (9.5.1)',
	);
	must(
		(verb === 'passed') === (result?.success === true),
		'result.success: true with "passed" and nothing else (9.5.2)',
	);
	must(
		(verb === 'failed') === (result?.success === false),
		'result.success: false with "failed" and nothing else (9.5.2)',
	);
	must(
		(verb === 'completed') === (result?.completion === true),
		'result.completion: true with "completed" and nothing else (9.5.3)',
	);
	must(
		!['completed', 'terminated'].includes(verb) || result?.duration !== undefined,
		'result.duration: is missing (9.5.4)',
	);
	must(
		categories.includes(`${CATEGORY}moveon`) ===
			(result?.success !== undefined || result?.completion !== undefined),
		'context: the moveOn category belongs to results with success or completion (9.6.2.2)',
	);
	const scaled = result?.score?.scaled;
	if (rules.masteryScore !== undefined && scaled !== undefined) {
		must(
			verb !== 'passed' || scaled >= rules.masteryScore,
			'passed below the mastery score (9.3.4)',
		);
		must(verb !== 'failed' || scaled < rules.masteryScore, 'failed at the mastery score (9.3.5)');
	}
	return complaints;
}
