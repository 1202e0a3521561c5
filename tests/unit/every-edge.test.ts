import { describe, expect, test } from 'vitest';
import { loadCourse } from '../../src/authoring/loader.ts';
import { vignettesOf } from '../../src/authoring/quality/check.ts';
import { play, type Play } from '../../src/lib/activities/vignette/engine.ts';
import { vignette as type } from '../../src/lib/activities/vignette/logic.ts';
import type { Vignette } from '../../src/lib/activities/vignette/schema.ts';
import { localise } from '../../src/lib/course/localise.ts';
import { LANGUAGES } from '../../src/lib/course/language.ts';

// Generated from the courses: every conversation is walked along every line that can be taken in it.
const vignettes = ['tests/fixtures/courses/tiny', 'courses/rygsamtalen'].flatMap((folder) =>
	loadCourse(folder).lessons.flatMap(vignettesOf),
);

/** Every option and repair as `turn/id`. */
function edges({ turns }: Vignette): string[] {
	return turns.flatMap((turn) =>
		turn.options.flatMap((option) => [
			`${turn.id}/${option.id}`,
			...(option.repair ? [`${turn.id}/${option.id}/${option.repair.id}`] : []),
		]),
	);
}

/** Shortest paths that together take every edge, breadth first; one path to the end from each. */
function walks(vignette: Vignette): { taken: Set<string>; paths: string[][] } {
	const taken = new Set<string>();
	const paths: string[][] = [];
	const seen = new Set<string>();
	let front: { path: string[]; state: Play<Vignette> }[] = [
		{ path: [], state: play(vignette, []) as Play<Vignette> },
	];
	while (front.length > 0) {
		const next: typeof front = [];
		for (const { path, state } of front) {
			if (!state.turn) continue;
			const last = state.exchanges.at(-1);
			const offered = [
				...state.options.map((option) => ({
					id: option.id,
					edge: `${state.turn!.id}/${option.id}`,
				})),
				...(state.repair && last
					? [{ id: state.repair.id, edge: `${last.turn.id}/${last.option.id}/${state.repair.id}` }]
					: []),
			];
			for (const { id, edge } of offered) {
				const onward = [...path, id];
				const there = play(vignette, onward) as Play<Vignette>;
				if (!taken.has(edge)) paths.push(toTheEnd(vignette, onward));
				taken.add(edge);
				// Flags decide on what is offered later, so a turn counts once for each set of them.
				const key = `${there.turn?.id}/${[...there.flags].sort().join()}/${there.repair?.id}`;
				if (seen.has(key)) continue;
				seen.add(key);
				next.push({ path: onward, state: there });
			}
		}
		front = next;
	}
	return { taken, paths };
}

function toTheEnd(vignette: Vignette, path: string[]): string[] {
	const state = play(vignette, path) as Play<Vignette>;
	return state.turn ? toTheEnd(vignette, [...path, state.options[0]!.id]) : path;
}

describe.each(vignettes.map((one) => [one.id, one] as const))('%s', (_, vignette) => {
	const { taken, paths } = walks(vignette);

	test('has no line that cannot be taken', () => {
		expect(edges(vignette).filter((edge) => !taken.has(edge))).toEqual([]);
	});

	test.each(LANGUAGES)('is told to the end along every line, in %s', (language) => {
		const told = localise(vignette, language);
		for (const path of paths) {
			const { state, score } = type.grade(told as never, { path });
			expect(score, path.join(' → ')).toMatchObject({ kind: 'scored' });
			expect(state.lines.map((line) => line.said && line.reply && line.feedback.why)).not.toContain(
				'',
			);
			expect(state.debrief?.ending.later).toBeTruthy();
			expect(state.debrief?.turns.every(({ options }) => options.some((one) => one.taken))).toBe(
				true,
			);
		}
	});

	test('comes back from suspend data as it was', () => {
		for (const path of paths)
			expect(type.unpack!(vignette, type.pack!({ path }))).toEqual({ path });
	});
});
