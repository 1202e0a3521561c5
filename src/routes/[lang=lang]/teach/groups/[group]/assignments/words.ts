import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';

/** A day as people write it. */
export function dayIn(day: string, language: Language): string {
	const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
	return format.format(new Date(day));
}

export type State = 'withdrawn' | 'upcoming' | 'open' | 'past';

export function stateWord(state: State): string {
	switch (state) {
		case 'withdrawn':
			return m.teach_assign_state_withdrawn();
		case 'upcoming':
			return m.teach_assign_state_upcoming();
		case 'open':
			return m.teach_assign_state_open();
		case 'past':
			return m.teach_assign_state_past();
	}
}

/** From when, by when, which time. */
export function whenWords(
	round: { number: number; startsOn: string; dueOn: string | null },
	everyMonths: number | null,
	language: Language,
): string {
	return [
		m.teach_assign_from({ day: dayIn(round.startsOn, language) }),
		round.dueOn
			? m.teach_assign_until({ day: dayIn(round.dueOn, language) })
			: m.teach_assign_no_due(),
		...(everyMonths === null
			? []
			: [m.teach_assign_round({ number: round.number + 1, months: everyMonths })]),
	].join(' ');
}
