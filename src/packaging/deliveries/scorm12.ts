import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { scorm12 } from '#lib/tracking/scorm/scorm12.ts';
import { openScorm } from './scorm.ts';

export const open = (course: Course, languages: Language[]) =>
	openScorm(scorm12, course, languages);
