import { and, eq } from 'drizzle-orm';
import { isMet, keyOf } from '#lib/cmi5/move-on.ts';
import { NOT_BEGUN, type Standing } from '#lib/cmi5/session.ts';
import { unitsOf, wordsIn, type Au, type Node } from '#lib/cmi5/structure.ts';
import type { Language } from '#lib/course/language.ts';
import type { Database } from '../db/database.ts';
import { offeredCourses, type Cmi5Course } from './courses.ts';

/** Where a learner stands with a unit, in one word; the first that holds. */
export type State = 'satisfied' | 'passed' | 'completed' | 'failed' | 'under-way' | 'not-begun';

/** A unit or a block as its learner sees it. */
export type Shown =
	| {
			kind: 'au';
			id: string;
			/** From 0 in the order of the course. */
			at: number;
			title: string;
			description: string;
			state: State;
			/** Nothing is left to reach. */
			isOver: boolean;
			/** 0–1, where it has one. */
			score: number | null;
			/** What it takes: nothing where it asks for nothing. */
			moveOn: Au['moveOn'];
			masteryScore: number | null;
	  }
	| {
			kind: 'block';
			id: string;
			title: string;
			description: string;
			isSatisfied: boolean;
			children: Shown[];
	  };

/** In which languages titles are wanted, best first. */
export const languagesFrom = (language: Language) => [
	language,
	language === 'da' ? 'en' : 'da',
	'und',
];

/** A course as a tree, and where the learner stands in it. */
export async function ownView(
	db: Database,
	{ id, structure }: Cmi5Course,
	userId: string,
	language: Language,
) {
	const { cmi5Registrations } = db.tables;
	const [taken] = await db.read
		.select()
		.from(cmi5Registrations)
		.where(and(eq(cmi5Registrations.userId, userId), eq(cmi5Registrations.courseId, id)));
	const languages = languagesFrom(language);
	const standings = taken?.standings ?? {};
	const satisfied = taken?.satisfied ?? [];
	let at = 0;
	const show = (node: Node): Shown => {
		const words = {
			id: node.id,
			title: wordsIn(node.title, languages),
			description: wordsIn(node.description, languages),
		};
		if (node.kind === 'block')
			return {
				kind: 'block',
				...words,
				isSatisfied: satisfied.includes(keyOf(node)),
				children: node.children.map(show),
			};
		const standing = standings[node.id] ?? NOT_BEGUN;
		return {
			kind: 'au',
			...words,
			at: at++,
			state: stateOf(node, standing),
			isOver: isOver(node, standing),
			score: standing.score ?? null,
			moveOn: node.moveOn,
			masteryScore: node.masteryScore ?? null,
		};
	};
	return {
		id,
		title: wordsIn(structure.title, languages),
		description: wordsIn(structure.description, languages),
		isSatisfied: taken !== undefined && satisfied.includes(keyOf(structure)),
		children: structure.children.map(show),
		...countOf(unitsOf(structure), standings),
	};
}

/** How much of a course is done. What asks for nothing is no part of the sum: nobody has to do it. */
function countOf(all: Au[], standings: Record<string, Standing>) {
	const asking = all.filter(({ moveOn }) => moveOn !== 'NotApplicable');
	const done = asking.filter((au) => stateOf(au, standings[au.id] ?? NOT_BEGUN) === 'satisfied');
	return { units: asking.length, done: done.length, optional: all.length - asking.length };
}

/**
 * Where a learner stands with a unit. To cmi5 one that asks for nothing is satisfied from the start
 * (section 10.2.5); to its learner it is what became of it there.
 */
export function stateOf({ moveOn }: Pick<Au, 'moveOn'>, standing: Standing): State {
	if (standing.begun && moveOn !== 'NotApplicable' && isMet(moveOn, standing)) return 'satisfied';
	if (standing.passed) return 'passed';
	if (standing.failed) return 'failed';
	if (standing.completed) return 'completed';
	return standing.begun ? 'under-way' : 'not-begun';
}

/**
 * Whether there is nothing left to reach in a unit, but to look back. What may still be passed is gone on
 * with, though it is satisfied: in review nothing more would be said of it.
 */
export function isOver(
	{ moveOn, masteryScore }: Pick<Au, 'moveOn' | 'masteryScore'>,
	standing: Standing,
): boolean {
	if (stateOf({ moveOn }, standing) !== 'satisfied') return false;
	return standing.passed || (moveOn === 'Completed' && masteryScore === undefined);
}

/** What a learner is offered, by name. */
export async function offers(
	db: Database,
	language: Language,
): Promise<{ id: string; title: string; description: string }[]> {
	const languages = languagesFrom(language);
	return (await offeredCourses(db)).map(({ id, structure }) => ({
		id,
		title: wordsIn(structure.title, languages),
		description: wordsIn(structure.description, languages),
	}));
}
