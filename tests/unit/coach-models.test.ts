import { describe, expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import type { Ask } from '../../src/lib/activities/ask/schema.ts';
import type { Rewrite } from '../../src/lib/activities/rewrite/schema.ts';
import { assess } from '../../src/lib/coach/assess.ts';
import { LANGUAGES } from '../../src/lib/course/language.ts';
import { activitiesOf, lessonsOf } from '../../src/lib/course/model.ts';

const course = loadCourse('courses/rygsamtalen').course!;

/** What the course holds up as an example. */
const models = lessonsOf(course).flatMap((lesson) =>
	lesson.steps
		.flatMap(activitiesOf)
		.filter(({ type }) => type === 'ask' || type === 'rewrite')
		.flatMap((item) =>
			(item as unknown as Ask | Rewrite).models.map((model) => ({
				where: `${lesson.id}, ${item.id}, ${model.id}`,
				text: model.text,
			})),
		),
);

describe.each(LANGUAGES)('examples in %s', (lang) => {
	test('carry nothing that the coach would advise against', () => {
		expect(models.length).toBeGreaterThan(150);
		const flagged = models.flatMap(({ where, text }) =>
			assess(text[lang], { lang }).flags.map(
				({ kind, start, end }) => `${where}: ${kind} (“${text[lang].slice(start, end)}”)`,
			),
		);
		expect(flagged).toEqual([]);
	});
});
