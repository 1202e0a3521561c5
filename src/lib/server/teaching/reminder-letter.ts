import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Round } from '#lib/teaching/rounds.ts';
import type { PracticeDue } from '../learning/reminders.ts';
import { compose } from '../mail/compose.ts';
import type { Outgoing } from '../mail/queue.ts';
import { dayFor, dueDay, whatIsAsked } from './assignment-letters.ts';
import { calendarFile } from './calendar.ts';
import { lastDay, type DueReminder } from './reminder-days.ts';
import type { Assignment } from './tasks.ts';

/** What a letter reminds of. */
export interface Reason {
	occasions: {
		assignment: Assignment;
		course: Course;
		group: { name: string };
		round: Round;
		due: Pick<DueReminder, 'begins'>;
	}[];
	practice?: PracticeDue & { origin: string };
}

/** One letter about everything that is due. */
export function reminderLetter(
	{ id, email, language: locale }: { id: string; email: string; language: Language },
	{ occasions, practice }: Reason,
	origin: string,
	now: Date,
): Outgoing {
	const inLanguage = { locale };
	const sorted = [...occasions].sort((a, b) => (lastDay(a.round) < lastDay(b.round) ? -1 : 1));
	const settings = `${practice?.origin ?? origin}/${locale}/account/settings`;
	const practises = practice && practiceWords(practice, locale);
	const only = sorted.length === 0 ? practice : undefined;
	const days = sorted.flatMap((one) =>
		one.round.dueOn === null ? [] : [dueDay({ ...one, origin }, one.round.dueOn, locale)],
	);
	return {
		to: email,
		userId: id,
		kind: only ? 'practice' : 'reminder',
		...compose({
			locale,
			subject: subjectOf(sorted, practice, locale, now),
			paragraphs: [
				m.mail_hello({}, inLanguage),
				...sorted.map((occasion) => lineOf(occasion, locale, now)),
				...(practises ? [practises] : []),
			],
			action: only
				? {
						label: m.mail_practise({}, inLanguage),
						href: `${only.origin}/${locale}/courses/${only.course.id}/practice`,
					}
				: { label: m.mail_go_on({}, inLanguage), href: `${origin}/${locale}` },
			footer: [
				practice
					? m.mail_reminder_settings({ settings }, inLanguage)
					: m.mail_reminder_why({ groups: groupsOf(sorted, locale) }, inLanguage),
			],
			attachments:
				days.length > 0
					? [calendarFile(days, m.mail_calendar_file({}, inLanguage), now)]
					: undefined,
			unsubscribe: settings,
		}),
	};
}

type Occasion = Reason['occasions'][number];

function subjectOf(
	occasions: Occasion[],
	practice: Reason['practice'],
	locale: Language,
	now: Date,
): string {
	const [first, ...others] = occasions;
	if (!first) return m.mail_reminder_subject({ count: practice!.count }, { locale });
	if (others.length > 0) return m.mail_due_many_subject({ count: occasions.length }, { locale });
	const title = first.course.title[locale];
	const { dueOn } = first.round;
	if (first.due.begins || dueOn === null) return m.mail_again_subject({ title }, { locale });
	const words = { title, day: dayFor(dueOn, locale) };
	return isLate(first, now)
		? m.mail_late_subject(words, { locale })
		: m.mail_due_subject(words, { locale });
}

function lineOf(occasion: Occasion, locale: Language, now: Date): string {
	const { assignment, course, group, due } = occasion;
	const message = assignment.message === '' ? '' : `\n${assignment.message}`;
	const sentences = [
		...(due.begins ? [m.mail_again({}, { locale })] : []),
		whatIsAsked(assignment, course, locale),
		...dayOf(occasion, locale, now),
		m.mail_from_group({ group: group.name }, { locale }),
	];
	return `${sentences.join(' ')}${message}`;
}

function dayOf(occasion: Occasion, locale: Language, now: Date): string[] {
	const { dueOn } = occasion.round;
	if (dueOn === null) return [];
	const day = dayFor(dueOn, locale);
	return [
		isLate(occasion, now)
			? m.mail_was_due({ day }, { locale })
			: m.mail_due_by({ day }, { locale }),
	];
}

function isLate({ round }: Occasion, now: Date): boolean {
	return round.closesAt !== null && round.closesAt <= now;
}

function practiceWords({ course, count }: PracticeDue, locale: Language): string {
	return m.mail_reminder_text({ count, title: course.title[locale] }, { locale });
}

function groupsOf(occasions: Occasion[], locale: Language): string {
	const names = [...new Set(occasions.map(({ group }) => group.name))];
	return new Intl.ListFormat(locale).format(names);
}
