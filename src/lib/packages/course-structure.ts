import { create } from 'xmlbuilder2';
import { lessonsOf } from '#lib/course/model.ts';
import { FINAL_TEST } from '#lib/course/parts.ts';
import type { Text } from '#lib/course/text.ts';
import { courseIri, TYPES } from '#lib/xapi/iris.ts';
import type { PackageOf } from './formats.ts';
import type { Item } from './items.ts';

/**
 * `cmi5.xml` of a package ("cmi5", sections 13 and 14): one assignable unit for each item, and the key
 * message of each lesson as an objective.
 */
export function courseStructure({ course, languages, items }: PackageOf): string {
	const base = courseIri(course.id);
	const lessons = lessonsOf(course);
	const objectiveOf = (lesson: string) => `${base}/${lesson}/objective`;
	const said = (text: Text) => ({
		langstring: languages.map((language) => ({ '@lang': language, '#': text[language] })),
	});

	const unit = (item: Item) => {
		const isWhole = item.id === course.id;
		const lesson = lessons.find(({ id }) => id === item.id);
		const taught = isWhole ? lessons : lesson ? [lesson] : [];
		return {
			'@id': `${base}/${isWhole ? 'unit' : item.id}`,
			'@moveOn': moveOn(item),
			...(item.masteryScore === undefined ? {} : { '@masteryScore': item.masteryScore / 100 }),
			'@launchMethod': 'AnyWindow',
			'@activityType': isWhole
				? TYPES.course
				: item.id === FINAL_TEST
					? TYPES.assessment
					: TYPES.lesson,
			title: said(item.title),
			description: said(isWhole ? course.description : (lesson?.objective ?? item.title)),
			...(taught.length > 0
				? { objectives: { objective: taught.map(({ id }) => ({ '@idref': objectiveOf(id) })) } }
				: {}),
			url: item.href,
		};
	};

	return create({ version: '1.0', encoding: 'UTF-8' })
		.ele({
			courseStructure: {
				'@xmlns': 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd',
				course: { '@id': base, title: said(course.title), description: said(course.description) },
				...(lessons.length > 0
					? {
							objectives: {
								objective: lessons.map(({ id, title, message }) => ({
									'@id': objectiveOf(id),
									title: said(title),
									description: said(message),
								})),
							},
						}
					: {}),
				au: items.map(unit),
			},
		})
		.end({ prettyPrint: true });
}

/**
 * What has a score is to be done and passed: `passed` alone comes no earlier, and with
 * `CompletedOrPassed` a mastery score that the LMS raised would have no effect. What has none can only
 * be done.
 */
function moveOn({ masteryScore }: Item): 'CompletedAndPassed' | 'Completed' {
	return masteryScore === undefined ? 'Completed' : 'CompletedAndPassed';
}
