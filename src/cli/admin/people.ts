import { and, eq, or } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../lib/server/db/database.ts';
import { ROLES, type Role } from '../../lib/server/db/schema.ts';
import {
	createPerson,
	deletePerson,
	passwordLink,
	peopleForms,
	setDisabled,
	setRole,
	signOutEverywhere,
} from '../../lib/server/people/deeds.ts';
import { listPeople, peopleQuery } from '../../lib/server/people/list.ts';
import {
	boxOf,
	columns,
	CommandError,
	granted,
	originOf,
	text,
	UsageError,
	type Answer,
	type Command,
} from './command.ts';

const string = { type: 'string' } as const;
const boolean = { type: 'boolean' } as const;
const ORIGIN = '--origin <address>   where people reach the server; ORIGIN if it is not given';

/** Somebody with an account, by id or by address. */
export async function find(db: Database, named: string) {
	const { users } = db.tables;
	const [person] = await db.read
		.select({ id: users.id, name: users.name, email: users.email, language: users.language })
		.from(users)
		.where(
			and(eq(users.isGuest, false), or(eq(users.id, named), eq(users.email, named.toLowerCase()))),
		);
	if (!person) throw new CommandError(`There is nobody with the id or address "${named}".`);
	return person;
}

function role(given: string | undefined): Role {
	const found = ROLES.find((one) => one === given);
	if (!found) throw new UsageError(`The role must be one of ${ROLES.join(', ')}.`);
	return found;
}

/** A deed on one person. */
function onPerson(
	name: string,
	about: string,
	said: string,
	act: (db: Database, id: string) => ReturnType<typeof setDisabled>,
): Command {
	return {
		name,
		takes: '<person>',
		about,
		arguments: [1, 1],
		async run({ open }, { positionals: [named] }) {
			const db = await open();
			const person = await find(db, named!);
			granted(await act(db, person.id));
			return { text: `${person.name} ${said}.`, data: { id: person.id } };
		},
	};
}

const list: Command = {
	name: 'people list',
	takes: '',
	about: 'List people with accounts, newest first, 25 on a page.',
	help: [
		'--search <text>      part of a name or address',
		`--role <role>        ${ROLES.join(', ')}`,
		'--disabled           only those who are shut out',
		'--page <n>',
	],
	options: { search: string, role: string, disabled: boolean, page: string },
	arguments: [0, 0],
	async run({ open }, { values }) {
		const query = v.parse(peopleQuery, {
			q: text(values.search) ?? '',
			role: values.role === undefined ? '' : role(text(values.role)),
			state: values.disabled ? 'disabled' : '',
			page: text(values.page) ?? '1',
		});
		const found = await listPeople(await open(), query);
		const rows = found.people.map((one) => [
			one.id,
			one.email ?? '',
			one.role,
			one.disabledAt ? 'shut out' : '',
			one.name,
		]);
		return {
			text: [columns(rows), `${found.total} in all, page ${query.page} of ${found.pages}`].join(
				'\n',
			),
			data: found,
		};
	},
};

const create: Command = {
	name: 'people create',
	takes: '<address>',
	about: 'Add a person, and print a link for choosing a password, or send it to them.',
	help: [
		'--name <name>        required',
		`--role <role>        ${ROLES.join(', ')}; learner if it is not given`,
		'--profession <text>',
		'--language da|en     of letters and pages; da if it is not given',
		'--mail               send the link by mail instead of printing it',
		ORIGIN,
	],
	options: {
		name: string,
		role: string,
		profession: string,
		language: string,
		mail: boolean,
		origin: string,
	},
	arguments: [1, 1],
	async run(context, given) {
		const { values, positionals } = given;
		const parsed = v.safeParse(peopleForms.create, {
			name: text(values.name) ?? '',
			email: positionals[0],
			profession: text(values.profession),
			role: text(values.role) ?? 'learner',
			language: text(values.language) ?? 'da',
		});
		if (!parsed.success) {
			const [issue] = parsed.issues;
			throw new UsageError(`${v.getDotPath(issue) ?? 'address'}: ${issue.message}`);
		}
		const origin = originOf(context, given);
		const letter = values.mail ? { box: boxOf(context), origin } : undefined;
		const db = await context.open();
		const { id, token } = granted(await createPerson(db, parsed.output, null, letter));
		const link = `${origin}/${parsed.output.language}/reset/${token}`;
		return letter
			? { text: `${parsed.output.name} is added; the letter is in the queue.`, data: { id } }
			: linked(`${parsed.output.name} is added. For seven days, once:`, id, link);
	},
};

const resetLink: Command = {
	name: 'people reset-link',
	takes: '<person>',
	about: 'Print a link by which somebody chooses a new password, once and within an hour.',
	help: [ORIGIN],
	options: { origin: string },
	arguments: [1, 1],
	async run(context, given) {
		const origin = originOf(context, given);
		const db = await context.open();
		const person = await find(db, given.positionals[0]!);
		const { token } = granted(await passwordLink(db, person.id, null));
		const link = `${origin}/${person.language}/reset/${token}`;
		return linked(`For ${person.name}, once and within an hour:`, person.id, link);
	},
};

function linked(said: string, id: string, link: string): Answer {
	return { text: `${said}\n${link}`, data: { id, link } };
}

const changeRole: Command = {
	name: 'people role',
	takes: '<person> <role>',
	about: `Change somebody's role: ${ROLES.join(', ')}.`,
	arguments: [2, 2],
	async run({ open }, { positionals: [named, wanted] }) {
		const to = role(wanted);
		const db = await open();
		const person = await find(db, named!);
		granted(await setRole(db, { id: person.id, role: to }, null));
		return { text: `${person.name} is ${to} now.`, data: { id: person.id, role: to } };
	},
};

const remove: Command = {
	name: 'people delete',
	takes: '<person>',
	about: 'Delete a person and everything of theirs, for ever.',
	help: ['--yes                required: it is meant'],
	options: { yes: boolean },
	arguments: [1, 1],
	async run({ open }, { positionals: [named], values }) {
		if (!values.yes) throw new UsageError('Nothing was deleted. Add --yes if it is meant.');
		const db = await open();
		const { id, name, email } = await find(db, named!);
		granted(await deletePerson(db, { id, confirm: email ?? '' }, null));
		return { text: `${name} is deleted.`, data: { id } };
	},
};

export const people: Command[] = [
	list,
	create,
	changeRole,
	onPerson(
		'people disable',
		'Shut somebody out at once; nothing of theirs is lost.',
		'is shut out',
		(db, id) => setDisabled(db, id, true, null),
	),
	onPerson('people enable', 'Let somebody in again.', 'may sign in again', (db, id) =>
		setDisabled(db, id, false, null),
	),
	onPerson(
		'people sign-out',
		'Sign somebody out of every device.',
		'is signed out everywhere',
		(db, id) => signOutEverywhere(db, id, null),
	),
	resetLink,
	remove,
];
