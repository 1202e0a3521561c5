import { expect, test } from 'vitest';
import { loadCourse } from '../loader.ts';
import { vignettesOf } from '../quality/check.ts';
import { layOut } from './graph.ts';
import { report } from './report.ts';

const courses = ['tests/fixtures/courses/tiny', 'courses/rygsamtalen'].map((folder) =>
	loadCourse(folder),
);

test.each(courses.map((one) => [one.course!.id, one] as const))(
	'%s: every conversation is drawn, and every choice leads downwards',
	(_, { course, lessons, mistakes }) => {
		const page = report(course!, lessons, mistakes);
		for (const vignette of lessons.flatMap(vignettesOf)) {
			expect(page).toContain(`The turns of ${vignette.title.en}`);
			const rows = new Map(layOut(vignette).map(({ id, row }) => [id, row]));
			expect(rows.size).toBe(vignette.turns.length + 1);
			for (const turn of vignette.turns)
				for (const { next } of turn.options)
					expect(rows.get(next)).toBeGreaterThan(rows.get(turn.id)!);
		}
		expect(page).not.toMatch(/undefined|NaN/);
	},
);

test('what is to mend stands on top, with its place', () => {
	const { course, lessons } = courses[0]!;
	const page = report(course!, lessons, [
		{ file: `${process.cwd()}/a.yaml`, line: 3, message: 'is <odd>' },
	]);
	expect(page).toContain('<li>a.yaml:3 is &lt;odd></li>');
});
