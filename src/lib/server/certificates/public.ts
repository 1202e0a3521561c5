import { desc, isNotNull } from 'drizzle-orm';
import type { Language } from '#lib/course/language.ts';
import { lessonsOf, type Course } from '#lib/course/model.ts';
import { readRevocation } from '#lib/certificates/states.ts';
import type { Database } from '../db/database.ts';
import { achievement, CONTEXTS, credentialId, issuerProfile } from './badge.ts';
import { publicKeys, toJwk } from './keys.ts';
import { readProvider } from './provider.ts';

/** Documents that badges point to, the same for everybody. */

/** The issuer, as badges name it. */
export async function issuerDocument(db: Database, origin: string): Promise<object> {
	const provider = await readProvider(db, db.read);
	return { '@context': CONTEXTS.slice(0, 2), ...issuerProfile(provider, origin) };
}

/** What a badge of a course as it is now stands for. */
export function achievementDocument(course: Course, language: Language, origin: string): object {
	const { finalTest, passMark, id, version, title } = course;
	const result = {
		of: finalTest ? ('final-test' as const) : ('quizzes' as const),
		percent: null,
		passMark: finalTest?.passMark ?? passMark,
		lessons: lessonsOf(course).length,
	};
	const made = achievement({ course: { id, version, title }, result }, language, origin);
	return { '@context': CONTEXTS.slice(0, 2), ...made };
}

/** Every public key that badges were ever signed with (RFC 7517, section 5). */
export async function keySet(db: Database, origin: string): Promise<object> {
	return { keys: (await publicKeys(db)).map((key) => toJwk(key, origin)) };
}

/** One of them; undefined when there is none of that id. */
export async function keyDocument(
	db: Database,
	id: string,
	origin: string,
): Promise<object | undefined> {
	const key = (await publicKeys(db)).find((one) => one.id === id);
	return key && toJwk(key, origin);
}

/**
 * The credentials that are revoked, by 1EdTech's Revocation List Status Method 1.0. Which name the
 * list has differs between what verifiers read; it stands under both.
 */
export async function revocationList(db: Database, origin: string): Promise<object> {
	const { certificates } = db.tables;
	const rows = await db.read
		.select({ code: certificates.code, because: certificates.revokedBecause })
		.from(certificates)
		.where(isNotNull(certificates.revokedAt))
		.orderBy(desc(certificates.revokedAt));
	const revoked = rows.map(({ code, because }) => ({
		id: credentialId(code),
		revoked: true,
		revocationReason: readRevocation(because).reason,
	}));
	return {
		id: `${origin}/badges/revocations`,
		issuer: `${origin}/badges/issuer`,
		revokedCredential: revoked,
		revokedCredentials: revoked,
	};
}

/** A document that anybody may read, from any page. */
export function published(body: object, type: string, seconds: number): Response {
	return new Response(JSON.stringify(body), {
		headers: {
			'content-type': type,
			'cache-control': `public, max-age=${seconds}`,
			'access-control-allow-origin': '*',
			vary: 'accept-language, cookie',
		},
	});
}
