import type { Interaction } from '#lib/activities/contract.ts';
import type { Outline } from '#lib/course/outline.ts';
import type { ItemResult, Progress } from '#lib/progress/progress.ts';
import type { ScormVersion } from './api.ts';

/** An element of the data model and its value. */
export type Field = [element: string, value: string];

/** An answer, as an interaction of the data model tells it. */
export interface Answered {
	lesson: string;
	step: string;
	item: string;
	interaction: Interaction;
	result: ItemResult;
	/** Time the learner took, when known. */
	seconds?: number;
	at: Date;
}

/** What one version of SCORM calls things, and what it lets a course say. */
export interface Dialect {
	version: ScormVersion;
	/** The most characters of suspend data. */
	limit: number;
	/** What the LMS said at launch; to be read once, right after the session was opened. */
	session(get: (element: string) => string): Session;
	/** The fields of one interaction in the order in which to write them, without the prefix; `id` first. */
	interaction(answered: Answered): Field[];
	/** Why a value must not be written; undefined when it may. */
	complaint(element: string, value: string): string | undefined;
}

export interface Session {
	/** `browse` and `review`: the learner looks, nothing is written. */
	mode: 'browse' | 'normal' | 'review';
	credit: boolean;
	/** The LMS's name for the learner; '' when it gives none. */
	student: string;
	/** Whether the LMS says that this goes on an attempt that was begun before. */
	resumes: boolean;
	/** Where the LMS says the learner was; '' when it does not. */
	location: string;
	/** What to write, in order. */
	values(course: Outline, progress: Progress, suspended: string, milliseconds: number): Field[];
	/**
	 * One objective for each lesson, in the order of the course, the fields of each without the
	 * prefix; `id` first.
	 */
	objectives(course: Outline, progress: Progress): Field[][];
	/** Said last of all, when the learner goes. */
	leaving: Field[];
}

/** @param begun whether a status on record tells of an attempt begun; an entry that is told counts more */
export function resumesBy(entry: string, begun: boolean): boolean {
	return entry === 'resume' || (entry !== 'ab-initio' && begun);
}

/** How many there are of something; undefined when the LMS has no sensible number there. */
export function countIn(value: string): number | undefined {
	return /^\d{1,4}$/.test(value) ? Number(value) : undefined;
}

export function modeIn(value: string): Session['mode'] {
	return value === 'browse' || value === 'review' ? value : 'normal';
}

/** Undefined when the LMS has no number there. */
export function numberIn(value: string): number | undefined {
	return value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}
