import type { Database, Queries } from './db/database.ts';

/** Everything that is noted of who administers and teaches. Names once used are never given another meaning. */
export const ACTIONS = [
	'person.role-changed',
	'person.disabled',
	'person.enabled',
	'person.deleted',
	'person.created',
	'person.signed-out',
	'person.link-made',
	'organisation.created',
	'organisation.changed',
	'organisation.archived',
	'organisation.restored',
	'educator.added',
	'educator.removed',
	'group.created',
	'group.changed',
	'group.archived',
	'group.restored',
	'group.educator-added',
	'group.educator-removed',
	'member.joined',
	'member.left',
	'member.removed',
	'invitation.created',
	'invitation.revoked',
	'invitation.sent-again',
	'invitation.declined',
	'import.confirmed',
	'assignment.created',
	'assignment.changed',
	'assignment.withdrawn',
	'results.exported',
	'token.created',
	'token.revoked',
	'certificate.issued',
	'certificate.revoked',
	'setting.changed',
	'mail.tested',
	'destination.added',
	'destination.changed',
	'destination.removed',
	'lrs-client.created',
	'lrs-client.changed',
	'cmi5-course.added',
	'cmi5-course.archived',
	'cmi5-course.restored',
	'statements.looked-up',
	'statements.deleted',
	'dispatch.created',
	'dispatch.changed',
	'backup.made',
	'backup.downloaded',
	'backup.deleted',
	'backup.restored',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface Deed {
	/** A user's id; null for the server itself and its command line. */
	actor: string | null;
	action: Action;
	/** What it was done to: its kind, for example `group`, and its id. */
	on: readonly [kind: string, id: string];
	/** Ids and figures only: no names, addresses or texts. */
	details?: Record<string, unknown>;
}

/** Notes who did what, in the transaction that does it: either both are on record or neither. */
export async function note(
	{ tables }: Pick<Database, 'tables'>,
	tx: Queries,
	{ actor, action, on: [subject, subjectId], details = {} }: Deed,
	now = new Date(),
): Promise<void> {
	await tx.insert(tables.audit).values({ at: now, actor, action, subject, subjectId, details });
}
