import { and, count, desc, eq, isNull, like, or, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { readCode } from '#lib/certificates/code.ts';
import { readRevocation, readStates, REASONS, type Revocation } from '#lib/certificates/states.ts';
import type { Text } from '#lib/course/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Outcome } from '../auth/outcome.ts';
import type { Database } from '../db/database.ts';

/** A certificate as administrators find it. */
export interface Found {
	id: string;
	code: string;
	/** As it stands on the certificate. */
	name: string;
	email: string | null;
	course: Text;
	version: string;
	issuedAt: Date;
	revokedAt: Date | null;
	revocation?: Revocation;
}

const PAGE = 25;

/** Certificates by code, or by part of a name or an address; the latest when nothing is asked for. */
export async function findCertificates(
	{ read, tables: { certificates, users } }: Database,
	search: string,
	page: number,
): Promise<{ found: Found[]; total: number; pages: number }> {
	const words = search.trim();
	const typed = readCode(words);
	const part = `%${words.toLowerCase().replaceAll(/[%_]/g, '')}%`;
	// SQLite knows capitals of ASCII only: a name is looked for as it is usually written, too.
	const asNames = part.replaceAll(/(?<=^%|[\s-])\p{L}/gu, (letter) => letter.toUpperCase());
	const where =
		'code' in typed
			? eq(certificates.code, typed.code)
			: words
				? or(
						like(users.email, part),
						like(sql`lower(${users.name})`, part),
						like(users.name, asNames),
						like(users.name, `%${words.replaceAll(/[%_]/g, '')}%`),
					)
				: undefined;
	const rows = await read
		.select({ certificate: certificates, email: users.email })
		.from(certificates)
		.innerJoin(users, eq(users.id, certificates.userId))
		.where(where)
		.orderBy(desc(certificates.issuedAt), desc(certificates.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const [counted] = await read
		.select({ total: count() })
		.from(certificates)
		.innerJoin(users, eq(users.id, certificates.userId))
		.where(where);
	const total = counted?.total ?? 0;
	return {
		total,
		pages: Math.max(1, Math.ceil(total / PAGE)),
		found: rows.map(({ certificate, email }) => {
			const { learner, course } = readStates(certificate.states);
			const { id, code, issuedAt, revokedAt, revokedBecause } = certificate;
			return {
				id,
				code,
				name: learner.name,
				email,
				course: course.title,
				version: course.version,
				issuedAt,
				revokedAt,
				...(revokedAt ? { revocation: readRevocation(revokedBecause) } : {}),
			};
		}),
	};
}

/** What the administrator's form sends. */
export const revokeForm = v.object({
	id: v.string(),
	reason: v.picklist(REASONS, () => m.admin_certificate_reason_missing()),
	note: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(500, () => m.admin_certificate_note_long()),
	),
});

/** Revokes a certificate, for good. Its holder sees that, and why, and so does whoever asks. */
export async function revoke(
	db: Database,
	actor: string | null,
	{ id, reason, note: words }: v.InferOutput<typeof revokeForm>,
	now = new Date(),
): Promise<Outcome<{ done: true }>> {
	const { certificates } = db.tables;
	const revoked: Revocation = { reason, ...(words ? { note: words } : {}) };
	return db.tx(async (tx) => {
		const changed = await tx
			.update(certificates)
			.set({ revokedAt: now, revokedBecause: JSON.stringify(revoked) })
			.where(and(eq(certificates.id, id), isNull(certificates.revokedAt)))
			.returning({ course: certificates.course });
		if (changed.length === 0) return { refused: m.admin_certificate_gone() };
		const details = { course: changed[0]!.course, reason };
		await note(
			db,
			tx,
			{ actor, action: 'certificate.revoked', on: ['certificate', id], details },
			now,
		);
		return { done: true };
	});
}
