import { create } from 'xmlbuilder2';
import type { ManifestOf } from './formats.ts';

export type Edition = '3rd' | '4th';

const SCHEMAS = {
	'http://www.imsglobal.org/xsd/imscp_v1p1': 'imscp_v1p1.xsd',
	'http://www.adlnet.org/xsd/adlcp_v1p3': 'adlcp_v1p3.xsd',
	'http://www.adlnet.org/xsd/adlnav_v1p3': 'adlnav_v1p3.xsd',
	'http://www.imsglobal.org/xsd/imsss': 'imsss_v1p0.xsd',
};

/**
 * `imsmanifest.xml` of a package with one SCO ("SCORM Content Aggregation Model" 2004, section 3.4;
 * IMS Content Packaging 1.1.4). Its only sequencing is the passing score, which reaches the course as
 * `cmi.scaled_passing_score`, and that the course itself tells what is completed and passed.
 */
export function manifest2004(
	{ id, version, title, masteryScore, files }: ManifestOf,
	edition: Edition,
): string {
	return create({ version: '1.0', encoding: 'UTF-8' })
		.ele({
			manifest: {
				'@xmlns': 'http://www.imsglobal.org/xsd/imscp_v1p1',
				'@xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_v1p3',
				'@xmlns:adlnav': 'http://www.adlnet.org/xsd/adlnav_v1p3',
				'@xmlns:imsss': 'http://www.imsglobal.org/xsd/imsss',
				'@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
				'@identifier': `course-${id}`,
				'@version': version,
				'@xsi:schemaLocation': Object.entries(SCHEMAS).flat().join(' '),
				metadata: { schema: 'ADL SCORM', schemaversion: `2004 ${edition} Edition` },
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
							// The course has its own way on and out; an LMS's buttons beside it only confuse.
							'adlnav:presentation': {
								'adlnav:navigationInterface': {
									'adlnav:hideLMSUI': ['continue', 'previous'],
								},
							},
							'imsss:sequencing': sequencing(masteryScore),
						},
						'imsss:sequencing': { 'imsss:controlMode': { '@choice': 'true', '@flow': 'true' } },
					},
				},
				resources: {
					resource: {
						'@identifier': 'resource',
						'@type': 'webcontent',
						'@adlcp:scormType': 'sco',
						'@href': 'index.html',
						file: files.map((href) => ({ '@href': href })),
					},
				},
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
