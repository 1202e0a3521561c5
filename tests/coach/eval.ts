import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { assess } from '../../src/lib/coach/assess.ts';
import {
	ACTS,
	FLAGS,
	type Act,
	type Assessment,
	type FlagKind,
} from '../../src/lib/coach/contract.ts';
import type { Language } from '../../src/lib/course/language.ts';

/**
 * `npm run coach:eval [-- file.jsonl …]`: how well the coach reads labelled sets (README.md beside this
 * file says how they are labelled). Prints figures for each language, a confusion matrix, and the twenty
 * worst mistakes.
 */
export interface Labelled {
	id: string;
	lang: Language;
	text: string;
	act: Act;
	asks: Assessment['asks'];
	form: Assessment['form'];
	reflects: boolean;
	flags: { kind: FlagKind; text: string }[];
}

export interface Rates {
	precision: number;
	recall: number;
	f1: number;
	/** How many are labelled so. */
	count: number;
}

export interface Report {
	count: number;
	accuracy: number;
	macroF1: number;
	acts: Record<Act, Rates>;
	flags: Record<FlagKind, Rates>;
	reflects: Rates;
	asks: number;
	/** Labelled, then read. */
	confusion: Record<Act, Record<Act, number>>;
	unsure: number;
	/** Worst first. */
	mistakes: { weight: number; said: string; text: string }[];
}

export const SETS = ['tests/coach/da.jsonl', 'tests/coach/en.jsonl'];

export function readSet(file: string): Labelled[] {
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => JSON.parse(line) as Labelled);
}

export function evaluate(rows: readonly Labelled[]): Report {
	const pairs = rows.map((row) => ({ row, read: assess(row.text, { lang: row.lang }) }));
	const hasFlag = (list: { kind: FlagKind }[], kind: FlagKind) =>
		list.some((one) => one.kind === kind);
	const acts = Object.fromEntries(
		ACTS.map((act) => [
			act,
			ratesOf(
				pairs,
				({ row }) => row.act === act,
				({ read }) => read.act === act,
			),
		]),
	) as Report['acts'];
	const flags = Object.fromEntries(
		FLAGS.map((kind) => [
			kind,
			ratesOf(
				pairs,
				({ row }) => hasFlag(row.flags, kind),
				({ read }) => hasFlag(read.flags, kind),
			),
		]),
	) as Report['flags'];
	const confusion = Object.fromEntries(
		ACTS.map((labelled) => [
			labelled,
			Object.fromEntries(
				ACTS.map((read) => [
					read,
					pairs.filter((pair) => pair.row.act === labelled && pair.read.act === read).length,
				]),
			),
		]),
	) as Report['confusion'];
	const share = (holds: (pair: Pair) => boolean) => pairs.filter(holds).length / pairs.length;
	return {
		count: rows.length,
		accuracy: share(({ row, read }) => row.act === read.act),
		macroF1: ACTS.reduce((sum, act) => sum + acts[act].f1, 0) / ACTS.length,
		acts,
		flags,
		reflects: ratesOf(
			pairs,
			({ row }) => row.reflects,
			({ read }) => read.reflects,
		),
		asks: share(({ row, read }) => row.asks === read.asks),
		confusion,
		unsure: pairs.filter(({ read }) => read.unsure).length,
		mistakes: pairs.flatMap(mistakesOf).sort((a, b) => b.weight - a.weight),
	};
}

interface Pair {
	row: Labelled;
	read: Assessment;
}

function ratesOf(
	pairs: readonly Pair[],
	is: (pair: Pair) => boolean,
	said: (pair: Pair) => boolean,
): Rates {
	const hits = pairs.filter((pair) => is(pair) && said(pair)).length;
	const count = pairs.filter(is).length;
	const precision = hits / (pairs.filter(said).length || 1);
	const recall = hits / (count || 1);
	return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1), count };
}

/** A wrong scolding weighs most, a miss least. */
function mistakesOf({ row, read }: Pair): Report['mistakes'] {
	const { text } = row;
	const wrong = read.flags.filter(({ kind }) => !row.flags.some((flag) => flag.kind === kind));
	const missed = row.flags.filter(({ kind }) => !read.flags.some((flag) => flag.kind === kind));
	return [
		...wrong.map(({ kind, start, end }) => ({
			weight: 3,
			said: `${kind} (“${text.slice(start, end)}”), and is not`,
			text,
		})),
		...(read.act === row.act
			? []
			: [{ weight: read.unsure ? 1 : 2, said: `${read.act}, and is ${row.act}`, text }]),
		...missed.map((flag) => ({
			weight: 1,
			said: `nothing of ${flag.kind} (“${flag.text}”)`,
			text,
		})),
	];
}

function print(title: string, report: Report): void {
	const round = (rate: number) => Math.round(rate * 1000) / 1000;
	const table = (rates: Record<string, Rates>) =>
		console.table(
			Object.fromEntries(
				Object.entries(rates).map(([name, { precision, recall, f1, count }]) => [
					name,
					{ precision: round(precision), recall: round(recall), f1: round(f1), count },
				]),
			),
		);
	console.log(`\n${title}: ${report.count} utterances`);
	console.log(
		`act: accuracy ${round(report.accuracy)}, macro-F1 ${round(report.macroF1)}; asks: ${round(report.asks)}; unsure of ${report.unsure}`,
	);
	table({ ...report.acts, 'sounds like a reflection': report.reflects });
	table(report.flags);
	console.log('labelled (down) and read (across)');
	console.table(report.confusion);
	console.log('The twenty worst mistakes:');
	for (const { said, text } of report.mistakes.slice(0, 20)) console.log(`  ${said}: ${text}`);
}

if (import.meta.main) {
	const files = argv.slice(2);
	const rows = (files.length > 0 ? files : SETS).flatMap(readSet);
	for (const [lang, own] of Map.groupBy(rows, (row) => row.lang)) print(lang, evaluate(own));
}
