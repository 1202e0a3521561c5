import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { note, type Action } from '../audit.ts';
import { fields } from '../auth/accounts.ts';
import { forget } from '../auth/forget.ts';
import type { Outcome } from '../auth/outcome.ts';
import { isLastAdministrator } from '../auth/people.ts';
import { endAllSessions } from '../auth/sessions.ts';
import { createToken } from '../auth/tokens.ts';
import type { Database, Queries } from '../db/database.ts';
import { ROLES, type Role } from '../db/schema.ts';
import { compose } from '../mail/compose.ts';
import { enqueue } from '../mail/queue.ts';
import type { SecretBox } from '../secret-box.ts';

/*
 * What administrators do to people. Each takes who does it (null for the command line) and is on record
 * in the same transaction; somebody must always be left who can let the others in.
 */

const id = v.pipe(v.string(), v.maxLength(64));

/** What the administrator's forms send. */
export const peopleForms = {
	role: v.object({ id, role: v.picklist(ROLES) }),
	person: v.object({ id }),
	remove: v.object({ id, confirm: v.pipe(v.string(), v.trim(), v.toLowerCase()) }),
	create: v.object({
		name: v.pipe(
			v.string(),
			v.trim(),
			v.nonEmpty(() => m.admin_people_name_missing()),
			v.maxLength(100, () => m.auth_name_long()),
		),
		email: fields.email,
		profession: fields.profession,
		role: v.picklist(ROLES),
		language: v.picklist(LANGUAGES),
	}),
};
export type NewPerson = v.InferOutput<typeof peopleForms.create>;

type Done = Outcome<{ done: true }>;
const DONE = { done: true } as const;
const DAY = 24 * 60 * 60 * 1000;
/** Milliseconds that an invited person has to choose a password. */
export const INVITED = 7 * DAY;

export async function setRole(
	db: Database,
	{ id, role }: { id: string; role: Role },
	actor: string | null,
	now = new Date(),
): Promise<Done> {
	return db.tx(async (tx) => {
		const person = await account(db, tx, id);
		if (!person) return { refused: m.admin_people_unknown() };
		if (person.role === role) return DONE;
		if (role !== 'administrator' && (await isLastAdministrator(db, tx, id)))
			return { refused: m.admin_last() };
		await tx.update(db.tables.users).set({ role }).where(eq(db.tables.users.id, id));
		const details = { from: person.role, to: role };
		await noteOn(db, tx, actor, 'person.role-changed', id, now, details);
		return DONE;
	});
}

/** Shuts a person out at once, or lets them in again. Nothing of theirs is lost. */
export async function setDisabled(
	db: Database,
	id: string,
	disabled: boolean,
	actor: string | null,
	now = new Date(),
): Promise<Done> {
	return db.tx(async (tx) => {
		const person = await account(db, tx, id);
		if (!person) return { refused: m.admin_people_unknown() };
		if ((person.disabledAt !== null) === disabled) return DONE;
		if (disabled && (await isLastAdministrator(db, tx, id))) return { refused: m.admin_last() };
		const disabledAt = disabled ? now : null;
		await tx.update(db.tables.users).set({ disabledAt }).where(eq(db.tables.users.id, id));
		if (disabled) await endAllSessions(tx, db.tables, id);
		await noteOn(db, tx, actor, disabled ? 'person.disabled' : 'person.enabled', id, now);
		return DONE;
	});
}

/** Signs somebody out of every device; they may sign in again. */
export async function signOutEverywhere(
	db: Database,
	id: string,
	actor: string | null,
	now = new Date(),
): Promise<Done> {
	return db.tx(async (tx) => {
		if (!(await account(db, tx, id))) return { refused: m.admin_people_unknown() };
		await endAllSessions(tx, db.tables, id);
		await noteOn(db, tx, actor, 'person.signed-out', id, now);
		return DONE;
	});
}

/**
 * Deletes a person and everything of theirs, for ever.
 *
 * @param confirm their address in lower case, as a sign that it is meant
 */
export async function deletePerson(
	db: Database,
	{ id, confirm }: { id: string; confirm: string },
	actor: string | null,
	now = new Date(),
): Promise<Done> {
	return db.tx(async (tx) => {
		const person = await account(db, tx, id);
		if (!person) return { refused: m.admin_people_unknown() };
		if (confirm !== person.email) return { refused: m.admin_people_confirm_wrong() };
		if (await isLastAdministrator(db, tx, id)) return { refused: m.admin_last() };
		await forget(db, tx, [id]);
		await noteOn(db, tx, actor, 'person.deleted', id, now, { role: person.role });
		return DONE;
	});
}

export interface Invited {
	id: string;
	/** The token of a link for choosing a password; good for `INVITED`. */
	token: string;
}

/** A new person without a password, and a link for choosing one. */
export async function createPerson(
	db: Database,
	form: NewPerson,
	actor: string | null,
	letter?: { box: SecretBox; origin: string },
	now = new Date(),
): Promise<Outcome<Invited>> {
	return db.tx(async (tx) => {
		const { users } = db.tables;
		const [taken] = await tx
			.select({ id: users.id })
			.from(users)
			.where(eq(users.email, form.email));
		if (taken) return { refused: m.auth_email_taken(), field: 'email' };
		const id = crypto.randomUUID();
		const { name, email, profession, role, language } = form;
		await tx.insert(users).values({
			id,
			name,
			email,
			profession: profession || null,
			role,
			language,
			isGuest: false,
			createdAt: now,
		});
		const token = await createToken(tx, db.tables, 'reset', id, now, INVITED);
		await noteOn(db, tx, actor, 'person.created', id, now, { role });
		if (letter) {
			const { box, origin } = letter;
			const link = `${origin}/${language}/reset/${token}`;
			const about = { to: email, userId: id, kind: 'invitation' as const };
			await enqueue(db, tx, box, [{ ...about, ...welcome(name, link, language) }], now);
		}
		return { id, token };
	});
}

/** A link's token by which somebody chooses a new password, to be handed to them by whoever asks for it. */
export async function passwordLink(
	db: Database,
	id: string,
	actor: string | null,
	now = new Date(),
): Promise<Outcome<{ token: string }>> {
	return db.tx(async (tx) => {
		const person = await account(db, tx, id);
		if (!person) return { refused: m.admin_people_unknown() };
		const token = await createToken(tx, db.tables, 'reset', id, now);
		await noteOn(db, tx, actor, 'person.link-made', id, now);
		return { token };
	});
}

function welcome(name: string, link: string, locale: Language) {
	return compose({
		locale,
		subject: m.admin_people_letter_subject({}, { locale }),
		paragraphs: [
			m.admin_people_letter_hello({ name }, { locale }),
			m.admin_people_letter_text({}, { locale }),
		],
		action: { label: m.admin_people_letter_action({}, { locale }), href: link },
		footer: [m.admin_people_letter_footer({}, { locale })],
	});
}

/** Somebody with an account; guests are nobody's to manage. */
async function account({ tables: { users } }: Database, tx: Queries, id: string) {
	const [found] = await tx
		.select()
		.from(users)
		.where(and(eq(users.id, id), eq(users.isGuest, false)));
	return found;
}

function noteOn(
	db: Database,
	tx: Queries,
	actor: string | null,
	action: Action,
	id: string,
	now: Date,
	details: Record<string, unknown> = {},
): Promise<void> {
	return note(db, tx, { actor, action, on: ['person', id], details }, now);
}
