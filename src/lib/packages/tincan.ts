import { create } from 'xmlbuilder2';
import type { Text } from '#lib/course/text.ts';
import { courseIri, TYPES } from '#lib/xapi/iris.ts';
import type { PackageOf } from './formats.ts';

/**
 * `tincan.xml`: what a record store or LMS that launches xAPI content other than cmi5 reads of a package
 * (xapi.com, "Tin Can package", 2012).
 */
export function tincan({ course, languages, items }: PackageOf): string {
	const said = (text: Text) =>
		languages.map((language) => ({ '@lang': language, '#': text[language] }));
	return create({ version: '1.0', encoding: 'UTF-8' })
		.ele({
			tincan: {
				'@xmlns': 'http://projecttincan.com/tincan.xsd',
				activities: {
					activity: {
						'@id': courseIri(course.id),
						'@type': TYPES.course,
						name: said(course.title),
						description: said(course.description),
						launch: languages.map((language) => ({ '@lang': language, '#': items[0]!.href })),
					},
				},
			},
		})
		.end({ prettyPrint: true });
}
