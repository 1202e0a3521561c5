import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCourseStructure, readTincan } from './cmi5.ts';
import { readScormManifest, withParameters } from './manifest.ts';
import { PackageProblem } from './problem.ts';
import { readXml } from './xml.ts';

const IMSCP = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"';
const manifest = (inner: string, attributes = 'identifier="m"') =>
	`<?xml version="1.0"?><manifest ${attributes} xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">${inner}</manifest>`;
const version = (text: string) => `<metadata><schemaversion>${text}</schemaversion></metadata>`;
const one = (item = '', resource = '') => `
	<organizations default="o"><organization identifier="o"><title>Course</title>
		<item identifier="i" identifierref="r"><title>Lesson</title>${item}</item>
	</organization></organizations>
	<resources><resource identifier="r" href="index.html" ${resource}/></resources>`;

function refusal(read: () => unknown): Pick<PackageProblem, 'code' | 'details'> {
	try {
		read();
	} catch (error) {
		expect(error).toBeInstanceOf(PackageProblem);
		return error as PackageProblem;
	}
	return expect.fail('was read');
}

describe('imsmanifest.xml', () => {
	test('of SCORM 1.2: title, launch address, mastery score, launch data', () => {
		const text = manifest(
			version('1.2') +
				one(
					'<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>a=1</adlcp:datafromlms>',
				),
		);
		expect(readScormManifest(text)).toEqual({
			format: 'scorm12',
			edition: '1.2',
			title: 'Course',
			id: 'm',
			items: [
				{ id: 'i', title: 'Lesson', href: 'index.html', masteryScore: 80, launchData: 'a=1' },
			],
		});
	});

	test('of SCORM 2004: passing score of the primary objective, completion threshold', () => {
		const text = manifest(
			version('2004 4th Edition') +
				one(`<imsss:sequencing><imsss:objectives>
					<imsss:primaryObjective satisfiedByMeasure="true">
						<imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure>
					</imsss:primaryObjective></imsss:objectives></imsss:sequencing>
					<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.9"/>`),
		);
		expect(readScormManifest(text)).toMatchObject({
			format: 'scorm2004',
			items: [{ masteryScore: 0.7, completionThreshold: 0.9 }],
		});
	});

	test('tells the version by its namespace where it says none', () => {
		expect(readScormManifest(manifest(one(), IMSCP)).format).toBe('scorm2004');
		expect(refusal(() => readScormManifest(manifest(one()))).details).toEqual({
			file: 'imsmanifest.xml',
			what: '<schemaversion>',
		});
	});

	test('gives every item of nested organisations, with base and parameters', () => {
		const text = manifest(`${version('1.2')}
			<organizations default="b">
				<organization identifier="a"><item identifier="x" identifierref="none"/></organization>
				<organization identifier="b"><title>B</title><item identifier="chapter"><title>C</title>
					<item identifier="1" identifierref="r" parameters="?part=one"/>
					<item identifier="2" identifierref="r" parameters="part=two"/></item></organization>
			</organizations>
			<resources xml:base="files/"><resource identifier="r" href="index.html"/></resources>`);
		expect(readScormManifest(text).items.map(({ href }) => href)).toEqual([
			'files/index.html?part=one',
			'files/index.html?part=two',
		]);
	});

	test.each([
		[manifest(version('1.2')), '<organization>'],
		[
			manifest(version('1.2') + one().replace('identifier="r"', 'identifier="q"')),
			'<resource identifier="r">',
		],
		[manifest(version('1.2') + one().replace('identifierref="r"', '')), '<item identifierref="…">'],
		['<course/>', '<manifest>'],
	])('that is broken is refused by what it lacks (%#)', (text, what) => {
		expect(refusal(() => readScormManifest(text)).details).toMatchObject({ what });
	});
});

test('parameters join an address as the specification has it', () => {
	expect(withParameters('a.html', '?x=1')).toBe('a.html?x=1');
	expect(withParameters('a.html?y=2', '&x=1')).toBe('a.html?y=2&x=1');
	expect(withParameters('a.html', '#here')).toBe('a.html#here');
	expect(withParameters('a.html#there', '#here')).toBe('a.html#there');
});

test('cmi5.xml: units of blocks too, titles in the language wanted', () => {
	const text = `<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
		<course id="https://x.example/c"><title><langstring lang="da">Kursus</langstring><langstring lang="en">Course</langstring></title></course>
		<block id="b"><au id="https://x.example/1" moveOn="Passed" masteryScore="0.8"><title><langstring>One</langstring></title>
			<url>index.html?x=1</url><launchParameters>p</launchParameters></au></block></courseStructure>`;
	expect(readCourseStructure(text, ['en', 'da'])).toEqual({
		format: 'cmi5',
		title: 'Course',
		id: 'https://x.example/c',
		items: [
			{
				id: 'https://x.example/1',
				title: 'One',
				href: 'index.html?x=1',
				moveOn: 'Passed',
				masteryScore: 0.8,
				launchData: 'p',
			},
		],
	});
	expect(refusal(() => readCourseStructure('<courseStructure/>', ['da'])).details).toMatchObject({
		file: 'cmi5.xml',
	});
});

test('tincan.xml: the activities that can be launched', () => {
	const text = `<tincan><activities><activity id="https://x.example/c" type="course"><name lang="en">Course</name>
		<launch lang="en">index.html</launch></activity><activity id="https://x.example/d"/></activities></tincan>`;
	expect(readTincan(text, ['da', 'en'])).toMatchObject({
		format: 'xapi',
		title: 'Course',
		items: [{ id: 'https://x.example/c', href: 'index.html' }],
	});
});

describe('XML', () => {
	test('with a DOCTYPE is refused, so that no entity is expanded or fetched', () => {
		const laughs = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}">]><a>&b;</a>`;
		expect(refusal(() => readXml('x.xml', laughs)).code).toBe('doctype');
		const outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>';
		expect(refusal(() => readXml('x.xml', outside)).code).toBe('doctype');
		expect(refusal(() => readXml('x.xml', '<a>&b;</a>')).code).toBe('xml');
	});

	test('that is not well-formed is refused with its place', () => {
		const { code, details } = refusal(() => readXml('x.xml', '<a>\n<b></a>'));
		expect(code).toBe('xml');
		expect(details).toMatchObject({ reason: expect.stringMatching(/^2:/) });
	});

	test('of any kind is read or refused, never worse', () => {
		const piece = fc.constantFrom(
			'<a>',
			'</a>',
			'<a',
			'/>',
			'&',
			'<![CDATA[',
			']]>',
			'<?x',
			'"',
			'b',
		);
		fc.assert(
			fc.property(fc.array(piece), (pieces) => {
				try {
					readXml('x.xml', pieces.join(''));
				} catch (error) {
					expect(error).toBeInstanceOf(PackageProblem);
				}
			}),
		);
	});
});
