import * as v from 'valibot';
import { readCode } from '../../lib/certificates/code.ts';
import { REASONS } from '../../lib/certificates/states.ts';
import { findCertificates, revoke, revokeForm } from '../../lib/server/certificates/revoke.ts';
import { columns, CommandError, granted, text, UsageError, type Command } from './command.ts';

const list: Command = {
	name: 'certificates list',
	takes: '[<search>]',
	about: 'List certificates by code, or by part of a name or address, latest first.',
	arguments: [0, 1],
	async run({ open }, { positionals: [search] }) {
		const { found, total } = await findCertificates(await open(), search ?? '', 1);
		const rows = found.map((one) => [
			one.code,
			one.issuedAt.toISOString().slice(0, 10),
			one.revokedAt ? 'revoked' : 'valid',
			one.course.en,
			one.name,
		]);
		return {
			text: [columns(rows), `${total} in all`].filter(Boolean).join('\n'),
			data: { total, found },
		};
	},
};

const revokeOne: Command = {
	name: 'certificates revoke',
	takes: '<code>',
	about: 'Revoke a certificate, for good.',
	help: [
		`--reason <reason>    ${REASONS.join(', ')}`,
		'--note <text>        for administrators only',
	],
	options: { reason: { type: 'string' }, note: { type: 'string' } },
	arguments: [1, 1],
	async run({ open }, { positionals: [code], values }) {
		const given = { reason: text(values.reason), note: text(values.note) };
		const form = v.safeParse(revokeForm, { id: '', ...given });
		if (!form.success)
			throw new UsageError(
				`--reason must be one of ${REASONS.join(', ')}; --note at most 500 long.`,
			);
		const db = await open();
		// Only a code names exactly one; anything else would be looked for in names.
		const isCode = 'code' in readCode(code!);
		const [one] = isCode ? (await findCertificates(db, code!, 1)).found : [];
		if (!one) throw new CommandError(`There is no certificate with the code "${code}".`);
		granted(await revoke(db, null, { ...form.output, id: one.id }));
		return { text: `Revoked: ${one.name}, ${one.course.en}.`, data: { id: one.id } };
	},
};

export const certificates: Command[] = [list, revokeOne];
