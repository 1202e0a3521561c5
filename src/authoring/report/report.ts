import { LANGUAGES } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import type { LoadedLesson } from '../load-lesson.ts';
import { formatMistake, type Mistake } from '../mistakes.ts';
import { giveaways, readingOf, vignettesOf } from '../quality/check.ts';
import { pathLengths, shares } from '../quality/vignettes.ts';
import { LANGUAGE_NAMES } from '../yaml-file.ts';
import { drawGraph } from './graph.ts';

/** What an author wants to see of a course on one page: figures, findings and a drawing of each conversation. */
export function report(course: Course, lessons: LoadedLesson[], mistakes: Mistake[]): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(course.title.en)} ${course.version}: report</title>
<style>
	body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fbf9f4; }
	table { border-collapse: collapse; margin: 0.75rem 0 1.5rem; }
	th, td { padding: 0.3rem 0.75rem; border-bottom: 1px solid #d8d2c4; text-align: start; font-variant-numeric: tabular-nums; }
	td.n, th.n { text-align: end; }
	figure { margin: 1rem 0 2rem; overflow-x: auto; }
	figcaption { color: #555; }
</style>
<h1>${escape(course.title.en)} ${course.version}</h1>
${findings(mistakes)}
${overview(course, lessons)}
${chances(course)}
${lessons.map((one) => conversation(one)).join('\n')}
</html>
`;
}

function findings(mistakes: Mistake[]): string {
	if (mistakes.length === 0) return '<p>The check found nothing to mend.</p>';
	return `<h2>To mend</h2><ul>${mistakes.map((one) => `<li>${escape(formatMistake(one))}</li>`).join('')}</ul>`;
}

function overview(course: Course, lessons: LoadedLesson[]): string {
	const head = [
		'Lesson',
		'Minutes',
		'Steps',
		...LANGUAGES.flatMap((one) => [`Words, ${LANGUAGE_NAMES[one]}`, 'LIX']),
	];
	const rows = lessons.map((one) => {
		const minutes = one.lesson.steps.reduce((sum, step) => sum + step.minutes, 0);
		return [
			one.lesson.title.en,
			minutes,
			one.lesson.steps.length,
			...LANGUAGES.flatMap((language) => {
				const { words, ease } = readingOf(one, language);
				return [words, ease === undefined ? '–' : Math.round(ease)];
			}),
		];
	});
	const total = lessons
		.flatMap(({ lesson }) => lesson.steps)
		.reduce((sum, step) => sum + step.minutes, 0);
	return `<h2>Lessons</h2>${table(head, rows)}<p>${lessons.length} lessons in ${course.chapters.length} chapters, about ${Math.round(total / 6) / 10} hours.</p>`;
}

function chances(course: Course): string {
	const { turns, chance, longest, positions } = giveaways(course);
	if (turns === 0) return '';
	const share = (count: number) => `${count} of ${turns} (${Math.round((100 * count) / turns)} %)`;
	return `<h2>Does anything give the best option away?</h2>
<p>By chance a strong option would be the longest in ${Math.round(100 * chance)} % of the turns. It is in ${LANGUAGES.map((one) => `${share(longest[one])} in ${LANGUAGE_NAMES[one]}`).join(' and in ')}.
Strong options stand ${positions.map((count, at) => `${count} times in place ${at + 1}`).join(', ')}; learners see them shuffled.</p>`;
}

function conversation(one: LoadedLesson): string {
	return vignettesOf(one)
		.map((vignette) => {
			const { shortest, longest } = pathLengths(vignette);
			const rows = shares(vignette).map(({ turn, strong, workable, costly }) => [
				turn,
				strong,
				workable,
				costly,
			]);
			return `<h2>${escape(vignette.title.en)}</h2>
<p>${escape(one.lesson.title.en)}. Between ${shortest} and ${longest} turns; endings: ${vignette.endings.map((ending) => `${escape(ending.title.en)} (${ending.kind})`).join(', ')}.</p>
<figure>${drawGraph(vignette, `The turns of ${vignette.title.en}`, escape)}<figcaption>Solid: strong. Dashed: workable. Dotted: costly.</figcaption></figure>
${table(['Turn', 'Strong', 'Workable', 'Costly'], rows)}`;
		})
		.join('\n');
}

function table(head: string[], rows: (string | number)[][]): string {
	const cell = (tag: string, value: string | number, at: number) =>
		`<${tag}${at > 0 ? ' class="n"' : ''}>${escape(String(value))}</${tag}>`;
	const row = (tag: string, cells: (string | number)[]) =>
		`<tr>${cells.map((value, at) => cell(tag, value, at)).join('')}</tr>`;
	return `<table>${row('th', head)}${rows.map((cells) => row('td', cells)).join('')}</table>`;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
