import { and, eq, inArray } from 'drizzle-orm';
import { isLanguage, type Language } from '#lib/course/language.ts';
import { dayIn, endOfDay } from '#lib/teaching/rounds.ts';
import type { Database, Queries } from '../db/database.ts';
import { invitationLetter } from '../mail/invitation-letter.ts';
import { enqueue, type Outgoing } from '../mail/queue.ts';
import type { SecretBox } from '../secret-box.ts';
import { newToken } from './invitation-token.ts';
import type { Group, Organisation } from './rights.ts';

export type Invitation = Database['tables']['invitations']['$inferSelect'];

/** Somebody to be invited by mail. */
export interface Invitee {
	/** Lower case. */
	email: string;
	name: string | null;
	profession: string | null;
	/** Null where it is not known; an account's own comes first. */
	language: Language | null;
}

/** What an address is to a group already. */
export interface Known {
	isMember: boolean;
	/** Has a letter that can still be answered. */
	isInvited: boolean;
	account?: { id: string; language: Language | null };
}

/** How long a letter can be answered. */
const DAYS_TO_ANSWER = 30;
/** SQLite takes so many values in one statement, and no more. */
const MANY = 500;

/** What some addresses are to a group; one that is nothing to it is not in the map. */
export async function knownIn(
	{ tables }: Pick<Database, 'tables'>,
	queries: Queries,
	groupId: string,
	addresses: string[],
	now: Date,
): Promise<Map<string, Known>> {
	const { invitations, members, users } = tables;
	const known = new Map<string, Known>();
	const at = (email: string) => {
		const one = known.get(email) ?? { isMember: false, isInvited: false };
		known.set(email, one);
		return one;
	};
	for (const some of inParts(addresses)) {
		const accounts = await queries
			.select({
				id: users.id,
				email: users.email,
				language: users.language,
				group: members.groupId,
			})
			.from(users)
			.leftJoin(members, and(eq(members.userId, users.id), eq(members.groupId, groupId)))
			.where(inArray(users.email, some));
		for (const { id, email, language, group } of accounts) {
			at(email!).account = { id, language: isLanguage(language) ? language : null };
			at(email!).isMember = group !== null;
		}
		const invited = await queries
			.select()
			.from(invitations)
			.where(and(eq(invitations.groupId, groupId), inArray(invitations.email, some)));
		for (const one of invited) if (isWaiting(one, now)) at(one.email!).isInvited = true;
	}
	return known;
}

/** Whether a letter can still be answered, and was not. */
export function isWaiting(
	{ used, revokedAt, declinedAt, expiresAt }: Invitation,
	now: Date,
): boolean {
	return used === 0 && !revokedAt && !declinedAt && expiresAt > now;
}

export interface Inviting {
	group: Group;
	organisation: Organisation;
	/** The educator. */
	from: { id: string; name: string };
	/** Of a letter to somebody of whom no other is known. */
	language: Language;
	/** Where this server is used, for the links: `https://kursus.example.dk`. */
	origin: string;
}

/**
 * Invites people by mail, in a transaction: who is a member or has been asked already is left out, and
 * an older invitation that came to nothing gives way. Begin with `groupToChange`.
 *
 * @returns the invitations' ids and addresses
 */
export async function invite(
	db: Pick<Database, 'tables'>,
	tx: Queries,
	box: SecretBox,
	people: Invitee[],
	inviting: Inviting,
	now: Date,
): Promise<{ id: string; email: string }[]> {
	const { invitations } = db.tables;
	const { group, organisation, from } = inviting;
	const addresses = people.map(({ email }) => email);
	const known = await knownIn(db, tx, group.id, addresses, now);
	const expiresAt = lastMoment(organisation.timeZone, now);
	const rows: Invitation[] = [];
	const letters: Outgoing[] = [];
	for (const person of people) {
		const already = known.get(person.email);
		if (already?.isMember || already?.isInvited) continue;
		const { id, token, secretHash } = newToken();
		const language = already?.account?.language ?? person.language ?? inviting.language;
		rows.push({
			...person,
			id,
			secretHash,
			groupId: group.id,
			kind: 'mail',
			language,
			tokenSealed: box.seal(token),
			seats: 1,
			used: 0,
			createdBy: from.id,
			createdAt: now,
			expiresAt,
			revokedAt: null,
			declinedAt: null,
		});
		letters.push(letterFor({ ...rows.at(-1)!, email: person.email }, token, inviting, already));
	}
	for (const some of inParts(rows)) {
		const theirs = some.map(({ email }) => email!);
		await tx
			.delete(invitations)
			.where(and(eq(invitations.groupId, group.id), inArray(invitations.email, theirs)));
		await tx.insert(invitations).values(some);
	}
	await enqueue(db, tx, box, letters, now);
	return rows.map(({ id, email }) => ({ id, email: email! }));
}

/** The letter of an invitation, to be put into the queue. */
export function letterFor(
	invitation: Pick<Invitation, 'name' | 'language' | 'expiresAt'> & { email: string },
	token: string,
	{ group, organisation, from, origin }: Inviting,
	known: Known | undefined,
): Outgoing {
	const { email, name, language, expiresAt } = invitation;
	const words = {
		name,
		from: from.name,
		group: group.name,
		organisation: organisation.name,
		link: joinLink(origin, language, token),
		expiresAt: new Date(expiresAt.getTime() - 1),
		timeZone: organisation.timeZone,
	};
	return {
		...invitationLetter(words, language),
		to: email,
		userId: known?.account?.id ?? null,
		kind: 'invitation',
	};
}

export function joinLink(origin: string, language: Language, token: string): string {
	return `${origin}/${language}/join/${token}`;
}

/** The end of the last day on which a letter of today can be answered. */
export function lastMoment(timeZone: string, now: Date): Date {
	const day = dayIn(timeZone, now).add({ days: DAYS_TO_ANSWER });
	return endOfDay(day.toString(), timeZone);
}

function inParts<T>(all: T[]): T[][] {
	const parts: T[][] = [];
	for (let from = 0; from < all.length; from += MANY) parts.push(all.slice(from, from + MANY));
	return parts;
}
