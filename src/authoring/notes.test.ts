import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCourses } from './loader.ts';
import { notesOn } from './notes.ts';

test('a draft is shown with what is to mend beside each activity; only a draft', () => {
	const home = mkdtempSync(join(tmpdir(), 'course-'));
	const folder = join(home, 'tiny');
	cpSync('tests/fixtures/courses/tiny', folder, { recursive: true });
	const file = join(folder, '01-basics/01-hello/vignette.yaml');
	writeFileSync(
		file,
		readFileSync(file, 'utf8').replace('Hun spurgte ikke om det.', 'Det ved 8 af 9.'),
	);
	expect(() => loadCourses([home])).toThrow(/no fact supports "8"/);
	const notes = notesOn(loadCourses([home], { drafts: true }));
	expect(notes['tiny/hello/anna']?.place).toMatch(/01-hello\/vignette\.yaml:1$/);
	expect(notes['tiny/hello/anna']?.says).toContainEqual(
		expect.stringMatching(/^\d+: .*no fact supports "8" in the Danish text/),
	);
	expect(notes['tiny/hello/my-tea']?.says).toEqual([]);

	// What does not hang together cannot be shown, draft or not.
	writeFileSync(file, 'id: anna');
	expect(() => loadCourses([home], { drafts: true })).toThrow(/mistakes? in the course files/);
	rmSync(home, { recursive: true });
});
