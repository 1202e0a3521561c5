import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { duplicate, type Complaint } from '../check.ts';
import { play } from './engine.ts';
import type { Vignette } from './schema.ts';
import { END } from './terms.ts';

const NAMES: Record<Language, string> = { da: 'Danish', en: 'English' };
const LONGEST_TEXT = 400;
/** Conversations looked at when asking which endings can be reached. */
const MOST_STATES = 20_000;

/** What a schema cannot say about a conversation: that it holds together from the opening to every end. */
export function check(vignette: Vignette): Complaint[] {
	const ids = checkIds(vignette);
	// Walking a graph whose names are wrong would only repeat the complaint.
	if (ids.length > 0) return ids;
	const loops = checkLoops(vignette);
	return [
		...loops,
		...checkReach(vignette),
		...checkTurns(vignette),
		...checkLengths(vignette),
		...checkEndings(vignette, loops.length === 0),
		...checkProfessions(vignette),
	];
}

function checkProfessions({ profession, others }: Vignette): Complaint[] {
	if (others.length === 0) return [];
	if (!profession)
		return [{ path: ['others'], message: 'say whose the first words are: add `profession`' }];
	const twice = duplicate([profession, ...others.map((one) => one.profession)]);
	if (!twice) return [];
	return [
		{
			path: ['others', twice.index - 1, 'profession'],
			message: `there are words for "${twice.value}" already; take one out`,
		},
	];
}

function checkIds({ opening, turns, endings }: Vignette): Complaint[] {
	const known = turns.map((turn) => turn.id);
	const complaints: Complaint[] = [];
	const twice = duplicate(known);
	if (twice)
		complaints.push({
			path: ['turns', twice.index, 'id'],
			message: `there is a turn "${twice.value}" already; choose another id`,
		});
	const endingTwice = duplicate(endings.map((ending) => ending.id));
	if (endingTwice)
		complaints.push({
			path: ['endings', endingTwice.index, 'id'],
			message: `there is an ending "${endingTwice.value}" already; choose another id`,
		});
	if (known.includes(END))
		complaints.push({
			path: ['turns', known.indexOf(END), 'id'],
			message: `"${END}" means the end of the conversation; choose another id`,
		});
	if (!known.includes(opening))
		complaints.push({
			path: ['opening'],
			message: `there is no turn "${opening}"; there are ${known.join(', ')}`,
		});
	const seen = new Set<string>();
	turns.forEach((turn, t) =>
		turn.options.forEach((option, o) => {
			const path = ['turns', t, 'options', o];
			for (const [id, at] of [
				[option.id, [...path, 'id']],
				[option.repair?.id, [...path, 'repair', 'id']],
			] as [string | undefined, (string | number)[]][]) {
				if (id === undefined) continue;
				if (seen.has(id))
					complaints.push({ path: at, message: `"${id}" is taken already; choose another id` });
				seen.add(id);
			}
			if (option.next !== END && !known.includes(option.next))
				complaints.push({
					path: [...path, 'next'],
					message: `leads to "${option.next}", which is no turn; there are ${known.join(', ')} and ${END}`,
				});
		}),
	);
	return complaints;
}

function checkLoops({ turns }: Vignette): Complaint[] {
	const state = new Map<string, 'open' | 'done'>();
	const complaints: Complaint[] = [];
	const visit = (id: string) => {
		const at = turns.findIndex((turn) => turn.id === id);
		state.set(id, 'open');
		turns[at]?.options.forEach(({ next }, o) => {
			if (state.get(next) === 'open')
				complaints.push({
					path: ['turns', at, 'options', o, 'next'],
					message: `leads back to "${next}", so the conversation may never end; lead on to a later turn`,
				});
			else if (next !== END && !state.has(next)) visit(next);
		});
		state.set(id, 'done');
	};
	for (const { id } of turns) if (!state.has(id)) visit(id);
	return complaints;
}

function checkReach({ opening, turns }: Vignette): Complaint[] {
	const reached = new Set<string>();
	const open = [opening];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (reached.has(id)) continue;
		reached.add(id);
		open.push(...(turns.find((turn) => turn.id === id)?.options ?? []).map(({ next }) => next));
	}
	return turns.flatMap(({ id }, t) =>
		reached.has(id)
			? []
			: [
					{
						path: ['turns', t],
						message: `no option leads to "${id}"; lead one here or drop the turn`,
					},
				],
	);
}

function checkTurns({ opening, turns }: Vignette): Complaint[] {
	const before = flagsBefore(turns);
	return turns.flatMap((turn, t): Complaint[] => {
		const complaints: Complaint[] = [];
		if (turn.id === opening && !turn.says)
			complaints.push({
				path: ['turns', t],
				message: 'opens the conversation, so it needs `says`',
			});
		if (turn.options.every((option) => option.needs.length > 0))
			complaints.push({
				path: ['turns', t, 'options'],
				message: 'every option needs a flag, so the learner may have none; free one of them',
			});
		if (!turn.options.some((option) => option.quality === 'strong'))
			complaints.push({
				path: ['turns', t, 'options'],
				message: 'no option is strong; every turn needs a good way on',
			});
		turn.options.forEach((option, o) => {
			const path = ['turns', t, 'options', o];
			const never = option.needs.find((flag) => !before.get(turn.id)!.has(flag));
			if (never)
				complaints.push({
					path: [...path, 'needs'],
					message: `needs "${never}", which no option before this turn sets; set it on the way here`,
				});
			if (option.repair && option.quality !== 'costly')
				complaints.push({
					path: [...path, 'repair'],
					message: `repairs an option that is ${option.quality}; only costly ones need it`,
				});
			if (option.repair && option.next === END)
				complaints.push({
					path: [...path, 'repair'],
					message: 'is never offered, as the conversation ends here; lead on to a turn',
				});
		});
		return complaints;
	});
}

/** For each turn the flags that some way to it can have set. */
function flagsBefore(turns: Vignette['turns']): Map<string, Set<string>> {
	const before = new Map(turns.map((turn) => [turn.id, new Set<string>()]));
	// The graph has no loops, so as many rounds as there are turns carry every flag to where it gets.
	for (let round = 0; round < turns.length; round++)
		for (const turn of turns)
			// A repair is made in the turn that follows, so what it sets is there, too.
			for (const { set, repair, next } of turn.options)
				for (const flag of [...before.get(turn.id)!, ...set, ...(repair?.set ?? [])])
					before.get(next)?.add(flag);
	return before;
}

function checkLengths({ turns }: Vignette): Complaint[] {
	return LANGUAGES.flatMap((language): Complaint[] => {
		const tooLong = turns.flatMap((turn, t) =>
			turn.options.flatMap((option, o) =>
				option.text[language].length > LONGEST_TEXT
					? [
							{
								path: ['turns', t, 'options', o, 'text', language],
								message: `is ${option.text[language].length} characters long; nobody speaks that long, keep to ${LONGEST_TEXT}`,
							},
						]
					: [],
			),
		);
		const given = turns.filter(({ options }) => {
			const most = Math.max(...options.map((option) => option.text[language].length));
			return options.some((one) => one.quality === 'strong' && one.text[language].length === most);
		});
		if (turns.length < 4 || given.length * 2 <= turns.length) return tooLong;
		return [
			...tooLong,
			{
				path: ['turns'],
				message: `in ${NAMES[language]} the strong option is the longest in ${given.length} of ${turns.length} turns, which gives it away (${given.map((turn) => turn.id).join(', ')}); shorten some or lengthen others`,
			},
		];
	});
}

function checkEndings(vignette: Vignette, mayWalk: boolean): Complaint[] {
	const { endings } = vignette;
	const last = endings.length - 1;
	const complaints = endings.flatMap(({ when }, e): Complaint[] => {
		if (e === last && when)
			return [
				{
					path: ['endings', e, 'when'],
					message: 'the last ending takes the rest, so it has no `when`',
				},
			];
		if (e !== last && !when)
			return [
				{
					path: ['endings', e],
					message: 'needs a `when`, or the endings after it are never reached',
				},
			];
		return [];
	});
	if (complaints.length > 0 || !mayWalk) return complaints;
	const missing = unreached(vignette);
	return missing.map((id) => ({
		path: ['endings', endings.findIndex((ending) => ending.id === id)],
		message: `no path through the conversation ends with "${id}"; ease its \`when\` or the effects`,
	}));
}

/** Endings that no path reaches; none when the conversation is too large to try every path. */
function unreached(vignette: Vignette): string[] {
	const missing = new Set(vignette.endings.map((ending) => ending.id));
	const seen = new Set<string>();
	const open: string[][] = [[]];
	for (let path = open.pop(); path && missing.size > 0; path = open.pop()) {
		const state = play(vignette, path);
		if (typeof state === 'number') continue;
		if (state.ending) missing.delete(state.ending.id);
		if (!state.turn) continue;
		const { meters, flags, costly, repair } = state;
		const key = JSON.stringify([state.turn.id, meters, [...flags].sort(), costly, repair?.id]);
		if (seen.has(key)) continue;
		seen.add(key);
		if (seen.size > MOST_STATES) return [];
		open.push(...state.options.map(({ id }) => [...path, id]));
		if (repair) open.push([...path, repair.id]);
	}
	return [...missing];
}
