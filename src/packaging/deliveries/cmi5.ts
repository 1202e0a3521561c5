import { loadedRules, loadTypes } from '#lib/activities/load.ts';
import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { readLanguages, readLaunchData } from '#lib/tracking/cmi5/launch-data.ts';
import { launchIn } from '#lib/tracking/cmi5/launch.ts';
import { openSession } from '#lib/tracking/cmi5/session.ts';
import { cmi5Tracker, type Cmi5Tracker } from '#lib/tracking/cmi5/tracker.ts';
import { lrsAt } from '#lib/tracking/xapi/lrs.ts';
import { answeredTypes, type Keeper } from '../keeper.ts';
import { storageNamed } from '../storage.ts';
import { onThisDevice } from './local.ts';

/** Keeps the record in the LMS that launched this page; in this browser when none did. */
export async function open(course: Course, languages: Language[]): Promise<Keeper> {
	const here = (notice: Keeper['notice'], detail?: string) =>
		onThisDevice(course, languages, { notice, ...(detail === undefined ? {} : { detail }) });
	const launch = launchIn(location.search);
	if (!launch) return here('no-lms');
	if (Array.isArray(launch)) return here('launch-incomplete', launch.join(', '));
	const session = await openSession(launch.fetch, storageNamed('sessionStorage'));
	if ('problem' in session)
		return session.problem === 'unreachable'
			? here('closed')
			: here(`launch-${session.problem}`, session.reason);
	const lrs = lrsAt({ endpoint: launch.endpoint, authorization: `Basic ${session.token}` });
	// The preferences have to be asked for before anything is said (section 11).
	const [data, wished] = await Promise.all([
		readLaunchData(lrs, launch),
		readLanguages(lrs, launch),
	]);
	if ('problem' in data)
		return data.problem === 'unreachable'
			? here('closed')
			: here('launch-incomplete', `LMS.LaunchData: ${data.reason}`);
	const storage = storageNamed('localStorage');
	const tracker = cmi5Tracker({
		course,
		types: loadedRules,
		launch,
		data,
		session,
		lrs,
		language: wished.find((one) => languages.some((offered) => offered === one)) ?? languages[0]!,
		...(storage ? { storage } : {}),
	});
	await tracker.open();
	if (tracker.mode === 'closed') return here('closed');
	return {
		tracker,
		async know(lesson) {
			await loadTypes(answeredTypes(lesson, await tracker.open()));
			tracker.know(lesson);
		},
		learner: launch.registration,
		notice: tracker.mode === 'normal' ? undefined : tracker.mode,
		languages: wished,
		...(data.returnURL === undefined ? {} : { leave: () => leaveTo(data.returnURL!, tracker) }),
	};
}

/** Goes back to where the LMS wants the learner ("cmi5", section 10.2.6). */
async function leaveTo(address: string, tracker: Cmi5Tracker): Promise<void> {
	await tracker.leave();
	location.assign(address);
}
