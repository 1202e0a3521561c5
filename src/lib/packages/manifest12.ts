import { create } from 'xmlbuilder2';
import type { PackageOf } from './formats.ts';
import { resourcesOf } from './resources.ts';

/**
 * `imsmanifest.xml` of a package ("SCORM Content Aggregation Model" 1.2, section 2.3; IMS Content
 * Packaging 1.1.2): one SCO for each item, all with the same files.
 */
export function manifest12({ course, languages, items, files }: PackageOf): string {
	const [language] = languages;
	const title = course.title[language!];
	return create({ version: '1.0', encoding: 'UTF-8' })
		.ele({
			manifest: {
				'@xmlns': 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
				'@xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
				'@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
				'@identifier': `course-${course.id}`,
				'@version': course.version,
				'@xsi:schemaLocation':
					'http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd',
				metadata: { schema: 'ADL SCORM', schemaversion: '1.2' },
				organizations: {
					'@default': 'organization',
					organization: {
						'@identifier': 'organization',
						title,
						item: items.map((item) => ({
							'@identifier': `item-${item.id}`,
							'@identifierref': `resource-${item.id}`,
							'@isvisible': 'true',
							title: item.title[language!],
							...(item.masteryScore === undefined
								? {}
								: { 'adlcp:masteryscore': item.masteryScore }),
						})),
					},
				},
				resources: resourcesOf({ items, files }, 'scormtype'),
			},
		})
		.end({ prettyPrint: true });
}
