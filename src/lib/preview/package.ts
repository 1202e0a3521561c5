import * as v from 'valibot';

/** What a manifest names that can be launched: a SCO, an assignable unit, an activity. */
const item = v.object({
	id: v.string(),
	title: v.string(),
	/** Path within the package, perhaps with a query; or a whole address, where the format allows one. */
	href: v.string(),
	/** 0–100 in SCORM 1.2 (`adlcp:masteryscore`), −1–1 in 2004, 0–1 in cmi5. */
	masteryScore: v.optional(v.number()),
	/** 2004 only: the progress measure from which an item counts as completed, 0–1. */
	completionThreshold: v.optional(v.number()),
	/** `cmi.launch_data`, or the launch parameters of cmi5. */
	launchData: v.optional(v.string()),
	/** cmi5 only: what it takes for the unit to be satisfied. */
	moveOn: v.optional(v.string()),
});
export type Item = v.InferOutput<typeof item>;

export const FORMATS = ['scorm12', 'scorm2004', 'cmi5', 'xapi'] as const;

/** What the preview knows of a package once its manifest was read. */
export const packageInfo = v.object({
	format: v.picklist(FORMATS),
	/** As the manifest says it, for example `2004 4th Edition`. */
	edition: v.optional(v.string()),
	title: v.string(),
	/** The course's id as the package has it. */
	id: v.string(),
	items: v.pipe(v.array(item), v.minLength(1)),
});
export type PackageInfo = v.InferOutput<typeof packageInfo>;

/** What the page that plays LMS is told. */
export const stageInfo = v.object({
	...packageInfo.entries,
	/** The name of the zip. */
	name: v.string(),
	learner: v.object({ id: v.string(), name: v.string() }),
});
export type StageInfo = v.InferOutput<typeof stageInfo>;
