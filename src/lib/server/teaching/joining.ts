import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import { registerIn, type forms } from '../auth/accounts.ts';
import { isRefusal, type Outcome, type Refusal } from '../auth/outcome.ts';
import { hashPassword } from '../auth/password.ts';
import type { Session, SessionUser } from '../auth/sessions.ts';
import type { Database, Queries } from '../db/database.ts';
import { halves, isSecretOf } from './invitation-token.ts';
import type { Invitation } from './inviting.ts';
import { educatorNames } from './members.ts';
import type { Group, Organisation } from './rights.ts';

/** An invitation with what it leads to. */
export interface Way {
	invitation: Invitation;
	group: Group;
	organisation: Organisation;
}

/** Why an invitation lets nobody in. */
export type Closed = 'revoked' | 'expired' | 'full' | 'used' | 'archived';

/** What a link leads to; undefined for every link that never was one. */
export async function findWay(
	{ tables }: Pick<Database, 'tables'>,
	queries: Queries,
	token: string,
): Promise<Way | undefined> {
	const parts = halves(token);
	if (!parts) return undefined;
	const { groups, invitations, organisations } = tables;
	const [found] = await queries
		.select({ invitation: invitations, group: groups, organisation: organisations })
		.from(invitations)
		.innerJoin(groups, eq(groups.id, invitations.groupId))
		.innerJoin(organisations, eq(organisations.id, groups.organisationId))
		.where(eq(invitations.id, parts.id));
	return found && isSecretOf(found.invitation, parts.secret) ? found : undefined;
}

/** A letter that was declined can still be answered otherwise. */
export function closedBecause(
	{ invitation, group, organisation }: Way,
	now: Date,
): Closed | undefined {
	if (invitation.revokedAt) return 'revoked';
	if (group.archivedAt || organisation.archivedAt) return 'archived';
	if (invitation.kind === 'mail' && invitation.used > 0) return 'used';
	if (invitation.expiresAt <= now) return 'expired';
	const { seats, used } = invitation;
	return seats !== null && used >= seats ? 'full' : undefined;
}

/** What somebody who opens a link is told, whoever they are. */
export async function welcome(
	db: Database,
	token: string,
	user: SessionUser | null,
	now = new Date(),
) {
	const way = await findWay(db, db.read, token);
	if (!way) return undefined;
	const { invitation, group, organisation } = way;
	const member = user && !user.isGuest ? user : null;
	const { email } = invitation;
	return {
		group: { id: group.id, name: group.name },
		organisation: organisation.name,
		educators: (await educatorNames(db, [group.id])).get(group.id) ?? [],
		lastAt: new Date(invitation.expiresAt.getTime() - 1),
		timeZone: organisation.timeZone,
		isMember: member !== null && (await isMember(db, db.read, group.id, member.id)),
		closed: closedBecause(way, now) ?? null,
		/** Whom a letter was to; who opens it may be somebody else. */
		invitee: email === null ? null : { email, ...pick(invitation) },
		hasDeclined: invitation.declinedAt !== null,
		hasAccount: email !== null && member === null && (await hasAccount(db, email)),
		signedInAs: member && { name: member.name, email: member.email },
	};
}

function pick({ name, profession }: Invitation) {
	return { name, profession };
}

async function hasAccount({ read, tables: { users } }: Database, email: string): Promise<boolean> {
	const found = await read.select({ id: users.id }).from(users).where(eq(users.email, email));
	return found.length > 0;
}

async function isMember(
	{ tables: { members } }: Pick<Database, 'tables'>,
	queries: Queries,
	groupId: string,
	userId: string,
): Promise<boolean> {
	const found = await queries
		.select({ id: members.userId })
		.from(members)
		.where(and(eq(members.groupId, groupId), eq(members.userId, userId)));
	return found.length > 0;
}

/** Joins a group by a link or a letter. Who is in it already takes no seat. */
export async function join(
	db: Database,
	token: string,
	user: Pick<SessionUser, 'id' | 'email'>,
	now = new Date(),
): Promise<Outcome<{ group: string }>> {
	return db.tx(async (tx) => {
		const way = await findWay(db, tx, token);
		if (!way) return { refused: m.join_unknown() };
		return take(db, tx, way, user, now);
	});
}

/** Makes an account and joins with it: both, or neither. A guest keeps what they have done. */
export async function joinAsNew(
	db: Database,
	token: string,
	form: v.InferOutput<typeof forms.register>,
	guest: Pick<SessionUser, 'id' | 'isGuest'> | null,
	language: Language,
	now = new Date(),
): Promise<Outcome<{ session: Session; group: string }>> {
	const passwordHash = await hashPassword(form.password);
	return db
		.tx(async (tx) => {
			const way = await findWay(db, tx, token);
			if (!way) return { refused: m.join_unknown() };
			const refused = refusal(way, now);
			if (refused) return refused;
			// A letter shows that an address is somebody's; another one would show nothing.
			const email = way.invitation.email ?? form.email;
			const made = await registerIn(db, tx, { ...form, email, passwordHash }, guest, language, now);
			if (isRefusal(made)) return made;
			const joined = await take(db, tx, way, { id: made.id, email }, now);
			// Thrown, so that the account is not made either.
			if (isRefusal(joined)) throw new TooLate(joined);
			return { session: made.session, group: joined.group };
		})
		.catch((reason: unknown) => {
			if (reason instanceof TooLate) return reason.refusal;
			throw reason;
		});
}

class TooLate extends Error {
	readonly refusal: Refusal;
	constructor(refusal: Refusal) {
		super(refusal.refused);
		this.refusal = refusal;
	}
}

/** Takes a seat and the place in the group. */
async function take(
	db: Database,
	tx: Queries,
	way: Way,
	{ id, email }: Pick<SessionUser, 'id' | 'email'>,
	now: Date,
): Promise<Outcome<{ group: string }>> {
	const { invitations, members } = db.tables;
	const { invitation, group } = way;
	if (await isMember(db, tx, group.id, id)) return { group: group.id };
	const refused = refusal(way, now);
	if (refused) return refused;
	const placed = await tx
		.insert(members)
		.values({ groupId: group.id, userId: id, joinedAt: now })
		.onConflictDoNothing()
		.returning({ id: members.userId });
	if (placed.length === 0) return { group: group.id };
	// Two at the same moment: only one of them finds the last seat.
	const seat = await tx
		.update(invitations)
		.set({ used: sql`${invitations.used} + 1`, declinedAt: null })
		.where(
			and(
				eq(invitations.id, invitation.id),
				isNull(invitations.revokedAt),
				or(isNull(invitations.seats), lt(invitations.used, invitations.seats)),
			),
		)
		.returning({ id: invitations.id });
	if (seat.length === 0) {
		await tx.delete(members).where(and(eq(members.groupId, group.id), eq(members.userId, id)));
		return { refused: m.join_full() };
	}
	// Whoever comes by a link has answered their letter, too.
	if (email && invitation.email !== email)
		await tx
			.update(invitations)
			.set({ used: 1 })
			.where(and(eq(invitations.groupId, group.id), eq(invitations.email, email)));
	const on = ['group', group.id] as const;
	const details = { invitationId: invitation.id };
	await note(db, tx, { actor: id, action: 'member.joined', on, details }, now);
	return { group: group.id };
}

function refusal(way: Way, now: Date): Refusal | undefined {
	const closed = closedBecause(way, now);
	return closed && { refused: closedWords(closed) };
}

/** Why an invitation lets nobody in, in the language of the request. */
export function closedWords(closed: Closed): string {
	return {
		revoked: m.join_revoked,
		expired: m.join_expired,
		full: m.join_full,
		used: m.join_used,
		archived: m.join_archived,
	}[closed]();
}

/** Says no to a letter, which its educator sees. A link is nobody's in particular: nothing is kept. */
export async function decline(
	db: Database,
	token: string,
	userId: string | null,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	const { invitations } = db.tables;
	return db.tx(async (tx) => {
		const way = await findWay(db, tx, token);
		if (!way) return { refused: m.join_unknown() };
		const { id, kind, declinedAt } = way.invitation;
		if (kind === 'link' || declinedAt || closedBecause(way, now)) return { done: true };
		await tx.update(invitations).set({ declinedAt: now }).where(eq(invitations.id, id));
		const on = ['invitation', id] as const;
		await note(db, tx, { actor: userId, action: 'invitation.declined', on }, now);
		return { done: true };
	});
}
