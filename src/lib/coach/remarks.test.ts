import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import fc from 'fast-check';
import { assess } from './assess.ts';
import { GOALS, IDEAS, PRAISE, type Goal } from './contract.ts';
import { remarksOn } from './remarks.ts';

const topics = (lang: Language, text: string, goal?: Goal) =>
	remarksOn(assess(text, { lang, goal }), goal).map(({ topic }) => topic);

describe('what a colleague would say', () => {
	test.each<[string, Goal | undefined, string[]]>([
		['Hvad fylder mest for dig lige nu?', 'explore', ['opens']],
		['Vil du fortælle, hvordan det begyndte?', 'explore', ['invites']],
		['Er det værst om morgenen?', 'explore', ['closes']],
		['Er det værst om morgenen?', undefined, []],
		['Har du haft feber?', 'rule-out', ['screens']],
		['Hvad tænker du selv, det er?', 'rule-out', ['screens-wide']],
		['Hvorfor gik du ikke til lægen før?', 'explore', ['why']],
		['Så du er bange for, at den går i stykker.', 'summarise', ['mirrors']],
		['De fleste får det bedre i løbet af nogle uger.', 'reassure', ['explains']],
		['De fleste får det bedre i løbet af nogle uger.', 'explore', ['tells-first']],
		['De fleste får det bedre i løbet af nogle uger.', 'summarise', ['no-summary']],
		['Du skal gå en tur hver dag.', 'plan', ['advises-first']],
		['Er det okay, hvis jeg fortæller, hvad andre har gjort?', 'plan', ['asks-leave']],
		['Det kan jeg godt forstå. Din ryg er slidt op.', 'explore', ['validates', 'flag']],
		['Hej og velkommen.', 'explore', []],
	])('“%s” (%s): %j', (text, goal, said) => {
		expect(topics('da', text, goal)).toEqual(said);
	});

	test('words that may hurt are said before questions that could be better', () => {
		const [first] = remarksOn(
			assess('Where does it hurt, and how do you sleep? Your back is worn out.', { lang: 'en' }),
			'explore',
		);
		expect(first?.flag?.kind).toBe('alarm');
	});
});

test.each(LANGUAGES)('two remarks at most, praise first, and no scolding in doubt: %s', (lang) => {
	const words =
		'så du er bange hvad kan jeg gøre ryggen slidt op ikke ? . so you feel what is worn out not'.split(
			' ',
		);
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(...words), { maxLength: 20 }),
			fc.option(fc.constantFrom(...GOALS), { nil: undefined }),
			(parts, goal) => {
				const assessment = assess(parts.join(' '), { lang });
				const remarks = remarksOn(assessment, goal);
				expect(remarks.length).toBeLessThanOrEqual(2);
				const tones = remarks.map(({ tone }) => tone);
				expect(tones.indexOf('praise')).toBeLessThanOrEqual(0);
				for (const { tone, topic, flag } of remarks) {
					if (tone === 'praise') expect(PRAISE).toContain(topic);
					if (tone === 'idea') expect(IDEAS).toContain(topic);
					expect(flag !== undefined).toBe(topic === 'flag');
					if (assessment.unsure && tone === 'idea') expect(topic).toBe('flag');
				}
			},
		),
	);
});
