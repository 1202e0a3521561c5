import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { scorm2004 } from '#lib/tracking/scorm/scorm2004.ts';
import { openScorm } from './scorm.ts';

export const open = (course: Course, languages: Language[]) =>
	openScorm(scorm2004, course, languages);
