import { loadedRules, loadedType, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import type { Activity, Course } from '#lib/course/model.ts';
import { findScormApi } from '#lib/tracking/scorm/api.ts';
import { forgetOld } from '#lib/tracking/scorm/copy.ts';
import type { Dialect } from '#lib/tracking/scorm/dialect.ts';
import { scormTracker } from '#lib/tracking/scorm/tracker.ts';
import { answeredTypes, type Keeper } from '../keeper.ts';
import { storageNamed } from '../storage.ts';
import { onThisDevice } from './local.ts';

/** Keeps the record in the LMS around this page; in this browser when there is none. */
export async function openScorm(
	dialect: Dialect,
	course: Course,
	languages: Language[],
): Promise<Keeper> {
	const api = findScormApi(window, dialect.version);
	if (!api) return onThisDevice(course, languages, { notice: 'no-lms' });
	const shelf = storageNamed('localStorage');
	// On a shared computer, what others left behind goes when its time is over.
	if (shelf) forgetOld(shelf, (key) => key.startsWith(`${dialect.version}:`), Date.now());
	const tracker = scormTracker({
		course,
		rules: loadedRules,
		interaction: (activity: Activity, response) =>
			loadedType(activity.type).interaction(activity, response),
		api,
		dialect,
		storage: shelf,
	});
	await tracker.open();
	if (tracker.mode === 'closed') return onThisDevice(course, languages, { notice: 'closed' });
	return {
		tracker,
		async know(lesson) {
			await loadTypes(answeredTypes(lesson, await tracker.open()));
			tracker.know(lesson);
		},
		learner: tracker.student || 'lms',
		notice: tracker.mode === 'preview' ? 'preview' : tracker.hasGaps ? 'gaps' : undefined,
	};
}
