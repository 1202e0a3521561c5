import type { Course } from '../lib/course/model.ts';
import { lessonsOf } from '../lib/course/model.ts';
import { manifest12 } from './manifest12.ts';
import { manifest2004 } from './manifest2004.ts';

/** What a manifest says of a course. */
export interface ManifestOf {
	/** The course's id and version. */
	id: string;
	version: string;
	title: string;
	/** 0–100; left out for a course without anything to score. */
	masteryScore?: number;
	/** Every file of the package but the manifest itself, by its path; `index.html` among them. */
	files: string[];
}

interface Format {
	/** Who keeps the record: a file of `deliveries`. */
	delivery: string;
	manifest: { name: string; write(of: ManifestOf): string };
}

const imsmanifest = (write: (of: ManifestOf) => string) => ({ name: 'imsmanifest.xml', write });

/** Every kind of package by its name on the command line. */
export const FORMATS = {
	scorm12: { delivery: 'scorm12', manifest: imsmanifest(manifest12) },
	'scorm2004-3rd': {
		delivery: 'scorm2004',
		manifest: imsmanifest((of) => manifest2004(of, '3rd')),
	},
	'scorm2004-4th': {
		delivery: 'scorm2004',
		manifest: imsmanifest((of) => manifest2004(of, '4th')),
	},
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

export function isFormat(value: string | undefined): value is FormatName {
	return value !== undefined && Object.hasOwn(FORMATS, value);
}

/** The score that an LMS is to ask for: that of the final test, else of the course's quizzes. */
export function masteryScore(course: Course): number | undefined {
	if (course.finalTest) return course.finalTest.passMark;
	const hasQuiz = lessonsOf(course).some((lesson) =>
		lesson.steps.some((step) => step.kind === 'set' && step.role === 'quiz'),
	);
	return hasQuiz ? course.passMark : undefined;
}
