import { expect, it } from 'vitest';
import { checkStatement } from './index.ts';
import {
	ACTIVITY,
	AGENT,
	ATTACHMENT,
	BOTH,
	ID,
	placesOf,
	put,
	STATEMENT,
	SUB_STATEMENT,
	tryLines,
	VERB,
	type Line,
} from './testing.ts';

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const OAUTH = {
	objectType: 'Group',
	member: [{ account: { homePage: 'https://example.org/oauth', name: 'app' } }, AGENT],
};

/** What holds of a statement and of a sub-statement alike. */
tryLines([
	['XAPI-00003', 'there is an actor', 'actor', undefined, 'actor'],
	['XAPI-00004', 'there is a verb', 'verb', undefined, 'verb'],
	['XAPI-00005', 'there is an object', 'object', undefined, 'object'],
	['XAPI-00001', 'nothing is null', 'actor', null, 'actor'],
	['XAPI-00001', 'nothing is null', 'verb.display', { en: null }, 'verb.display.en'],
	['XAPI-00001', 'nothing is null', 'result.score', null, 'result.score'],
	['XAPI-00001', 'nothing is null', 'object.objectType', null, 'object.objectType'],
	['XAPI-00006', 'the type of a value fits', 'verb', 'answered', 'verb'],
	['XAPI-00006', 'the type of a value fits', 'context', [], 'context'],
	...[
		['verb.id', ''],
		['object.id', ''],
		['object.definition.type', ''],
		['object.definition.moreInfo', ''],
		['actor', { mbox: '' }, 'actor.mbox'],
		['actor', { mbox_sha1sum: '' }, 'actor.mbox_sha1sum'],
		['actor', { openid: '' }, 'actor.openid'],
		['actor', { account: { homePage: '', name: 'kim' } }, 'actor.account.homePage'],
		['context.registration', ''],
		['context.language', ''],
		['context.statement', { objectType: 'StatementRef', id: '' }, 'context.statement.id'],
		['result.duration', ''],
		['timestamp', ''],
		['verb.display', { '': 'did' }, 'verb.display[""]'],
		['attachments', [{ ...ATTACHMENT, sha2: '' }], 'attachments[0].sha2'],
		['attachments', [{ ...ATTACHMENT, contentType: '' }], 'attachments[0].contentType'],
	].map(([path, value, found = path]): Line => [
		'XAPI-00007',
		'what has a form is not empty',
		path as string,
		value,
		found as string,
	]),
	['XAPI-00007', 'a text without a form may be empty', 'actor.name', ''],
	...[
		['actor.objectType', 'agent'],
		['actor.objectType', 'AGENT'],
		['object.objectType', 'Substatement'],
		['object.objectType', 'statementRef'],
		['object.objectType', 'ACTIVITY'],
		['object.definition.interactionType', 'True-False'],
		['object.definition.interactionType', 'Likert'],
		['context.instructor', { ...AGENT, objectType: 'agent' }, 'context.instructor.objectType'],
		['context.team', { ...AGENT, objectType: 'group' }, 'context.team.objectType'],
		['context.statement', { objectType: 'statementref', id: ID }, 'context.statement.objectType'],
	].map(([path, value, found = path]): Line => [
		'XAPI-00009',
		'the case of a value out of a list fits',
		path as string,
		value,
		found as string,
	]),
	...['e', 'englishes9', 'en-abcdefghi', 'en-', 'en--GB', 'en_GB', 'en-a', 'da dk'].map(
		(tag): Line => [
			'XAPI-00013',
			'the parts of a tag are as long as they may be',
			'verb.display',
			{ [tag]: 'did' },
			/^[\w]+$/.test(tag) ? `verb.display.${tag}` : `verb.display["${tag}"]`,
		],
	),
	...['da', 'dan', 'en-GB', 'zh-Hant-TW', 'es-419', 'de-1996', 'sl-rozaj-biske', 'x-own'].map(
		(tag): Line => [
			'XAPI-00013',
			'the parts of a tag are as long as they may be',
			'verb.display',
			{ [tag]: 'did' },
		],
	),
	['XAPI-00008', 'the case of a name fits', 'Result', {}, 'Result'],
	['XAPI-00008', 'the case of a name fits', 'verb.ID', VERB.id, 'verb.ID'],
	['XAPI-00010', 'only known names', 'constructor', 1, 'constructor'],
	['XAPI-00010', 'only known names', 'object.title', 'Drill', 'object.title'],
	['XAPI-00010', 'only known names', 'actor.email', 'kim@example.org', 'actor.email'],
	['XAPI-00011', 'an IRI has a scheme', 'verb.id', 'example.org/verb', 'verb.id'],
	['XAPI-00011', 'an IRI has a scheme', 'object.id', 'drill', 'object.id'],
	['XAPI-00044', 'a verb has an id', 'verb', { display: { en: 'x' } }, 'verb.id'],
	['XAPI-00045', 'the words of a verb are a language map', 'verb.display', 'x', 'verb.display'],
	[
		'XAPI-00121',
		'languages are tags',
		'verb.display',
		{ something: 'x' },
		'verb.display.something',
	],
	['XAPI-00121', 'languages are tags', 'verb.display', { 'sr-Latn-RS': 'x', da: 'y' }],
	['Data 2.2', 'an empty object is unwise but allowed', 'verb.display', {}],
	[
		'XAPI-00046',
		'an object is of a known type',
		'object.objectType',
		'activity',
		'object.objectType',
	],
	[
		'XAPI-00046',
		'an object is of a known type',
		'object.objectType',
		'Statement',
		'object.objectType',
	],
	['XAPI-00046', 'an object is of a known type', 'object.objectType', 7, 'object.objectType'],
	['XAPI-00072', 'a reference has an id', 'object', { objectType: 'StatementRef' }, 'object.id'],
	[
		'XAPI-00072',
		'the id of a reference is a UUID',
		'object',
		{ objectType: 'StatementRef', id: 'x' },
		'object.id',
	],
	['XAPI-00073', 'a reference', 'object', { objectType: 'StatementRef', id: ID }],
	['XAPI-00022', 'a timestamp is one', 'timestamp', '01/011/2015', 'timestamp'],
	['XAPI-00022', 'a timestamp is one', 'timestamp', 1430748000, 'timestamp'],
	[
		'XAPI-00123',
		'an offset is not minus zero',
		'timestamp',
		'2008-09-15T15:53:00.601-00:00',
		'timestamp',
	],
	['XAPI-00123', 'a timestamp with a zone', 'timestamp', '2008-09-15T15:53:00.601+02:00'],
	[
		'XAPI-00123',
		'a zone is not needed',
		'timestamp',
		'2008-09-15T15:53:00.601',
		undefined,
		['1.0.3'],
	],
	['2.0 4.2.7', 'a zone is needed', 'timestamp', '2008-09-15T15:53:00.601', 'timestamp', ['2.0.0']],
	['XAPI-00025', 'attachments are an array', 'attachments', ATTACHMENT, 'attachments'],
	['XAPI-00025', 'an attachment is an object', 'attachments', [5], 'attachments[0]'],
	[
		'XAPI-00025',
		'attachments',
		'attachments',
		[ATTACHMENT, { ...ATTACHMENT, fileUrl: 'https://example.org/c' }],
	],
	[
		'XAPI-00107',
		'an attachment has a usage type',
		'attachments',
		[put('usageType', undefined, ATTACHMENT)],
		'attachments[0].usageType',
	],
	[
		'XAPI-00107',
		'a usage type is an IRI',
		'attachments',
		[put('usageType', 'certificate', ATTACHMENT)],
		'attachments[0].usageType',
	],
	[
		'XAPI-00106',
		'an attachment has a title',
		'attachments',
		[put('display', undefined, ATTACHMENT)],
		'attachments[0].display',
	],
	[
		'XAPI-00105',
		'a content type is one',
		'attachments',
		[put('contentType', 'pdf', ATTACHMENT)],
		'attachments[0].contentType',
	],
	[
		'XAPI-00102',
		'a length is whole',
		'attachments',
		[put('length', 4.5, ATTACHMENT)],
		'attachments[0].length',
	],
	[
		'XAPI-00102',
		'a length is not negative',
		'attachments',
		[put('length', -1, ATTACHMENT)],
		'attachments[0].length',
	],
	[
		'XAPI-00103',
		'a sum is hexadecimal',
		'attachments',
		[put('sha2', 'z'.repeat(64), ATTACHMENT)],
		'attachments[0].sha2',
	],
	[
		'XAPI-00104',
		'an address is an IRL',
		'attachments',
		[put('fileUrl', 'c.pdf', ATTACHMENT)],
		'attachments[0].fileUrl',
	],
	[
		'XAPI-00115',
		'a signature is a stream of octets',
		'attachments',
		[put('usageType', 'http://adlnet.gov/expapi/attachments/signature', ATTACHMENT)],
		'attachments[0].contentType',
	],
]);

/** What only a statement has. */
tryLines(
	[
		['XAPI-00027, XAPI-00030', 'an id is a UUID', 'id', `${ID}0`, 'id'],
		['XAPI-00028, XAPI-00029', 'an id is a text', 'id', 12345, 'id'],
		['XAPI-00030', 'the case of an id does not matter', 'id', ID.toUpperCase()],
		['XAPI-00023', 'the time of storing is a timestamp', 'stored', 'today', 'stored'],
		['XAPI-00024', 'an authority is an agent', 'authority', AGENT],
		['XAPI-00098', 'or two agents', 'authority', OAUTH],
		['XAPI-00024', 'it is no other thing', 'authority', ACTIVITY, 'authority.objectType'],
		[
			'XAPI-00098',
			'not three',
			'authority',
			{ ...OAUTH, member: [AGENT, AGENT, AGENT] },
			'authority.member',
		],
		['XAPI-00098', 'not one', 'authority', { ...OAUTH, member: [AGENT] }, 'authority.member'],
		['XAPI-00100', 'not an identified group', 'authority', { ...OAUTH, ...AGENT }, 'authority'],
		['XAPI-00101', 'a version', 'version', '1.0'],
		['XAPI-00101', 'a version', 'version', '1.0.9'],
		['XAPI-00101', 'no earlier version', 'version', '0.9.9', 'version'],
		['XAPI-00101', 'no other version', 'version', '1.1.0', 'version'],
		['XAPI-00101', 'not the next generation', 'version', '2.0.0', 'version', ['1.0.3']],
		['2.0 4.2.4.3', 'its own generation', 'version', '2.0.0', undefined, ['2.0.0']],
		['XAPI-00066', 'a sub-statement', 'object', SUB_STATEMENT],
		[
			'XAPI-00071',
			'a sub-statement has none of its own',
			'object',
			{ ...SUB_STATEMENT, object: SUB_STATEMENT },
			'object.object.objectType',
		],
		[
			'XAPI-00067',
			'a sub-statement has no authority',
			'object',
			{ ...SUB_STATEMENT, authority: AGENT },
			'object.authority',
		],
		[
			'XAPI-00068',
			'a sub-statement has no version',
			'object',
			{ ...SUB_STATEMENT, version: '1.0.0' },
			'object.version',
		],
		[
			'XAPI-00069',
			'a sub-statement is not stored',
			'object',
			{ ...SUB_STATEMENT, stored: '2026-05-04T17:00:00Z' },
			'object.stored',
		],
		[
			'XAPI-00070',
			'a sub-statement has no id',
			'object',
			{ ...SUB_STATEMENT, id: ID },
			'object.id',
		],
		[
			'XAPI-00066',
			'a sub-statement is checked as a statement',
			'object',
			put('verb', undefined, SUB_STATEMENT),
			'object.verb',
		],
		['XAPI-00017', 'what is voided is referred to', 'verb', { id: VOIDED }, 'object.objectType'],
	],
	{ inSubStatement: false },
);

it.each(BOTH)('XAPI-00020 a statement voids another by a reference (%s)', (version) => {
	const object = { objectType: 'StatementRef', id: ID };
	expect(placesOf({ ...STATEMENT, verb: { id: VOIDED }, object }, version)).toEqual([]);
});

it.each([null, 5, 'x', [], [STATEMENT]])('takes no other thing for a statement: %j', (value) => {
	expect(checkStatement(value, '2.0.0', '[3]')).toEqual([
		{ at: '[3]', message: expect.stringContaining('expected a statement') as string },
	]);
});

it('names the place and the mend, and tells of everything that is wrong', () => {
	const statement = { Actor: AGENT, verb: { id: 'answered' }, object: ACTIVITY };
	expect(checkStatement(statement, '2.0.0', '[3]')).toEqual([
		{
			at: '[3].Actor',
			message:
				'a statement has no property "Actor": did you mean "actor"? Names are case-sensitive',
		},
		{
			at: '[3].verb.id',
			message:
				'"answered" is not allowed here: expected an IRI with its scheme, such as "https://example.org/x"',
		},
		{ at: '[3].actor', message: 'Missing: a statement needs "actor"' },
	]);
});
