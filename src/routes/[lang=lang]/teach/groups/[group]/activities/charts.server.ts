import { m } from '#lib/paraglide/messages.js';
import type { ConfidenceFigures } from '#lib/teaching/confidence.ts';
import type { Part } from '#lib/teaching/distribution.ts';
import type { ItemFigures } from '#lib/teaching/items.ts';
import type { VignetteFigures } from '#lib/teaching/vignettes.ts';
import type { Chart } from '#lib/ui/charts/chart.ts';
import { drawBars, drawBeforeAfter, drawLines } from '#lib/ui/charts/draw.server.ts';
import { endingWord, type Numbers } from './words.ts';

/** The chart of an activity's answers; undefined where there is nothing to draw. */
export function itemChart(item: ItemFigures, format: Numbers): Chart | undefined {
	const [first] = item.parts;
	if (!first || item.answered === 0) return undefined;
	if (item.parts.length === 1 && first.label === null) return answersChart(item, first, format);
	return item.type === 'rate' ? ratingsChart(item, format) : linesChart(item, format);
}

/** A bar for each answer. */
function answersChart({ id, prompt }: ItemFigures, part: Part, format: Numbers): Chart {
	const { answered, tallies } = part;
	const commonest = highest(tallies, ({ count }) => count);
	return {
		title: m.teach_activity_dist_title({ prompt }),
		summary: m.teach_activity_dist_summary({
			answer: commonest.label,
			count: commonest.count,
			total: answered,
		}),
		columns: countColumns(m.teach_activity_col_answer()),
		rows: tallies.map(({ label, count, isRight }) => [
			isRight ? `✓ ${label}` : label,
			count,
			format.share(count, answered),
		]),
		drawing: drawBars({
			id,
			most: answered,
			bars: tallies.map(({ id: answer, label, count, isRight }) => ({
				id: answer,
				label,
				value: count,
				note: noteOf(count, answered, format),
				isMarked: isRight,
			})),
		}),
	};
}

/** A bar for each line of a sorting: how many got it right. Who put it where stands in the table. */
function linesChart({ id, prompt, answered, parts }: ItemFigures, format: Numbers): Chart {
	const right = ({ tallies }: Part) => tallies.find(({ isRight }) => isRight)?.count ?? 0;
	const hardest = highest(parts, (part) => -right(part));
	return {
		title: m.teach_activity_parts_title({ prompt }),
		summary: m.teach_activity_parts_summary({
			line: hardest.label ?? '',
			count: right(hardest),
			total: hardest.answered,
		}),
		columns: [m.teach_activity_col_line(), ...hardest.tallies.map(({ label }) => label)],
		rows: parts.map(({ label, tallies }) => [
			label ?? '',
			...tallies.map(({ count, isRight }) => (isRight ? `✓ ${count}` : count)),
		]),
		drawing: drawBars({
			id,
			most: answered,
			bars: parts.map((part) => ({
				id: part.id,
				label: part.label ?? '',
				value: right(part),
				note: noteOf(right(part), part.answered, format),
				isMarked: null,
			})),
		}),
	};
}

/** A bar for each statement: its mean. How many gave each rating stands in the table. */
function ratingsChart({ id, prompt, parts }: ItemFigures, format: Numbers): Chart {
	const best = highest(parts, ({ mean }) => mean ?? 0);
	return {
		title: m.teach_activity_ratings_title({ prompt }),
		summary: m.teach_activity_ratings_summary({
			line: best.label ?? '',
			mean: format.decimal(best.mean ?? 0),
		}),
		columns: [
			m.teach_activity_col_statement(),
			m.teach_activity_col_mean(),
			...best.tallies.map(({ label }) => label),
		],
		rows: parts.map(({ label, mean, tallies }) => [
			label ?? '',
			format.decimal(mean ?? 0),
			...tallies.map(({ count }) => count),
		]),
		drawing: drawBars({
			id,
			most: 10,
			bars: parts.map((part) => ({
				id: part.id,
				label: part.label ?? '',
				value: part.mean ?? 0,
				note: format.decimal(part.mean ?? 0),
				isMarked: null,
			})),
		}),
	};
}

/** The charts of a conversation that somebody has been through. */
export function conversationCharts(
	figures: VignetteFigures,
	skills: Record<string, string>,
	format: Numbers,
): { meters: Chart; endings: Chart; missed?: Chart } {
	const endings = figures.endings.map(({ id, kind, title, count }) => ({
		id,
		label: `${title} (${endingWord(kind)})`,
		count,
	}));
	const commonest = highest(endings, ({ count }) => count);
	const missed = figures.missed
		.slice(0, 6)
		.map(({ id, count }) => ({ id, label: skills[id] ?? id, count }));
	const total = figures.played;
	return {
		meters: metersChart(figures, format),
		endings: countsChart('endings', endings, total, format, {
			title: m.teach_activity_endings(),
			column: m.teach_activity_col_ending(),
			summary: m.teach_activity_endings_summary({
				ending: commonest.label,
				count: commonest.count,
				total,
			}),
		}),
		...(missed[0]
			? {
					missed: countsChart('missed', missed, total, format, {
						title: m.teach_activity_missed(),
						column: m.teach_activity_col_skill(),
						summary: m.teach_activity_missed_summary({
							skill: missed[0].label,
							count: missed[0].count,
							total,
						}),
					}),
				}
			: {}),
	};
}

function countsChart(
	id: string,
	list: { id: string; label: string; count: number }[],
	total: number,
	format: Numbers,
	{ title, column, summary }: { title: string; column: string; summary: string },
): Chart {
	return {
		title,
		summary,
		columns: countColumns(column),
		rows: list.map(({ label, count }) => [label, count, format.share(count, total)]),
		drawing: drawBars({
			id,
			most: total,
			bars: list.map(({ id: one, label, count }) => ({
				id: one,
				label,
				value: count,
				note: noteOf(count, total, format),
				isMarked: null,
			})),
		}),
	};
}

function metersChart({ meters }: VignetteFigures, format: Numbers): Chart {
	const [from, to] = [meters[0]!, meters.at(-1)!];
	const names = {
		trust: m.teach_activity_trust(),
		understanding: m.teach_activity_understanding(),
		worry: m.teach_activity_worry(),
	};
	const ids = ['trust', 'understanding', 'worry'] as const;
	return {
		title: m.teach_activity_meters(),
		summary: m.teach_activity_meters_summary({
			trust: Math.round(from.trust),
			trustEnd: Math.round(to.trust),
			understanding: Math.round(from.understanding),
			understandingEnd: Math.round(to.understanding),
			worry: Math.round(from.worry),
			worryEnd: Math.round(to.worry),
		}),
		columns: [
			m.teach_activity_col_choices(),
			...ids.map((id) => names[id]),
			m.teach_activity_col_count(),
		],
		rows: meters.map((means) => [
			means.choices,
			...ids.map((id) => format.decimal(means[id])),
			means.people,
		]),
		drawing: drawLines({
			series: ids.map((id) => ({ id, name: names[id], values: meters.map((means) => means[id]) })),
			across: m.teach_activity_meters_across(),
			most: 100,
		}),
	};
}

/** Undefined while too few have answered both times. */
export function confidenceChart(
	{ statements }: ConfidenceFigures,
	format: Numbers,
): Chart | undefined {
	if (!statements) return undefined;
	const largest = highest(statements, ({ before, after }) => Math.abs(after - before));
	return {
		title: m.teach_activity_confidence(),
		summary: m.teach_activity_confidence_summary({
			statement: largest.text,
			before: format.decimal(largest.before),
			after: format.decimal(largest.after),
		}),
		columns: [
			m.teach_activity_col_statement(),
			m.teach_activity_col_before(),
			m.teach_activity_col_after(),
		],
		rows: statements.map(({ text, before, after }) => [
			text,
			format.decimal(before),
			format.decimal(after),
		]),
		drawing: drawBeforeAfter({ statements, most: 10 }),
	};
}

function countColumns(first: string): string[] {
	return [first, m.teach_activity_col_count(), m.teach_activity_col_percent()];
}

function noteOf(count: number, total: number, format: Numbers): string {
	return `${count} (${format.share(count, total)})`;
}

/** The first of those with the highest value. */
function highest<T>(list: T[], of: (one: T) => number): T {
	return list.reduce((best, one) => (of(one) > of(best) ? one : best));
}
