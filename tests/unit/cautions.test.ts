import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

// What learners read must keep to what the source says and to what it does not say.
const folder = 'courses/rygsamtalen';
const LEARNER_TEXTS = /\.(svx|yaml)$/;
const AUTHORS_ONLY = /facts\.yaml$/;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((name) => LEARNER_TEXTS.test(name) && !AUTHORS_ONLY.test(name))
	.map((name) => ({ name, text: withoutOriginals(readFileSync(join(folder, name), 'utf8')) }));

/** Without the wordings that a learner is to put right: those are wrong on purpose. */
function withoutOriginals(text: string): string {
	return text.replaceAll(/^( *)original:\n(?:\1 +.*\n)+/gm, '');
}

const matching = (pattern: RegExp, where: (name: string) => boolean = () => true) =>
	files
		.filter(({ name }) => where(name))
		.flatMap(({ name, text }) =>
			text
				.split('\n')
				.flatMap((line, at) => (pattern.test(line) ? [`${name}:${at + 1} ${line}`] : [])),
		);

describe('learner texts', () => {
	test('say "at least 97 of 100" and never 97 per cent', () => {
		expect(matching(/97\s?(%|procent|per cent|percent)/i)).toEqual([]);
		const bare = matching(/97 (af|af de|of|out of) 100/i).filter(
			(line) => !/mindst|at least/i.test(line),
		);
		expect(bare).toEqual([]);
	});

	test('name neither paracetamol nor opioids', () => {
		expect(
			matching(/para[cs]etamol|panodil|pamol|opioid|morfin|morphine|tramadol|kodein|codeine/i),
		).toEqual([]);
	});

	test('keep acupuncture out of the lists of what is and is not recommended', () => {
		const lists = (name: string) => name.includes('pain-relief-follows-guidelines');
		expect(matching(/akupunktur|acupuncture/i, lists)).toEqual([]);
		const bank = files.find(({ name }) => name === 'final-test.yaml')!.text;
		const entry = bank.split(/^ {2}- lesson: /m).find((part) => part.startsWith('pain-relief'))!;
		expect(entry).not.toMatch(/akupunktur|acupuncture/i);
	});

	test('never leave it at "scans mean nothing", and give the nuance in both languages', () => {
		const prose = (name: string) => name.includes('imaging') && name.endsWith('.svx');
		const said = matching(/betyder (ingenting|intet)|means? nothing/i, prose).filter(
			(line) => !/forkert|wrong/.test(line),
		);
		expect(said).toEqual([]);
		expect(matching(/fact:f-img-nuance/, prose)).toHaveLength(2);
	});
});
