import type { States } from '#lib/certificates/states.ts';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { EVER } from '../learning/enrolments.ts';
import { statesOf } from './issue.ts';
import type { Printed } from './pdf.ts';

const DAY = new Date('2027-02-01T12:00:00Z');
/** Its check character is right, and it stays unknown: one code of 2⁹⁵ that nobody is issued. */
const CODE = '0000-0000-0000-0000-0000';
const NOBODY: States['provider'] = {
	name: 'Rygsamtalen',
	address: '',
	logo: null,
	signer: null,
	signature: null,
	accreditation: null,
};

/** A certificate of somebody made up, marked as such, to see what one looks like. */
export function specimen(
	language: Language,
	course?: Course,
	provider: States['provider'] = NOBODY,
): Printed {
	const name = m.admin_provider_specimen_name({}, { locale: language });
	const enrolment = {
		since: EVER,
		beganAt: DAY,
		doneAt: DAY,
		lastAt: DAY,
		seconds: 5.5 * 60 * 60,
		score: 92,
	};
	const states = statesOf(course ?? anyCourse, enrolment, name, provider);
	return { states, code: CODE, issuedAt: DAY, isSpecimen: true };
}

/** With nothing in it: for trying pictures. */
const anyCourse: Course = {
	id: 'specimen',
	version: '1.0.0',
	title: { da: 'Kursus', en: 'Course' },
	description: { da: 'Kursus', en: 'Course' },
	passMark: 80,
	review: { state: 'pending' },
	chapters: [],
	skills: [],
	metaphors: [],
	facts: [],
	glossary: [],
	questions: [],
};
