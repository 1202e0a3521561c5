import { activity } from './activity.ts';
import { actor, authority, identified } from './actor.ts';
import { context, statementRef } from './context.ts';
import { isMediaType, isSha2, isVersion } from './formats.ts';
import { inside, type Problem, type Report, type Rule, type XapiVersion } from './problem.ts';
import { result } from './result.ts';
import {
	iri,
	isObject,
	languageMap,
	listOf,
	oneOf,
	refuse,
	shaped,
	that,
	uuid,
	type Json,
} from './shape.ts';
import { isTimestamp } from './timestamps.ts';

/** The verb of statements that void others (Data 2.3.2). */
export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
/** The use of attachments that sign their statement (Data 2.6), and what they have to be. */
export const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';

const verb = shaped({
	what: 'a verb',
	properties: { id: iri, display: languageMap },
	required: ['id'],
});

const timestamp: Rule = (value, at, report) => {
	if (!isTimestamp(value, report.version))
		refuse(
			report,
			at,
			value,
			report.version === '2.0.0'
				? 'a date and time with its zone (RFC 3339), such as "2026-05-04T17:00:00.000Z"'
				: 'a date and time (ISO 8601), such as "2026-05-04T17:00:00.000Z"',
		);
};

/** Data 2.4.11. */
const attachment = shaped({
	what: 'an attachment',
	properties: {
		usageType: iri,
		display: languageMap,
		description: languageMap,
		contentType: that(isMediaType, 'a media type, such as "text/plain"'),
		length: that(
			(value) => Number.isSafeInteger(value) && (value as number) >= 0,
			'a whole number of octets',
		),
		sha2: that(isSha2, 'the SHA-2 sum of the data in hexadecimal digits'),
		fileUrl: iri,
	},
	required: ['usageType', 'display', 'contentType', 'length', 'sha2'],
	also({ usageType, contentType }, at, report) {
		if (usageType === SIGNATURE && contentType !== 'application/octet-stream')
			refuse(
				report,
				inside(at, 'contentType'),
				contentType,
				'"application/octet-stream", which a signature has',
			);
	},
});

/** The object of a statement, or of a sub-statement, which has none of its own. */
const object =
	(kinds: string[]): Rule =>
	(value, at, report) => {
		if (!isObject(value)) return refuse(report, at, value, 'an object');
		const kind = value.objectType ?? 'Activity';
		if (typeof kind !== 'string' || value.objectType === null || !kinds.includes(kind))
			return refuse(
				report,
				inside(at, 'objectType'),
				value.objectType,
				`one of ${kinds.map((one) => `"${one}"`).join(', ')}`,
			);
		if (kind === 'Activity') activity(value, at, report);
		else if (kind === 'StatementRef') statementRef(value, at, report);
		else if (kind === 'SubStatement') subStatement(value, at, report);
		else actor(value, at, report);
	};

const KINDS = ['Activity', 'Agent', 'Group', 'StatementRef'];

const shared = {
	actor,
	verb,
	result,
	context: ((value, at, report) => context[report.version](value, at, report)) as Rule,
	timestamp,
	attachments: listOf(attachment, 'attachments'),
};

/** "revision" and "platform" tell of an activity (Data 2.4.6). */
function activityOnly(statement: Json, at: string, report: Report): void {
	const kind = isObject(statement.object) ? statement.object.objectType : undefined;
	if (kind === undefined || kind === 'Activity' || !isObject(statement.context)) return;
	for (const name of ['revision', 'platform'])
		if (statement.context[name] !== undefined)
			report.problems.push({
				at: inside(inside(at, 'context'), name),
				message: `"${name}" tells of an activity: expected none where the object is another thing`,
			});
}

/** Data 2.4.4.3, "SubStatements": no nesting, and nothing that the record store sets. */
const subStatement = shaped({
	what: 'a sub-statement',
	properties: { objectType: oneOf('SubStatement'), ...shared, object: object(KINDS) },
	required: ['objectType', 'actor', 'verb', 'object'],
	also: activityOnly,
});

const statement = shaped({
	what: 'a statement',
	properties: {
		id: uuid,
		...shared,
		object: object([...KINDS, 'SubStatement']),
		stored: timestamp,
		authority,
		version: (value, at, report) => {
			if (!isVersion(value, report.version))
				refuse(
					report,
					at,
					value,
					report.version === '2.0.0' ? 'a version, such as "2.0.0"' : 'a version, such as "1.0.0"',
				);
		},
	},
	required: ['actor', 'verb', 'object'],
	also(value, at, report) {
		activityOnly(value, at, report);
		const isVoiding = isObject(value.verb) && value.verb.id === VOIDED;
		if (isVoiding && isObject(value.object) && value.object.objectType !== 'StatementRef')
			refuse(
				report,
				inside(inside(at, 'object'), 'objectType'),
				value.object.objectType,
				'"StatementRef", as the statement voids another',
			);
	},
});

/**
 * Whether a parsed statement keeps the rules of its version (1.0.3: Data 2.2 and 2.4; 2.0: IEEE
 * 9274.1.1, 4.2).
 *
 * @param at where the statement stands, such as `[3]` in a batch
 * @returns what is wrong with it, in the order of its text; empty: nothing
 */
export function checkStatement(value: unknown, version: XapiVersion, at = ''): Problem[] {
	return check(statement, value, version, at);
}

/** Whether a parsed request parameter is an agent or an identified group. */
export function checkAgent(value: unknown, version: XapiVersion, at = ''): Problem[] {
	return check(identified, value, version, at);
}

function check(rule: Rule, value: unknown, version: XapiVersion, at: string): Problem[] {
	const problems: Problem[] = [];
	rule(value, at, { version, problems });
	return problems;
}
