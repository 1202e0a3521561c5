import { expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { activitiesOf, lessonsOf } from '#lib/course/model.ts';
import { check } from './check.ts';
import type { Vignette } from './schema.ts';

const anna = lessonsOf(loadCourse('tests/fixtures/courses/tiny').course!)
	.flatMap((lesson) => lesson.steps.flatMap(activitiesOf))
	.find((one) => one.id === 'anna') as unknown as Vignette;

/** What the check says after a change. */
function after(change: (vignette: Vignette) => void): string {
	const copy = structuredClone(anna);
	change(copy);
	return check(copy)
		.map(({ path, message }) => `${path.join('.')}: ${message}`)
		.join('\n');
}

test('a conversation that holds together has no complaints', () => {
	expect(check(anna)).toEqual([]);
});

test.each<[string, (vignette: Vignette) => void, RegExp]>([
	['an opening that is not there', (one) => (one.opening = 'x'), /opening: there is no turn "x"/],
	[
		'two turns of one name',
		(one) => (one.turns[1]!.id = 'welcome'),
		/turns\.1\.id: there is a turn "welcome"/,
	],
	[
		'words for others without saying whose the first are',
		(one) => delete one.profession,
		/others: say whose/,
	],
	[
		'two sets of words for one profession',
		(one) => (one.others[0]!.profession = 'nurse'),
		/others\.0\.profession: there are words for "nurse" already/,
	],
	[
		'an option id used twice',
		(one) => (one.turns[1]!.options[0]!.id = 'own-day'),
		/"own-day" is taken already/,
	],
	[
		'a repair named like an option',
		(one) => (one.turns[0]!.options[1]!.repair!.id = 'ask-day'),
		/"ask-day" is taken/,
	],
	[
		'an option that leads nowhere',
		(one) => (one.turns[0]!.options[0]!.next = 'x'),
		/leads to "x", which is no turn/,
	],
	['a turn called end', (one) => (one.turns[1]!.id = 'end'), /means the end of the conversation/],
	['a loop', (one) => (one.turns[1]!.options[0]!.next = 'welcome'), /leads back to "welcome"/],
	[
		'a turn nobody gets to',
		(one) => one.turns[0]!.options.forEach((option) => (option.next = 'end')),
		/no option leads to "drink"/,
	],
	['an opening without words', (one) => delete one.turns[0]!.says, /needs `says`/],
	[
		'a turn where everything needs a flag',
		(one) => one.turns[1]!.options.forEach((option) => (option.needs = ['heard'])),
		/every option needs a flag/,
	],
	[
		'a flag that nothing sets',
		(one) => (one.turns[1]!.options[0]!.needs = ['label']),
		/needs "label", which no option before this turn sets/,
	],
	[
		'a flag that is only set later',
		(one) => (one.turns[0]!.options[0]!.needs = ['planAgreed']),
		/needs "planAgreed", which no option before this turn sets/,
	],
	[
		'two endings of one name',
		(one) => (one.endings[1]!.id = 'green-tea'),
		/there is an ending "green-tea" already/,
	],
	[
		'a repair that never comes',
		(one) => (one.turns[0]!.options[1]!.next = 'end'),
		/is never offered, as the conversation ends here/,
	],
	[
		'a turn without a good way on',
		(one) => (one.turns[1]!.options[0]!.quality = 'workable'),
		/no option is strong/,
	],
	[
		'a repair of what is not costly',
		(one) => (one.turns[0]!.options[1]!.quality = 'workable'),
		/only costly ones need it/,
	],
	[
		'a speech',
		(one) => (one.turns[0]!.options[0]!.text.da = 'ord '.repeat(150)),
		/turns\.0\.options\.0\.text\.da: is 600 characters long/,
	],
	[
		'a last ending with a condition',
		(one) => (one.endings[2]!.when = { flags: ['heard'] }),
		/the last ending takes the rest/,
	],
	['an ending before it without one', (one) => delete one.endings[0]!.when, /needs a `when`/],
	[
		'an ending out of reach',
		(one) => (one.endings[0]!.when = { trust: { atLeast: 100 } }),
		/no path through the conversation ends with "green-tea"/,
	],
	[
		'a strong option that is always the longest',
		(one) => {
			const turn = one.turns[1]!;
			turn.options[0]!.text.en =
				'a much longer way of asking which kind of tea somebody would like';
			const options = turn.options.map((option) => ({ ...option }));
			for (const at of [1, 2, 3]) {
				const id = `more-${at}`;
				one.turns.push({
					...turn,
					id,
					options: options.map((option) => ({ ...option, id: `${option.id}-${at}` })),
				});
				one.turns[0]!.options.push({ ...one.turns[0]!.options[0]!, id: `to-${at}`, next: id });
			}
		},
		/in English the strong option is the longest in \d of 5 turns/,
	],
])('complains of %s', (_, change, complaint) => {
	expect(after(change)).toMatch(complaint);
});
