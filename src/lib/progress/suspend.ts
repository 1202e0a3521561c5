import { code } from '#lib/course/code.ts';
import { LANGUAGES } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import { PRACTICE_RECORD, unitsOf } from '#lib/course/parts.ts';
import type { RulesByType } from '#lib/course/scoring.ts';
import { BitReader, BitsEnded, BitWriter } from './bits.ts';
import { noProgress, type Progress } from './progress.ts';
import { CODE, LEVEL, readLesson, writeLesson } from './suspend-lesson.ts';
import { readPractice, writePractice } from './suspend-practice.ts';

/**
 * Progress as a short text for an LMS's suspend data. Version 1:
 *
 * `R1`, then records, each `<length: 2 characters><bits><check: 2 characters>`. The first record is
 * about the course, each other one about a lesson (or what counts as one beside them) or about all
 * practice. Lessons, steps and activities are named by their 10-bit code, so that a changed order
 * harms nothing and what an edited course no longer has is passed over. A released version is never changed, only followed by another.
 */
const VERSION = 'R1';
/** `cmi.suspend_data` of SCORM 1.2 is a CMIString4096. */
export const SCORM12_LIMIT = 4096;
/** `cmi.suspend_data` of SCORM 2004 (RTE, section 4.2.23). */
export const SCORM2004_LIMIT = 64_000;

const SECONDS = 24;
/** Characters of a record; its length must fit into two of them. */
const LONGEST = 4095;

/**
 * Progress as text of at most `limit` ASCII characters. What there is no room for is left out, least
 * needed first: responses of the best and first attempts, then of the latest ones, its points one by
 * one, open attempts of other lessons, points of first and latest attempts, practice. The lesson the
 * learner is in gives way last, and its open attempts never.
 */
export function suspend(
	course: Course,
	progress: Progress,
	rules: RulesByType,
	limit = SCORM12_LIMIT,
): string {
	const head = VERSION + record(writeHead(progress));
	const current = progress.last?.lesson;
	const begun = unitsOf(course).filter((lesson) => progress.lessons[lesson.id]);
	const order = [
		...begun.filter((lesson) => lesson.id === current),
		...begun.filter((lesson) => lesson.id !== current),
	];
	const records = new Map<string, string>();
	let room = limit - head.length;
	/** A longer record in the place of a shorter one, if there is room. */
	const keep = (id: string, text: string) => {
		const more = text.length - (records.get(id)?.length ?? 0);
		if (more > room || text.length > LONGEST) return;
		room -= more;
		records.set(id, text);
	};
	for (let level: number = LEVEL.standing; level <= LEVEL.all; level++) {
		for (const lesson of order) {
			const bits = new BitWriter();
			bits.write(code(lesson.id), CODE);
			writeLesson(bits, lesson.steps, progress.lessons[lesson.id]!, rules, {
				level,
				current: lesson.id === current,
			});
			keep(lesson.id, record(bits.text()));
		}
		if (level === LEVEL.standing && begun.some(({ id }) => progress.lessons[id]!.practice))
			keep(PRACTICE_RECORD, practiceRecord(course, progress));
	}
	return (
		head +
		[...order.map(({ id }) => id), PRACTICE_RECORD].map((id) => records.get(id) ?? '').join('')
	);
}

function practiceRecord(course: Course, progress: Progress): string {
	const bits = new BitWriter();
	bits.write(code(PRACTICE_RECORD), CODE);
	writePractice(bits, unitsOf(course), progress);
	return record(bits.text());
}

/** What was read from suspend data, and whether something could not be. */
export interface Resumed {
	progress: Progress;
	problem?: 'unknown-version' | 'damaged';
}

/**
 * The inverse of `suspend`. Never throws: what cannot be read is left out and told by `problem`.
 * Without `rules` responses stay `packed` until `unpackLesson` has the lesson's definitions.
 * Attempts get new ids; one of which only the points were kept has no `items`, and its points stand
 * in `results` under the empty id.
 */
export function resume(course: Course, text: string, rules?: RulesByType): Resumed {
	if (text === '') return { progress: noProgress() };
	if (!text.startsWith(VERSION)) return { progress: noProgress(), problem: 'unknown-version' };
	const { bodies, whole } = split(text.slice(VERSION.length));
	const [head, ...lessons] = bodies;
	if (head === undefined) return { progress: noProgress(), problem: 'damaged' };
	try {
		const progress = readHead(course, new BitReader(head));
		const units = unitsOf(course);
		let practice: ReturnType<typeof readPractice> = [];
		for (const body of lessons) {
			const bits = new BitReader(body);
			const found = bits.read(CODE);
			const lesson = units.find((candidate) => code(candidate.id) === found);
			if (lesson) progress.lessons[lesson.id] = readLesson(bits, lesson.id, lesson.steps, rules);
			else if (found === code(PRACTICE_RECORD)) practice = readPractice(bits, units);
		}
		for (const [id, one] of practice) if (progress.lessons[id]) progress.lessons[id].practice = one;
		return whole ? { progress } : { progress, problem: 'damaged' };
	} catch (error) {
		if (!(error instanceof BitsEnded)) throw error;
		return { progress: noProgress(), problem: 'damaged' };
	}
}

function record(body: string): string {
	return number(body.length) + body + number(code(body));
}

function number(value: number): string {
	const bits = new BitWriter();
	bits.write(value, 12);
	return bits.text();
}

/** The records of a text up to the first that is broken or cut off. */
function split(text: string): { bodies: string[]; whole: boolean } {
	const bodies: string[] = [];
	let at = 0;
	try {
		while (at < text.length) {
			const length = new BitReader(text.slice(at, at + 2)).read(12);
			const body = text.slice(at + 2, at + 2 + length);
			const check = new BitReader(text.slice(at + 2 + length, at + 4 + length)).read(12);
			if (check !== code(body)) return { bodies, whole: false };
			bodies.push(body);
			at += length + 4;
		}
	} catch {
		return { bodies, whole: false };
	}
	return { bodies, whole: true };
}

function writeHead(progress: Progress): string {
	const bits = new BitWriter();
	bits.write(LANGUAGES.findIndex((language) => language === progress.language) + 1, 3);
	bits.write(progress.seconds, SECONDS);
	bits.flag(progress.last !== undefined);
	if (progress.last) {
		bits.write(code(progress.last.lesson), CODE);
		bits.write(code(progress.last.step), CODE);
	}
	return bits.text();
}

function readHead(course: Course, bits: BitReader): Progress {
	const language = LANGUAGES[bits.read(3) - 1];
	const progress: Progress = { lessons: {}, seconds: bits.read(SECONDS) };
	if (language) progress.language = language;
	if (!bits.flag()) return progress;
	const [lessonCode, stepCode] = [bits.read(CODE), bits.read(CODE)];
	const lesson = unitsOf(course).find((candidate) => code(candidate.id) === lessonCode);
	const step = lesson?.steps.find((candidate) => code(candidate.id) === stepCode);
	if (lesson && step) progress.last = { lesson: lesson.id, step: step.id };
	return progress;
}
