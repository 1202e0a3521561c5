import * as v from 'valibot';
import { auditQuery, KINDS, readAudit } from '../../lib/server/audit-log.ts';
import { detailsOf, sentenceOf } from '../../lib/server/audit-words.ts';
import { text, UsageError, whole, type Command } from './command.ts';

const string = { type: 'string' } as const;

const list: Command = {
	name: 'audit list',
	takes: '',
	about: 'Who did what to whom, when; latest first.',
	help: [
		`--kind <kind>        ${Object.keys(KINDS).join(', ')}`,
		'--person <text>      name, address or id: who did it, or to whom',
		'--from <day>         2026-11-28, by this machine’s clock',
		'--to <day>           the last day, included',
		'--before <number>    only what stands before this number, for the next page',
		'--most <n>           how many; 50 if it is not given',
	],
	options: {
		kind: string,
		person: string,
		from: string,
		to: string,
		before: string,
		most: string,
	},
	arguments: [0, 0],
	async run({ open }, { values }) {
		const query = v.parse(auditQuery, values);
		for (const name of ['kind', 'from', 'to', 'before'] as const)
			if (values[name] !== undefined && String(query[name]) !== text(values[name]))
				throw new UsageError(`--${name}: "${text(values[name])}" is not known; see --help.`);
		const { entries, next } = await readAudit(await open(), query, whole('most', values.most, 50));
		const lines = entries.map((entry) =>
			[entry.seq, entry.at.toISOString(), sentenceOf(entry, 'en'), ...detailsOf(entry, 'en')].join(
				'  ',
			),
		);
		if (next !== null) lines.push(`More: --before ${next}`);
		return { text: lines.join('\n') || 'The log has nothing that fits.', data: { entries, next } };
	},
};

export const audit: Command[] = [list];
