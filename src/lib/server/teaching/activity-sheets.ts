import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { m } from '#lib/paraglide/messages.js';
import { letterOf } from '#lib/teaching/tree.ts';
import { placesOf, type Place } from '#lib/teaching/overview.ts';
import type { Quality } from '#lib/teaching/vignettes.ts';
import type { Database, Queries } from '../db/database.ts';
import type { Cell, Sheet } from '../spreadsheets/sheet.ts';
import { placeDetail } from './activities.ts';

type Db = Pick<Database, 'tables'>;

/**
 * Figures of every item of a course, or of one activity of it: a row for each answer, with the figures
 * of its item beside it. Self-ratings before and after the course are not in it. The rows are fetched
 * activity by activity as they are written.
 *
 * @param only an activity; all of the course when absent
 */
export function itemSheet(
	db: Db,
	queries: Queries,
	course: Course,
	groupId: string,
	language: Language,
	only?: Pick<Place, 'lesson' | 'step'>,
): Sheet {
	const locale = { locale: language };
	return {
		name: `${course.id}-items`,
		columns: [
			m.teach_activity_sheet_lesson({}, locale),
			m.teach_activity_sheet_step({}, locale),
			m.teach_activity_sheet_item({}, locale),
			m.teach_activity_sheet_type({}, locale),
			m.teach_activity_sheet_prompt({}, locale),
			m.teach_activity_answered({}, locale),
			m.teach_activity_difficulty({}, locale),
			m.teach_activity_discrimination({}, locale),
			m.teach_activity_col_line({}, locale),
			m.teach_activity_col_answer({}, locale),
			m.teach_activity_sheet_right({}, locale),
			m.teach_activity_col_count({}, locale),
			m.teach_activity_col_percent({}, locale),
		],
		rows: itemRows(db, queries, course, groupId, language, only),
	};
}

async function* itemRows(
	db: Db,
	queries: Queries,
	course: Course,
	groupId: string,
	language: Language,
	only?: Pick<Place, 'lesson' | 'step'>,
): AsyncGenerator<Cell[]> {
	for (const place of wanted(course, language, only)) {
		if (['vignette', 'confidence', 'reflection'].includes(place.kind)) continue;
		const detail = await placeDetail(db, queries, course, groupId, place, language);
		if (detail.kind !== 'items') continue;
		for (const { id, type, prompt, answered, difficulty, discrimination, parts } of detail.items) {
			const head = [place.lessonTitle, place.title, id, type, prompt, answered];
			const figures = [rounded(difficulty), rounded(discrimination)];
			if (parts.length === 0) yield [...head, ...figures, null, null, null, null, null];
			for (const part of parts)
				for (const { label, isRight, count } of part.tallies)
					yield [
						...head,
						...figures,
						part.label,
						label,
						isRight,
						count,
						rounded(part.answered === 0 ? null : count / part.answered),
					];
		}
	}
}

/** Conversations of a course, or one of them: a row for each thing that one can say, with how many did. */
export function branchSheet(
	db: Db,
	queries: Queries,
	course: Course,
	groupId: string,
	language: Language,
	only?: Pick<Place, 'lesson' | 'step'>,
): Sheet {
	const locale = { locale: language };
	return {
		name: `${course.id}-branches`,
		columns: [
			m.teach_activity_sheet_lesson({}, locale),
			m.teach_activity_sheet_step({}, locale),
			m.teach_activity_sheet_turn({}, locale),
			m.teach_activity_sheet_said({}, locale),
			m.teach_activity_sheet_quality({}, locale),
			m.teach_activity_col_skill({}, locale),
			m.teach_activity_sheet_reached({}, locale),
			m.teach_activity_sheet_offered({}, locale),
			m.teach_activity_sheet_chosen({}, locale),
			m.teach_activity_sheet_repaired({}, locale),
		],
		rows: branchRows(db, queries, course, groupId, language, only),
	};
}

async function* branchRows(
	db: Db,
	queries: Queries,
	course: Course,
	groupId: string,
	language: Language,
	only?: Pick<Place, 'lesson' | 'step'>,
): AsyncGenerator<Cell[]> {
	const qualities: Record<Quality, string> = {
		strong: m.activity_mark_strong({}, { locale: language }),
		workable: m.activity_mark_workable({}, { locale: language }),
		costly: m.activity_mark_costly({}, { locale: language }),
	};
	for (const place of wanted(course, language, only)) {
		if (place.kind !== 'vignette') continue;
		const detail = await placeDetail(db, queries, course, groupId, place, language);
		if (detail.kind !== 'vignette') continue;
		for (const [at, { reached, options }] of detail.figures.turns.entries())
			for (const [n, { text, quality, skill, offered, chosen, repair }] of options.entries())
				yield [
					place.lessonTitle,
					place.title,
					`${at + 1}${letterOf(n)}`,
					text,
					qualities[quality],
					detail.skills[skill] ?? skill,
					reached,
					offered,
					chosen,
					repair?.chosen ?? null,
				];
	}
}

function wanted(
	course: Course,
	language: Language,
	only?: Pick<Place, 'lesson' | 'step'>,
): Place[] {
	return placesOf(course, language).filter(
		({ lesson, step }) => !only || (lesson === only.lesson && step === only.step),
	);
}

/** To four places: more would only look exact. */
function rounded(value: number | null): number | null {
	return value === null ? null : Math.round(value * 10_000) / 10_000;
}
