import { code } from '#lib/course/code.ts';
import type { Lesson } from '#lib/course/model.ts';
import { practiceItems } from '#lib/course/parts.ts';
import type { BitReader, BitWriter } from './bits.ts';
import type { Practice, Progress } from './progress.ts';
import { CODE } from './suspend-lesson.ts';

/**
 * The record of what is to be practised, one for all lessons. Suspend data of version 1 without it
 * are read as before, and readers that do not know it pass it over like a lesson that is gone.
 */
const COUNT = 6;
const MAX_COUNT = 63;
const STAGE = 2;
/** Days since 1970; enough until 2059. */
const DAY = 15;

export function writePractice(bits: BitWriter, lessons: Lesson[], progress: Progress): void {
	const kept = lessons.filter(({ id }) => progress.lessons[id]?.practice).slice(0, MAX_COUNT);
	bits.write(kept.length, COUNT);
	for (const { id } of kept) {
		const practice = progress.lessons[id]!.practice!;
		bits.write(code(id), CODE);
		write(bits, practice);
		const missed = Object.entries(practice.missed).slice(0, MAX_COUNT);
		bits.write(missed.length, COUNT);
		for (const [item, one] of missed) {
			bits.write(code(item), CODE);
			write(bits, one);
		}
	}
}

/** @returns the lessons that it speaks of, with what is to be practised of them */
export function readPractice(bits: BitReader, lessons: Lesson[]): [lesson: string, Practice][] {
	const found: [string, Practice][] = [];
	for (let left = bits.read(COUNT); left > 0; left--) {
		const wanted = bits.read(CODE);
		const lesson = lessons.find(({ id }) => code(id) === wanted);
		const items = lesson ? practiceItems(lesson.steps) : [];
		const practice: Practice = { ...read(bits), missed: {} };
		for (let more = bits.read(COUNT); more > 0; more--) {
			const item = bits.read(CODE);
			const known = items.find(({ id }) => code(id) === item);
			const one = read(bits);
			if (known) practice.missed[known.id] = one;
		}
		if (lesson) found.push([lesson.id, practice]);
	}
	return found;
}

function write(bits: BitWriter, { stage, day }: { stage: number; day: number }): void {
	bits.write(stage, STAGE);
	bits.write(Math.min(day, 2 ** DAY - 1), DAY);
}

function read(bits: BitReader): { stage: number; day: number } {
	return { stage: bits.read(STAGE), day: bits.read(DAY) };
}
