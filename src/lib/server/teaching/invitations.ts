import { error } from '@sveltejs/kit';
import { and, asc, count, desc, eq, isNull, or } from 'drizzle-orm';
import * as v from 'valibot';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { readAddresses } from '#lib/teaching/addresses.ts';
import { endOfDay, isDay } from '#lib/teaching/rounds.ts';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database, Queries } from '../db/database.ts';
import { enqueue } from '../mail/queue.ts';
import { contains, pagesFor } from '../search.ts';
import type { SecretBox } from '../secret-box.ts';
import { newToken } from './invitation-token.ts';
import {
	invite,
	isWaiting,
	joinLink,
	knownIn,
	lastMoment,
	letterFor,
	type Invitation,
	type Inviting,
} from './inviting.ts';
import { bouncedTo } from './members.ts';
import { groupToChange, type Group } from './rights.ts';

const PAGE = 50;
const MOST_SEATS = 100_000;
/** Whoever writes to more than these has a file of them. */
const MOST_BY_HAND = 100;

/** What the forms of invitations send. Messages are in the language of the request. */
export const invitationForms = {
	link: v.object({
		lastDay: v.pipe(
			v.string(),
			v.trim(),
			v.check(isDay, () => m.teach_people_day_wrong()),
		),
		seats: v.pipe(
			v.optional(v.string(), ''),
			v.trim(),
			v.check(
				(text) => text === '' || (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= MOST_SEATS),
				() => m.teach_people_seats_wrong(),
			),
			v.transform((text) => (text === '' ? null : Number(text))),
		),
	}),
	mail: v.pipe(
		v.object({
			addresses: v.pipe(v.string(), v.maxLength(20_000)),
			language: v.picklist(LANGUAGES),
		}),
		v.transform(({ addresses, language }) => ({ ...readAddresses(addresses), language })),
	),
	chosen: v.object({ invitation: v.pipe(v.string(), v.maxLength(64)) }),
};

/** Who does it, and where this server is used. */
export interface Sender {
	actor: { id: string; name: string };
	origin: string;
}

/**
 * A link for as many as it has seats.
 *
 * @param lastDay in the organisation's time zone
 * @throws 404 to who does not follow the group, 403 when it is archived
 */
export async function createLink(
	db: Database,
	box: SecretBox,
	actor: string,
	groupId: string,
	{ lastDay, seats }: v.InferOutput<typeof invitationForms.link>,
	language: Language,
	now = new Date(),
): Promise<Outcome<{ token: string }>> {
	const { id, token, secretHash } = newToken();
	return db.tx(async (tx) => {
		const { organisation } = await groupToChange(db, tx, actor, groupId);
		const expiresAt = endOfDay(lastDay, organisation.timeZone);
		if (expiresAt <= now) return { refused: m.teach_people_day_past(), field: 'lastDay' };
		if (expiresAt.getTime() - now.getTime() > 2 * 366 * 24 * 60 * 60 * 1000)
			return { refused: m.teach_people_day_far(), field: 'lastDay' };
		await tx.insert(db.tables.invitations).values({
			id,
			groupId,
			kind: 'link',
			email: null,
			language,
			secretHash,
			tokenSealed: box.seal(token),
			seats,
			used: 0,
			createdBy: actor,
			createdAt: now,
			expiresAt,
		});
		const details = { groupId, kind: 'link', seats };
		const on = ['invitation', id] as const;
		await note(db, tx, { actor, action: 'invitation.created', on, details }, now);
		return { token };
	});
}

/** A group's links, newest first; those that still let somebody in can be copied again. */
export async function linksOf(
	db: Database,
	box: SecretBox,
	groupId: string,
	{ origin, language }: { origin: string; language: Language },
	now = new Date(),
) {
	const { invitations } = db.tables;
	const rows = await db.read
		.select()
		.from(invitations)
		.where(and(eq(invitations.groupId, groupId), eq(invitations.kind, 'link')))
		.orderBy(desc(invitations.createdAt))
		.limit(50);
	return rows.map((row) => {
		const closed = linkClosed(row, now);
		return {
			id: row.id,
			seats: row.seats,
			used: row.used,
			/** Within the last day. */
			lastAt: new Date(row.expiresAt.getTime() - 1),
			closed,
			href: closed ? null : joinLink(origin, language, box.open(row.tokenSealed)),
		};
	});
}

/** Why a link lets nobody in any more; null while it does. */
function linkClosed({ revokedAt, expiresAt, seats, used }: Invitation, now: Date) {
	if (revokedAt) return 'revoked' as const;
	if (expiresAt <= now) return 'expired' as const;
	return seats !== null && used >= seats ? ('full' as const) : null;
}

/** How it went with several addresses at once. */
export interface Invited {
	invited: number;
	/** Who was left out, as they are in the group or have been asked already. */
	already: string[];
}

/**
 * Invites people by mail, each in their own language where it is known.
 *
 * @throws 404 to who does not follow the group, 403 when it is archived
 */
export async function inviteByMail(
	db: Database,
	box: SecretBox,
	{ actor, origin }: Sender,
	groupId: string,
	{ people, wrong, language }: v.InferOutput<typeof invitationForms.mail>,
	now = new Date(),
): Promise<Outcome<Invited>> {
	return db.tx(async (tx) => {
		const { group, organisation } = await groupToChange(db, tx, actor.id, groupId);
		const refused = unfit(people.length, wrong);
		if (refused) return { refused, field: 'addresses' };
		const all = people.map((one) => ({ ...one, profession: null, language: null }));
		const inviting: Inviting = { group, organisation, from: actor, language, origin };
		const made = await invite(db, tx, box, all, inviting, now);
		for (const { id } of made) {
			const details = { groupId, kind: 'mail' };
			const on = ['invitation', id] as const;
			await note(db, tx, { actor: actor.id, action: 'invitation.created', on, details }, now);
		}
		const asked = new Set(made.map(({ email }) => email));
		const already = people.map(({ email }) => email).filter((email) => !asked.has(email));
		return { invited: made.length, already };
	});
}

function unfit(count: number, wrong: string[]): string | undefined {
	if (wrong.length > 0)
		return m.teach_people_addresses_wrong({ addresses: wrong.slice(0, 5).join(', ') });
	if (count === 0) return m.teach_people_addresses_missing();
	return count > MOST_BY_HAND
		? m.teach_people_addresses_many({ most: MOST_BY_HAND, count })
		: undefined;
}

/**
 * Sends a letter once more, with a new last day; the link of the first one goes on working.
 *
 * @throws 404 to who does not follow the group, or when it is no letter of it; 403 when it is archived
 */
export async function sendAgain(
	db: Database,
	box: SecretBox,
	{ actor, origin }: Sender,
	groupId: string,
	invitationId: string,
	now = new Date(),
): Promise<Outcome<{ email: string }>> {
	const { invitations } = db.tables;
	return db.tx(async (tx) => {
		const { group, organisation } = await groupToChange(db, tx, actor.id, groupId);
		const found = await invitationOf(db, tx, group, invitationId);
		if (found.email === null || found.used > 0 || found.revokedAt)
			return { refused: m.teach_people_not_waiting() };
		const expiresAt = lastMoment(organisation.timeZone, now);
		await tx
			.update(invitations)
			.set({ expiresAt, declinedAt: null })
			.where(eq(invitations.id, found.id));
		const { email, language } = found;
		const known = await knownIn(db, tx, groupId, [email], now);
		const letter = letterFor(
			{ ...found, email, expiresAt },
			box.open(found.tokenSealed),
			{ group, organisation, from: actor, language, origin },
			known.get(email),
		);
		await enqueue(db, tx, box, [letter], now);
		const on = ['invitation', found.id] as const;
		await note(db, tx, { actor: actor.id, action: 'invitation.sent-again', on }, now);
		return { email };
	});
}

/** A link or letter lets nobody in any more; who came by it stays. @throws as `sendAgain` */
export async function revokeInvitation(
	db: Database,
	actor: string,
	groupId: string,
	invitationId: string,
	now = new Date(),
): Promise<{ done: true }> {
	const { invitations } = db.tables;
	return db.tx(async (tx) => {
		const { group } = await groupToChange(db, tx, actor, groupId);
		const found = await invitationOf(db, tx, group, invitationId);
		if (found.revokedAt) return { done: true };
		await tx.update(invitations).set({ revokedAt: now }).where(eq(invitations.id, found.id));
		const on = ['invitation', found.id] as const;
		await note(db, tx, { actor, action: 'invitation.revoked', on }, now);
		return { done: true };
	});
}

async function invitationOf(
	{ tables: { invitations } }: Database,
	tx: Queries,
	group: Group,
	id: string,
): Promise<Invitation> {
	const [found] = await tx
		.select()
		.from(invitations)
		.where(and(eq(invitations.id, id), eq(invitations.groupId, group.id)));
	return found ?? error(404, { message: m.teach_people_no_invitation() });
}

export type InviteeState = 'waiting' | 'bounced' | 'declined' | 'expired';

/** Who has been asked by mail and has not joined, newest first. Begin with `followedGroup`. */
export async function listInvited(
	db: Database,
	groupId: string,
	{ search, page }: { search: string; page: number },
	now = new Date(),
) {
	const { invitations } = db.tables;
	const where = and(
		eq(invitations.groupId, groupId),
		eq(invitations.kind, 'mail'),
		eq(invitations.used, 0),
		isNull(invitations.revokedAt),
		or(contains(invitations.name, search), contains(invitations.email, search)),
	);
	const rows = await db.read
		.select()
		.from(invitations)
		.where(where)
		.orderBy(desc(invitations.createdAt), asc(invitations.email))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const [counted] = await db.read.select({ total: count() }).from(invitations).where(where);
	const bounced = await bouncedTo(
		db,
		rows.map(({ email }) => email!),
	);
	const total = counted?.total ?? 0;
	return {
		invited: rows.map((row) => ({
			id: row.id,
			email: row.email!,
			name: row.name,
			profession: row.profession,
			lastAt: new Date(row.expiresAt.getTime() - 1),
			state: stateOf(row, bounced.has(row.email!), now),
			trouble: bounced.get(row.email!) ?? null,
		})),
		total,
		pages: pagesFor(total, PAGE),
	};
}

function stateOf(invitation: Invitation, hasBounced: boolean, now: Date): InviteeState {
	if (invitation.declinedAt) return 'declined';
	if (hasBounced) return 'bounced';
	return isWaiting(invitation, now) ? 'waiting' : 'expired';
}
