import { mount } from 'svelte';
import type { Language } from '#lib/course/language.ts';
import { open } from 'virtual:package-delivery';
import '#lib/ui/app.css';
import Package from './Package.svelte';
import { packageContent } from './lessons.ts';
import { recallTheme } from './theme.ts';
import { hrefOf, placeOf } from './place.ts';

recallTheme();
const { course, languages } = packageContent();
const app = document.getElementById('app')!;
const keeper = await open(course, languages);
const progress = await keeper.tracker.open();
const wanted = placeOf(location.hash);
if (!wanted || !languages.includes(wanted.language)) {
	const place = { ...wanted, ...progress.last, language: languageFor(progress.language) };
	history.replaceState(null, '', hrefOf(place));
}
app.replaceChildren();
mount(Package, { target: app, props: { course, languages, keeper, progress } });

// A page that comes back out of the browser's memory has said goodbye to the LMS already.
addEventListener('pageshow', (event) => {
	if (event.persisted) location.reload();
});

/** The learner's last language, else the browser's, else the first of the package. */
function languageFor(last: string | undefined): Language {
	const wished = [last, ...navigator.languages.map((one) => one.slice(0, 2))];
	return (
		wished.map((one) => languages.find((offered) => offered === one)).find(Boolean) ?? languages[0]!
	);
}
