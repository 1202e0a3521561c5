import { create } from 'xmlbuilder2';
import type { PackageOf } from './formats.ts';
import { resourcesOf } from './resources.ts';

export type Edition = '3rd' | '4th';

const SCHEMAS = {
	'http://www.imsglobal.org/xsd/imscp_v1p1': 'imscp_v1p1.xsd',
	'http://www.adlnet.org/xsd/adlcp_v1p3': 'adlcp_v1p3.xsd',
	'http://www.adlnet.org/xsd/adlnav_v1p3': 'adlnav_v1p3.xsd',
	'http://www.imsglobal.org/xsd/imsss': 'imsss_v1p0.xsd',
};

/**
 * `imsmanifest.xml` of a package ("SCORM Content Aggregation Model" 2004, section 3.4; IMS Content
 * Packaging 1.1.4): one SCO for each item, all with the same files. Its only sequencing is the passing
 * score, which reaches the course as `cmi.scaled_passing_score`, and that the course itself tells what
 * is completed and passed; learners may take several items in whatever order they like.
 */
export function manifest2004(
	{ course, languages, items, files }: PackageOf,
	edition: Edition,
): string {
	const [language] = languages;
	return create({ version: '1.0', encoding: 'UTF-8' })
		.ele({
			manifest: {
				'@xmlns': 'http://www.imsglobal.org/xsd/imscp_v1p1',
				'@xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_v1p3',
				'@xmlns:adlnav': 'http://www.adlnet.org/xsd/adlnav_v1p3',
				'@xmlns:imsss': 'http://www.imsglobal.org/xsd/imsss',
				'@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
				'@identifier': `course-${course.id}`,
				'@version': course.version,
				'@xsi:schemaLocation': Object.entries(SCHEMAS).flat().join(' '),
				metadata: { schema: 'ADL SCORM', schemaversion: `2004 ${edition} Edition` },
				organizations: {
					'@default': 'organization',
					organization: {
						'@identifier': 'organization',
						title: course.title[language!],
						item: items.map((item) => ({
							'@identifier': `item-${item.id}`,
							'@identifierref': `resource-${item.id}`,
							'@isvisible': 'true',
							title: item.title[language!],
							// The course has its own way on and out; an LMS's buttons beside it only confuse.
							'adlnav:presentation': {
								'adlnav:navigationInterface': {
									'adlnav:hideLMSUI': ['continue', 'previous'],
								},
							},
							'imsss:sequencing': sequencing(item.masteryScore),
						})),
						'imsss:sequencing': { 'imsss:controlMode': { '@choice': 'true', '@flow': 'true' } },
					},
				},
				resources: resourcesOf({ items, files }, 'scormType'),
			},
		})
		.end({ prettyPrint: true });
}

function sequencing(masteryScore: number | undefined) {
	return {
		...(masteryScore === undefined
			? {}
			: {
					'imsss:objectives': {
						'imsss:primaryObjective': {
							'@objectiveID': 'course',
							'@satisfiedByMeasure': 'true',
							'imsss:minNormalizedMeasure': masteryScore / 100,
						},
					},
				}),
		'imsss:deliveryControls': {
			'@completionSetByContent': 'true',
			'@objectiveSetByContent': 'true',
		},
	};
}
