import * as v from 'valibot';
import {
	clientForm,
	createClient,
	disableClient,
	listClients,
	USUAL_RATE,
} from '../../lib/server/lrs/clients.ts';
import { SCOPES } from '../../lib/server/lrs/scopes.ts';
import { columns, CommandError, text, UsageError, whole, type Command } from './command.ts';

/** Words between commas. */
const listOf = (value: string | boolean | undefined) =>
	(text(value) ?? '')
		.split(',')
		.map((one) => one.trim())
		.filter(Boolean);

const add: Command = {
	name: 'lrs-client add',
	takes: '<name>',
	about: 'Let a program use the record store at /xapi, and print its key and secret.',
	help: [
		`--scopes <list>      what it may do, with commas: ${SCOPES.join(', ')}`,
		'--origins <list>     pages from where browsers may call, with commas; * for any',
		`--rate <n>           the most requests in a minute; ${USUAL_RATE} if it is not given`,
	],
	options: {
		scopes: { type: 'string' },
		origins: { type: 'string' },
		rate: { type: 'string' },
	},
	arguments: [1, 1],
	async run({ open }, { positionals: [name], values }) {
		const form = v.safeParse(clientForm, {
			name,
			scopes: listOf(values.scopes),
			origins: listOf(values.origins),
			ratePerMinute: whole('rate', values.rate, USUAL_RATE),
		});
		if (!form.success) {
			const [issue] = form.issues;
			throw new UsageError(`${v.getDotPath(issue) ?? 'name'}: ${issue.message}`);
		}
		const made = await createClient(await open(), form.output, null);
		return {
			text: [
				`key     ${made.id}`,
				`secret  ${made.secret}`,
				'The secret is shown only now: only its hash is kept.',
			].join('\n'),
			data: made,
		};
	},
};

const list: Command = {
	name: 'lrs-client list',
	takes: '',
	about: 'List programs that may use the record store.',
	arguments: [0, 0],
	async run({ open }) {
		const found = await listClients(await open());
		const rows = found.map((one) => [
			one.id,
			one.disabledAt ? 'disabled' : '',
			one.scopes.join(','),
			`${one.ratePerMinute}/min`,
			one.name,
		]);
		return { text: columns(rows) || 'There are no clients.', data: found };
	},
};

/** Shuts one out or lets it in. */
function disabling(name: string, about: string, isDisabled: boolean): Command {
	return {
		name,
		takes: '<key>',
		about,
		arguments: [1, 1],
		async run({ open }, { positionals: [id] }) {
			if (!(await disableClient(await open(), id!, isDisabled, null)))
				throw new CommandError(`There is no client "${id}"; see lrs-client list.`);
			return { text: isDisabled ? 'Disabled.' : 'Enabled.', data: { id, isDisabled } };
		},
	};
}

export const recordClients: Command[] = [
	add,
	list,
	disabling('lrs-client disable', 'Shut a program out at once; what it wrote stays.', true),
	disabling('lrs-client enable', 'Let a program in again.', false),
];
