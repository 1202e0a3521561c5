import type { Language } from '#lib/course/language.ts';
import { lessonsOf, type Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Round } from '#lib/teaching/rounds.ts';
import { compose, type Composed } from '../mail/compose.ts';
import type { Outgoing } from '../mail/queue.ts';
import type { Asked } from './asked.ts';
import { calendarFile, type DueDay } from './calendar.ts';
import type { Group } from './rights.ts';
import type { Assignment } from './tasks.ts';

export type News = 'new' | 'changed' | 'withdrawn';

interface Matter {
	assignment: Assignment;
	course: Course;
	group: Pick<Group, 'name'>;
	round: Round;
	/** For the links. */
	origin: string;
	now: Date;
}

/**
 * Tells learners of an assignment that is new, was changed, or is no longer asked for. All who share a
 * language are told the same, so it is composed once for each.
 */
export function assignmentLetters(
	news: News,
	matter: Matter,
): (to: Pick<Asked, 'userId' | 'email' | 'language'>) => Outgoing {
	const composed = new Map<Language, Composed>();
	return ({ userId, email, language }) => {
		const words = composed.get(language) ?? letterOf(news, matter, language);
		composed.set(language, words);
		return { to: email, userId, kind: 'assignment', ...words };
	};
}

function letterOf(news: News, matter: Matter, locale: Language): Composed {
	const { course, group, round, origin, now } = matter;
	const inLanguage = { locale };
	const title = course.title[locale];
	const words = { title, group: group.name };
	const subject = {
		new: () => m.mail_assignment_subject(words, inLanguage),
		changed: () => m.mail_assignment_changed_subject(words, inLanguage),
		withdrawn: () => m.mail_assignment_withdrawn_subject(words, inLanguage),
	}[news]();
	const lead = {
		new: () => m.mail_assignment_lead(words, inLanguage),
		changed: () => m.mail_assignment_changed_lead(words, inLanguage),
		withdrawn: () => m.mail_assignment_withdrawn_lead(words, inLanguage),
	}[news]();
	const isWithdrawn = news === 'withdrawn';
	const { dueOn } = round;
	return compose({
		locale,
		subject,
		paragraphs: [
			m.mail_hello({}, inLanguage),
			lead,
			...(isWithdrawn ? [] : particulars(matter, locale)),
		],
		action: isWithdrawn
			? undefined
			: { label: m.mail_go_on({}, inLanguage), href: `${origin}/${locale}` },
		footer: [m.mail_assignment_why({ group: group.name }, inLanguage)],
		attachments: dueOn
			? [
					calendarFile(
						[{ ...dueDay(matter, dueOn, locale), isWithdrawn }],
						m.mail_calendar_file({}, inLanguage),
						now,
					),
				]
			: undefined,
	});
}

function particulars({ assignment, course, round, now }: Matter, locale: Language): string[] {
	const inLanguage = { locale };
	const { requiredScore, attempts, message, everyMonths } = assignment;
	return [
		whatIsAsked(assignment, course, locale),
		...(round.opensAt > now
			? [m.mail_starts_on({ day: dayFor(round.startsOn, locale) }, inLanguage)]
			: []),
		...(round.dueOn ? [m.mail_due_by({ day: dayFor(round.dueOn, locale) }, inLanguage)] : []),
		...(requiredScore === null
			? []
			: [m.mail_required_score({ score: requiredScore }, inLanguage)]),
		...(attempts === null ? [] : [m.mail_attempts({ attempts }, inLanguage)]),
		...(everyMonths === null ? [] : [m.mail_comes_again({ months: everyMonths }, inLanguage)]),
		...(message === '' ? [] : [message]),
	];
}

/** A due day as it goes into a calendar. */
export function dueDay(
	{ assignment, course, group, round, origin }: Omit<Matter, 'now'>,
	dueOn: string,
	locale: Language,
): DueDay {
	const words = { title: course.title[locale], group: group.name };
	return {
		assignment,
		round: { number: round.number, dueOn },
		summary: m.mail_calendar_summary(words, { locale }),
		description: whatIsAsked(assignment, course, locale),
		href: `${origin}/${locale}`,
	};
}

/** In a sentence. */
export function whatIsAsked(
	{ scope, lessons }: Pick<Assignment, 'scope' | 'lessons'>,
	course: Course,
	locale: Language,
): string {
	const title = course.title[locale];
	if (scope === 'course') return m.mail_asks_course({ title }, { locale });
	if (scope === 'final-test') return m.mail_asks_test({ title }, { locale });
	const titles = lessonsOf(course)
		.filter(({ id }) => lessons.includes(id))
		.map((lesson) => lesson.title[locale]);
	const list = new Intl.ListFormat(locale).format(titles);
	return m.mail_asks_lessons({ title, lessons: list }, { locale });
}

export function dayFor(day: string, locale: Language): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
		new Date(day),
	);
}
