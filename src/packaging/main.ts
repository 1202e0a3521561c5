import { mount } from 'svelte';
import { rulesFor, types } from '#lib/activities/registry.ts';
import type { Language } from '#lib/course/language.ts';
import type { Activity, Step } from '#lib/course/model.ts';
import { CONFIDENCE, FINAL_TEST, testStep, withPractice } from '#lib/course/parts.ts';
import { localTracker } from '#lib/tracking/local.ts';
import { findScorm12Api } from '#lib/tracking/scorm12-api.ts';
import { scorm12Tracker } from '#lib/tracking/scorm12.ts';
import '#lib/ui/app.css';
import Package from './Package.svelte';
import { loadBeside, loadLesson, packageContent } from './lessons.ts';
import { recallTheme } from './theme.ts';
import { hrefOf, placeOf } from './place.ts';
import type { Keeper } from './keeper.ts';

recallTheme();
const { course, languages } = packageContent();
const app = document.getElementById('app')!;
const keeper = (await inLms()) ?? (await onThisDevice());
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

async function inLms(): Promise<Keeper | undefined> {
	const api = findScorm12Api(window);
	if (!api) return undefined;
	const tracker = scorm12Tracker({
		course,
		rules: rulesFor,
		interaction: (activity: Activity, response) =>
			types[activity.type]?.interaction(activity, response),
		api,
		storage: storage(),
	});
	await tracker.open();
	if (tracker.mode === 'closed') return onThisDevice('closed');
	return {
		tracker,
		know: (lesson) => tracker.know(lesson),
		learner: tracker.student || 'lms',
		notice: tracker.mode === 'preview' ? 'preview' : undefined,
	};
}

async function onThisDevice(notice: Keeper['notice'] = 'no-lms'): Promise<Keeper> {
	const known = new Map<string, Step[]>();
	const know: Keeper['know'] = ({ id, steps }) => known.set(id, steps as Step[]);
	const tracker = localTracker({
		course: course.id,
		context: { steps: (lesson) => withPractice(known.get(lesson)), rules: rulesFor },
		prepare: (ids) => Promise.all(ids.map(async (id) => know(await unitNamed(id)))),
	});
	return { tracker, know, learner: 'guest', notice };
}

/** The definitions of a lesson, or of what is counted beside lessons. */
async function unitNamed(id: string): Promise<{ id: string; steps: unknown[] }> {
	const content = loadLesson(id, languages[0]!);
	if (content) return (await content).lesson;
	const beside = await loadBeside(languages[0]!);
	const [test, confidence] = [beside.finalTest, beside.confidence];
	if (id === CONFIDENCE && confidence) return confidence;
	return { id, steps: id === FINAL_TEST && test ? [testStep(test)] : [] };
}

/** The learner's last language, else the browser's, else the first of the package. */
function languageFor(last: string | undefined): Language {
	const wished = [last, ...navigator.languages.map((one) => one.slice(0, 2))];
	return (
		wished.map((one) => languages.find((offered) => offered === one)).find(Boolean) ?? languages[0]!
	);
}

/** Reading `localStorage` alone throws where frames may not store anything. */
function storage(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}
