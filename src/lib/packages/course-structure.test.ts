import { existsSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import { create } from 'xmlbuilder2';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { loadCourse } from '../../authoring/loader.ts';
import { courseStructure } from './course-structure.ts';
import type { PackageOf } from './formats.ts';
import { itemsByLesson, oneItem, partOf } from './items.ts';

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const course = { ...tiny, title: { da: 'Te & "smør" <3', en: 'Tea' } };
const whole: PackageOf = {
	course,
	languages: ['da', 'en'],
	items: oneItem(course),
	files: ['index.html'],
};
const split: PackageOf = { ...whole, items: itemsByLesson(course) };
const reading: PackageOf = { ...whole, course: partOf(tiny, 'bye'), languages: ['en'] };

interface Unit {
	'@id': string;
	'@moveOn': string;
	'@masteryScore'?: string;
	url: string;
	objectives?: { objective: Listed | Listed[] };
}
interface Listed {
	'@id'?: string;
	'@idref'?: string;
}
function read(of: PackageOf) {
	const { courseStructure: found } = create(courseStructure(of)).end({
		format: 'object',
	}) as unknown as {
		courseStructure: {
			course: { '@id': string };
			objectives: { objective: Listed | Listed[] };
			au: Unit | Unit[];
		};
	};
	return {
		...found,
		units: [found.au].flat(),
		objectives: [found.objectives.objective].flat().map((one) => one['@id']),
	};
}

test.each([whole, split, reading])('ids are unique and references lead somewhere', (of) => {
	const { units, objectives, course } = read(of);
	// 13.1.3.0-1, 13.1.4.0-1
	const ids = [course['@id'], ...units.map((unit) => unit['@id']), ...objectives];
	expect(new Set(ids).size).toBe(ids.length);
	for (const { objectives: some } of units)
		for (const one of [some?.objective ?? []].flat()) expect(objectives).toContain(one['@idref']);
});

test('the course is one unit, satisfied when it is completed and passed', () => {
	expect(read(whole).units).toMatchObject([
		{ '@moveOn': 'CompletedAndPassed', '@masteryScore': '0.5', url: 'index.html' },
	]);
});

test('a split course has a unit for each lesson and the final test; reading is only completed', () => {
	expect(read(split).units.map(({ url, '@moveOn': moveOn }) => [url, moveOn])).toEqual([
		// 8.1.0.0-6: the name collides with none of the launch; 14.1.0.0-3: relative addresses.
		['index.html?part=hello', 'CompletedAndPassed'],
		['index.html?part=bye', 'Completed'],
		['index.html?part=final-test', 'CompletedAndPassed'],
	]);
});

/**
 * The official schema is not ours to ship and no npm package has it: this test runs where it lies beside
 * the checkout, or where CMI5_XSD says.
 */
const SCHEMA = env.CMI5_XSD ?? '../shared/data/xsd/cmi5/CourseStructure.xsd';
test.skipIf(!existsSync(SCHEMA))('is valid by the official schema (13.2.0.0-1)', async () => {
	const schema = [{ fileName: 'CourseStructure.xsd', contents: readFileSync(SCHEMA, 'utf8') }];
	const check = async (contents: string) =>
		(await validateXML({ xml: [{ fileName: 'cmi5.xml', contents }], schema })).valid;
	for (const of of [whole, split, reading]) expect(await check(courseStructure(of))).toBe(true);
	expect(await check(courseStructure(whole).replaceAll('CompletedAndPassed', 'Maybe'))).toBe(false);
});
