import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A skeleton that cannot be written; the message names the mend. */
export class SkeletonError extends Error {}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Writes a course to begin with: one chapter with one lesson. @returns the files written */
export function newCourse(dir: string, id: string): string[] {
	mustBeId(id);
	const folder = join(dir, id);
	if (existsSync(folder)) throw new SkeletonError(`${folder} exists already; choose another id.`);
	return [
		...write({
			[join(folder, 'course.yaml')]: `id: ${id}
version: '0.1.0'
title: { da: Nyt kursus, en: New course }
description:
  da: Hvad kurset handler om, i en sætning eller to.
  en: What the course is about, in a sentence or two.
passMark: 80
review:
  state: pending
skills:
  - { id: open-question, helpful: true, name: { da: Åbent spørgsmål, en: Open question } }
  - { id: early-explanation, helpful: false, name: { da: Forklarer for tidligt, en: Explains too early } }
`,
			[join(folder, '01-first-chapter', 'chapter.yaml')]:
				'title: { da: Første kapitel, en: First chapter }\n',
		}),
		...newLesson(dir, id, 'first-chapter', 'first-lesson'),
	];
}

/** Writes a lesson to begin with, after the last one of the chapter. @returns the files written */
export function newLesson(dir: string, course: string, chapter: string, lesson: string): string[] {
	mustBeId(lesson);
	const folder = join(dir, course);
	if (!existsSync(join(folder, 'course.yaml')))
		throw new SkeletonError(`There is no course "${course}" in ${dir}/.`);
	const names = readdirSync(folder);
	const home = names.find((name) => name === chapter || name.replace(/^\d\d-/, '') === chapter);
	if (!home || !/^\d\d-/.test(home))
		throw new SkeletonError(
			`"${course}" has no chapter "${chapter}"; there are ${names
				.filter((name) => /^\d\d-/.test(name))
				.map((name) => name.slice(3))
				.join(', ')}.`,
		);
	const lessons = readdirSync(join(folder, home)).filter((name) => /^\d\d-/.test(name));
	if (lessons.some((name) => name.slice(3) === lesson))
		throw new SkeletonError(`"${lesson}" exists already in ${home}; choose another id.`);
	const last = Math.max(0, ...lessons.map((name) => Number(name.slice(0, 2))));
	const path = join(folder, home, `${String(last + 1).padStart(2, '0')}-${lesson}`);
	return write({
		[join(path, 'lesson.da.svx')]: prose(
			'Ny lektion',
			'Efter lektionen kan du …',
			'Hovedbudskabet i én sætning.',
			'Begyndelsen',
			'Her står lektionens tekst.',
		),
		[join(path, 'lesson.en.svx')]: prose(
			'New lesson',
			'After the lesson you can …',
			'The key message in one sentence.',
			'The beginning',
			'The words of the lesson stand here.',
		),
		[join(path, 'activities.yaml')]: ACTIVITIES,
	});
}

function prose(title: string, objective: string, message: string, step: string, text: string) {
	return `---
title: ${title}
objective: ${objective}
message: ${message}
---

<Step id="start" title="${step}" minutes="1">

${text}

</Step>

<Quiz id="check" />
`;
}

const ACTIVITIES = `quizzes:
  - id: check
    title: { da: Tjek dig selv, en: Check yourself }
    minutes: 1
    items:
      - id: first-question
        type: choice
        prompt:
          da: Hvad spørger du om først?
          en: What do you ask first?
        options:
          - id: story
            text: { da: '»Vil du fortælle?«', en: '“Would you tell me?”' }
            right: true
            why: { da: Det giver plads., en: It makes room. }
          - id: scale
            text: { da: '»Hvor ondt gør det, fra nul til ti?«', en: '“How bad is it, nought to ten?”' }
            why: { da: Et tal er ikke en historie., en: A number is no story. }
`;

function mustBeId(id: string): void {
	if (!ID.test(id) || id.length > 48)
		throw new SkeletonError(
			`"${id}": an id is lower-case words joined by hyphens, at most 48 characters.`,
		);
}

function write(files: Record<string, string>): string[] {
	for (const [file, content] of Object.entries(files)) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, content);
	}
	return Object.keys(files);
}
