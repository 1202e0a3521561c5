import { mount } from 'svelte';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { PART, partOf } from '#lib/packages/items.ts';
import '#lib/ui/app.css';
import Package from './Package.svelte';
import type { Keeper } from './keeper.ts';
import { packageContent } from './lessons.ts';
import { recallTheme } from './theme.ts';
import { hrefOf, placeOf } from './place.ts';

/** Opens the record, then the course, or the part of it that the address names. */
export async function start(
	open: (course: Course, languages: Language[]) => Promise<Keeper>,
): Promise<void> {
	recallTheme();
	const { course: whole, languages } = packageContent();
	const part = new URLSearchParams(location.search).get(PART) ?? undefined;
	const course = partOf(whole, part);
	const app = document.getElementById('app')!;
	const keeper = await open(course, languages);
	const progress = await keeper.tracker.open();
	const wanted = placeOf(location.hash);
	if (!wanted || !languages.includes(wanted.language)) {
		const language = languageFor(languages, [progress.language, ...(keeper.languages ?? [])]);
		const only = course === whole ? {} : { lesson: part! };
		const place = { ...only, ...wanted, ...progress.last, language };
		history.replaceState(null, '', hrefOf(place));
	}
	app.replaceChildren();
	mount(Package, { target: app, props: { course, whole, languages, keeper, progress } });

	// A page that comes back out of the browser's memory has said goodbye to the LMS already.
	addEventListener('pageshow', (event) => {
		if (event.persisted) location.reload();
	});
}

/** The language that the learner would like best, else the browser's, else the first of the package. */
function languageFor(languages: Language[], best: (string | undefined)[]): Language {
	const wished = [...best, ...navigator.languages.map((one) => one.slice(0, 2))];
	return (
		wished.map((one) => languages.find((offered) => offered === one)).find(Boolean) ?? languages[0]!
	);
}
