import type { States } from '#lib/certificates/states.ts';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { criteria } from './badge.ts';
import { duration, longDay } from './words.ts';

/** One thing that a certificate states. */
export interface Fact {
	name: string;
	text: string;
}

/** What a certificate states beside who, what and when; what there is nothing to say of is left out. */
export function factsOf(states: States, locale: Language): Fact[] {
	const { authors, provider } = states;
	return [
		{ name: m.certificate_result({}, { locale }), text: resultOf(states, locale) },
		{ name: m.certificate_hours_label({}, { locale }), text: hoursOf(states, locale) },
		{ name: m.certificate_review({}, { locale }), text: reviewOf(states.review, locale) },
		...(authors.length > 0
			? [{ name: m.certificate_authors({}, { locale }), text: authorsOf(authors, locale) }]
			: []),
		...(provider.accreditation
			? [
					{
						name: m.certificate_accreditation({}, { locale }),
						text: provider.accreditation[locale],
					},
				]
			: []),
	];
}

function resultOf({ result }: States, locale: Language): string {
	const { of, percent } = result;
	const rule = m.certificate_rule({ rule: criteria(result, locale) }, { locale });
	if (percent === null) return rule;
	const score =
		of === 'final-test'
			? m.certificate_percent_test({ percent }, { locale })
			: m.certificate_percent_quizzes({ percent }, { locale });
	return `${score} ${rule}`;
}

/** Both figures, each for what it is: neither is made larger by the other. */
function hoursOf({ hours }: States, locale: Language): string {
	const estimated = duration(hours.estimatedMinutes, locale);
	if (hours.measuredSeconds < 60) return m.certificate_hours_estimated({ estimated }, { locale });
	const measured = duration(hours.measuredSeconds / 60, locale);
	return m.certificate_hours_both({ estimated, measured }, { locale });
}

/** Whether the content was signed off, and by whom; said plainly when it was not. */
export function reviewOf(review: States['review'], locale: Language): string {
	if (review.state === 'pending') return m.certificate_review_pending({}, { locale });
	const { by, on } = review;
	// A day without a time: noon is that day everywhere near.
	const day = longDay(`${on}T12:00:00Z`, locale);
	return m.certificate_review_signed({ by, day }, { locale });
}

function authorsOf(authors: States['authors'], locale: Language): string {
	return authors.map(({ name, role }) => (role ? `${name} (${role[locale]})` : name)).join(', ');
}
