import { expect, test } from 'vitest';
import { loadCourse } from '../../authoring/loader.ts';
import { courseStructure } from '#lib/packages/course-structure.ts';
import { itemsByLesson, oneItem } from '#lib/packages/items.ts';
import { PackageProblem } from '#lib/preview/problem.ts';
import { blocksOf, readStructure, unitsOf, wordsIn } from './structure.ts';

const NS = 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd';
const words = (text: string) =>
	`<title><langstring lang="da-DK">${text} da</langstring><langstring lang="en">${text}</langstring></title>
	<description><langstring>${text} more</langstring></description>`;
const au = (id: string, attributes = '', inner = '<url>a.html</url>') =>
	`<au id="${id}" ${attributes}>${words(id)}${inner}</au>`;
const block = (id: string, inner: string) => `<block id="${id}">${words(id)}${inner}</block>`;
const whole = (inner: string, course = `<course id="urn:course">${words('Course')}</course>`) =>
	`<courseStructure xmlns="${NS}">${course}${inner}</courseStructure>`;

function problemOf(text: string): string {
	try {
		readStructure(text);
	} catch (error) {
		if (error instanceof PackageProblem) return error.message;
		throw error;
	}
	return 'taken';
}

test('blocks, units and everything that they say are read', () => {
	const read = readStructure(
		whole(
			block(
				'urn:block',
				au(
					'urn:one',
					'moveOn="Passed" masteryScore="0.8" launchMethod="OwnWindow" activityType="urn:type"',
					'<url> a.html?b=c </url><launchParameters>x</launchParameters><entitlementKey>k</entitlementKey>',
				) + block('urn:inner', au('urn:two')),
			) + au('urn:three', '', '<url>https://elsewhere.example/a</url>'),
		),
	);
	expect(unitsOf(read)).toMatchObject([
		{
			id: 'urn:one',
			url: 'a.html?b=c',
			moveOn: 'Passed',
			masteryScore: 0.8,
			launchMethod: 'OwnWindow',
			launchParameters: 'x',
			entitlementKey: 'k',
			activityType: 'urn:type',
		},
		{ id: 'urn:two', moveOn: 'NotApplicable', launchMethod: 'AnyWindow' },
		{ id: 'urn:three', url: 'https://elsewhere.example/a' },
	]);
	expect(blocksOf(read).map(({ id }) => id)).toEqual(['urn:inner', 'urn:block']);
	expect(wordsIn(read.title, ['da'])).toBe('Course da');
	expect(wordsIn(read.title, ['fr', 'en'])).toBe('Course');
	expect(wordsIn(read.description, ['en'])).toBe('Course more');
});

test('what vendors add in namespaces of their own is passed over', () => {
	const read = readStructure(whole(`<v:au xmlns:v="urn:vendor" id="urn:x"/>${au('urn:one')}`));
	expect(unitsOf(read).map(({ id }) => id)).toEqual(['urn:one']);
});

test.each([
	['another namespace', '<courseStructure xmlns="urn:x"/>', 'missing', 'courseStructure'],
	[
		'no course',
		`<courseStructure xmlns="${NS}">${au('urn:a')}</courseStructure>`,
		'missing',
		'<course>',
	],
	['no unit', whole(''), 'missing', '<au>'],
	['an empty block', whole(au('urn:a') + block('urn:b', '')), 'missing', 'urn:b'],
	['an id that is no IRI', whole(au('one')), 'not-iri', 'one'],
	[
		'two units with one id',
		whole(au('urn:a') + block('urn:b', au('urn:a'))),
		'not-unique',
		'urn:a',
	],
	[
		'two blocks with one id',
		whole(block('urn:b', au('urn:a')) + block('urn:b', au('urn:c'))),
		'not-unique',
		'urn:b',
	],
	['no words', whole('<au id="urn:a"><title/><url>a</url></au>'), 'missing', 'langstring'],
	['no address', whole(au('urn:a', '', '')), 'missing', '<url>'],
	[
		'an address that runs',
		whole(au('urn:a', '', '<url>javascript:alert(1)</url>')),
		'not-url',
		'javascript',
	],
	[
		'a parameter of the launch',
		whole(au('urn:a', '', '<url>a?fetch=1</url>')),
		'url-parameter',
		'fetch',
	],
	['an unknown criterion', whole(au('urn:a', 'moveOn="Maybe"')), 'not-among', 'Maybe'],
	['an unknown window', whole(au('urn:a', 'launchMethod="Tab"')), 'not-among', 'Tab'],
	['a score above 1', whole(au('urn:a', 'masteryScore="80"')), 'not-among', '80'],
	['a score in words', whole(au('urn:a', 'masteryScore="1e-1"')), 'not-among', '1e-1'],
	['broken XML', '<courseStructure', 'xml', 'cmi5.xml'],
])('%s is refused with its place', (_, text, code, place) => {
	const problem = problemOf(text);
	expect(problem.split(' ')[0]).toBe(code);
	expect(problem).toContain(place);
});

test('a structure with 2,000 units is taken', () => {
	const many = Array.from({ length: 2000 }, (_, at) => au(`urn:u:${at}`)).join('');
	expect(unitsOf(readStructure(whole(many)))).toHaveLength(2000);
});

test('our own packages are taken, whole and split', () => {
	const course = loadCourse('tests/fixtures/courses/tiny').course!;
	for (const items of [oneItem(course), itemsByLesson(course)]) {
		const of = { course, languages: ['da', 'en'] as ('da' | 'en')[], items, files: [] };
		expect(unitsOf(readStructure(courseStructure(of)))).toHaveLength(items.length);
	}
});
