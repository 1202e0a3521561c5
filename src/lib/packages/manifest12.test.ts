import { expect, test } from 'vitest';
import { loadCourse } from '../../authoring/loader.ts';
import type { PackageOf } from './formats.ts';
import { itemsByLesson, oneItem, partOf } from './items.ts';
import { manifest12 } from './manifest12.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const given: PackageOf = {
	course,
	languages: ['en'],
	items: oneItem(course),
	files: ['index.html', 'assets/a.js'],
};

test('escapes what a title may hold', () => {
	const title = { da: 'Te', en: 'Te & "smør" <3' };
	const xml = manifest12({ ...given, course: { ...course, title } });
	expect(xml).toContain('<title>Te &amp; "smør" &lt;3</title>');
});

test('lists every file and the mastery score', () => {
	const xml = manifest12(given);
	expect(xml).toContain('<file href="assets/a.js"/>');
	expect(xml).toContain('<adlcp:masteryscore>50</adlcp:masteryscore>');
});

test('names no mastery score where there is nothing to score', () => {
	const reading = partOf(course, 'bye');
	expect(manifest12({ ...given, items: oneItem(reading) })).not.toContain('masteryscore');
});

test('a split package has an item for each lesson and the final test, sharing their files', () => {
	const xml = manifest12({ ...given, items: itemsByLesson(course) });
	expect([...xml.matchAll(/href="(index.html\?part=[^"]+)"/g)].map(([, href]) => href)).toEqual([
		'index.html?part=hello',
		'index.html?part=bye',
		'index.html?part=final-test',
	]);
	expect(xml.match(/assets\/a\.js/g)).toHaveLength(1);
	expect(xml.match(/<dependency identifierref="resource-files"\/>/g)).toHaveLength(3);
	// Reading alone has nothing to score.
	expect(xml.match(/masteryscore>/g)).toHaveLength(4);
});
