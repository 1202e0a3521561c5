import { error } from '@sveltejs/kit';
import { and, eq, lt } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { MOST_PEOPLE, readPeople, type PersonRow } from '#lib/teaching/people-file.ts';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import { pagesFor } from '../search.ts';
import type { SecretBox } from '../secret-box.ts';
import { LARGEST_FILE, readTable, type FileProblem } from '../spreadsheets/read.ts';
import type { Sender } from './invitations.ts';
import { invite, knownIn, type Inviting } from './inviting.ts';
import { groupToChange } from './rights.ts';

const DAY = 24 * 60 * 60 * 1000;
const PAGE = 50;

/** What is kept of a file until its educator says yes or no. */
interface Kept {
	/** The file's name. */
	file: string;
	people: PersonRow[];
}

/** What is wrong with a row, by itself or beside what the group has. */
export type Problem = PersonRow['problems'][number] | 'member' | 'invited';

/** A row as it is looked at before anything is done. */
export interface PreviewRow extends Omit<PersonRow, 'problems'> {
	problems: Problem[];
	/** Somebody who has an account here already. */
	hasAccount: boolean;
	/** Whether it is left out. */
	isBad: boolean;
}

/** With these a row is good nevertheless: the letter comes in another language. */
const HARMLESS: Problem[] = ['language-unknown'];

/**
 * Reads a file and keeps what it tells until somebody has looked at it; an older file of theirs for
 * the same group gives way.
 *
 * @throws 404 to who does not follow the group, 403 when it is archived
 */
export async function keepFile(
	db: Database,
	actor: string,
	groupId: string,
	file: File,
	now = new Date(),
): Promise<Outcome<{ id: string }>> {
	// Who may not change the group has nothing read.
	await groupToChange(db, db.read, actor, groupId);
	const people = await peopleIn(file);
	if ('refused' in people) return people;
	const { imports } = db.tables;
	const id = crypto.randomUUID();
	const rows: Kept = { file: fileName(file.name), people: people.people };
	return db.tx(async (tx) => {
		await groupToChange(db, tx, actor, groupId);
		await tx.delete(imports).where(and(eq(imports.groupId, groupId), eq(imports.createdBy, actor)));
		await tx.insert(imports).values({ id, groupId, createdBy: actor, createdAt: now, rows });
		return { id };
	});
}

/** As it is shown; without what PostgreSQL does not store. */
function fileName(name: string): string {
	return name.slice(0, 200).replaceAll(/[\p{Cc}\p{Cs}]/gu, '');
}

async function peopleIn(file: File): Promise<Outcome<{ people: PersonRow[] }>> {
	if (file.size > LARGEST_FILE) return refusal('too-large');
	const table = await readTable(new Uint8Array(await file.arrayBuffer()));
	if ('problem' in table) return refusal(table.problem, table.row);
	const read = readPeople(table.rows);
	return 'problem' in read ? refusal(read.problem) : read;
}

function refusal(problem: FileProblem, row = 0) {
	return { refused: fileWords(problem, row), field: 'file' };
}

function fileWords(problem: FileProblem, row: number): string {
	const megabytes = LARGEST_FILE / 1024 / 1024;
	return {
		empty: () => m.teach_import_file_empty(),
		'too-large': () => m.teach_import_file_large({ megabytes }),
		'old-excel': () => m.teach_import_file_old(),
		'no-table': () => m.teach_import_file_no_table(),
		broken: () => m.teach_import_file_broken(),
		'unpacks-too-large': () => m.teach_import_file_unpacks(),
		'too-many': () => m.teach_import_file_many({ most: MOST_PEOPLE }),
		'no-email': () => m.teach_import_file_no_email(),
		'no-name': () => m.teach_import_file_no_name(),
		nobody: () => m.teach_import_file_nobody(),
		quotes: () => m.teach_import_file_quotes({ row }),
	}[problem]();
}

/** The preview of a file: figures of the whole of it, and a page of its rows. */
export async function previewImport(
	db: Database,
	actor: string,
	groupId: string,
	id: string,
	{ page, onlyProblems }: { page: number; onlyProblems: boolean },
	now = new Date(),
) {
	const { file, people } = await findImport(db, db.read, actor, groupId, id);
	const all = await judge(db, db.read, groupId, people, now);
	const bad = all.filter(({ isBad }) => isBad).length;
	const shown = onlyProblems ? all.filter(({ problems }) => problems.length > 0) : all;
	return {
		id,
		file,
		counts: {
			rows: all.length,
			good: all.length - bad,
			bad,
			withAccount: all.filter(({ isBad, hasAccount }) => !isBad && hasAccount).length,
		},
		rows: shown.slice((page - 1) * PAGE, page * PAGE),
		pages: pagesFor(shown.length, PAGE),
	};
}

/** Every row beside what the group has by now. */
async function judge(
	db: Database,
	queries: Queries,
	groupId: string,
	people: PersonRow[],
	now: Date,
): Promise<PreviewRow[]> {
	const addresses = people
		.filter(({ problems }) => !problems.includes('email-wrong'))
		.flatMap(({ email }) => email || []);
	const known = await knownIn(db, queries, groupId, [...new Set(addresses)], now);
	return people.map((person) => {
		const found = known.get(person.email);
		const problems: Problem[] = [
			...person.problems,
			...(found?.isMember ? (['member'] as const) : []),
			...(found?.isInvited && !found.isMember ? (['invited'] as const) : []),
		];
		return {
			...person,
			problems,
			hasAccount: found?.account !== undefined,
			isBad: problems.some((problem) => !HARMLESS.includes(problem)),
		};
	});
}

/** How many letters a yes would send. */
export async function countGood(
	db: Database,
	actor: string,
	groupId: string,
	id: string,
	now = new Date(),
): Promise<number> {
	const { people } = await findImport(db, db.read, actor, groupId, id);
	const all = await judge(db, db.read, groupId, people, now);
	return all.filter(({ isBad }) => !isBad).length;
}

/**
 * Invites everybody whose row is good, all or none of them; the rest is left out, as the preview said.
 *
 * @throws 404 to who does not follow the group or when the file is gone, 403 when the group is archived
 */
export async function confirmImport(
	db: Database,
	box: SecretBox,
	{ actor, origin }: Sender,
	groupId: string,
	id: string,
	language: Language,
	now = new Date(),
): Promise<Outcome<{ invited: number; leftOut: number }>> {
	const { imports } = db.tables;
	return db.tx(async (tx) => {
		const { group, organisation } = await groupToChange(db, tx, actor.id, groupId);
		const { people } = await findImport(db, tx, actor.id, groupId, id);
		const all = await judge(db, tx, groupId, people, now);
		const good = all.filter(({ isBad }) => !isBad);
		if (good.length === 0) return { refused: m.teach_import_nobody_good() };
		const inviting: Inviting = { group, organisation, from: actor, language, origin };
		const invitees = good.map(({ name, email, profession, language: own }) => ({
			name,
			email,
			profession: profession || null,
			language: own,
		}));
		const made = await invite(db, tx, box, invitees, inviting, now);
		await tx.delete(imports).where(eq(imports.id, id));
		const invited = made.length;
		const details = { rows: all.length, invited };
		const on = ['group', groupId] as const;
		await note(db, tx, { actor: actor.id, action: 'import.confirmed', on, details }, now);
		return { invited, leftOut: all.length - invited };
	});
}

/** Throws a file away: nothing of it stays. */
export async function dropImport(
	db: Database,
	actor: string,
	groupId: string,
	id: string,
): Promise<void> {
	const { imports } = db.tables;
	await db.tx(async (tx) => {
		await groupToChange(db, tx, actor, groupId);
		await tx
			.delete(imports)
			.where(and(eq(imports.id, id), eq(imports.groupId, groupId), eq(imports.createdBy, actor)));
	});
}

/** Only whoever uploaded a file looks at it. @throws 404 */
async function findImport(
	{ tables: { imports } }: Database,
	queries: Queries,
	actor: string,
	groupId: string,
	id: string,
): Promise<Kept> {
	const [found] = await queries
		.select({ rows: imports.rows })
		.from(imports)
		.where(and(eq(imports.id, id), eq(imports.groupId, groupId), eq(imports.createdBy, actor)));
	return found ? (found.rows as Kept) : error(404, { message: m.teach_import_gone() });
}

/** Removes files that nobody has said yes or no to for a day: they hold names and addresses. */
export async function sweepImports(db: Database, now = new Date()): Promise<void> {
	const { imports } = db.tables;
	const old = new Date(now.getTime() - DAY);
	await db.tx(async (tx) => {
		await tx.delete(imports).where(lt(imports.createdAt, old));
	});
}

/** A file to fill in, with the headings in the reader's language; its mark makes Excel read it as UTF-8. */
export function template(language: Language): string {
	const locale = { locale: language };
	const headings = [
		m.teach_import_column_name({}, locale),
		m.teach_import_column_email({}, locale),
		m.teach_import_column_profession({}, locale),
		m.teach_import_column_language({}, locale),
	];
	const example = [
		m.teach_import_example_name({}, locale),
		m.teach_import_example_email({}, locale),
		m.teach_import_example_profession({}, locale),
		language,
	];
	return `\uFEFF${headings.join(';')}\r\n${example.join(';')}\r\n`;
}
