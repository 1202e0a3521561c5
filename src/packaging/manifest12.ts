import { create } from 'xmlbuilder2';
import type { ManifestOf } from './formats.ts';

/**
 * `imsmanifest.xml` of a package with one SCO ("SCORM Content Aggregation Model" 1.2, section 2.3;
 * IMS Content Packaging 1.1.2).
 */
export function manifest12({ id, version, title, masteryScore, files }: ManifestOf): string {
	return create({ version: '1.0', encoding: 'UTF-8' })
		.ele({
			manifest: {
				'@xmlns': 'http://www.imsproject.org/xsd/imscp_rootv1p1p2',
				'@xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_rootv1p2',
				'@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
				'@identifier': `course-${id}`,
				'@version': version,
				'@xsi:schemaLocation':
					'http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd',
				metadata: { schema: 'ADL SCORM', schemaversion: '1.2' },
				organizations: {
					'@default': 'organization',
					organization: {
						'@identifier': 'organization',
						title,
						item: {
							'@identifier': 'item',
							'@identifierref': 'resource',
							'@isvisible': 'true',
							title,
							...(masteryScore === undefined ? {} : { 'adlcp:masteryscore': masteryScore }),
						},
					},
				},
				resources: {
					resource: {
						'@identifier': 'resource',
						'@type': 'webcontent',
						'@adlcp:scormtype': 'sco',
						'@href': 'index.html',
						file: files.map((href) => ({ '@href': href })),
					},
				},
			},
		})
		.end({ prettyPrint: true });
}
