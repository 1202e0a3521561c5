import { error } from '@sveltejs/kit';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { App } from '../app.ts';
import type { SessionUser } from '../auth/sessions.ts';
import type { Database } from '../db/database.ts';
import { signBadge } from './badge.ts';
import { badgePicture } from './badge-picture.ts';
import { signingKey } from './keys.ts';
import { ownCertificate, type Held } from './mine.ts';
import { certificatePdf, type Printed } from './pdf.ts';
import { readPictureOf } from './provider.ts';

/**
 * A certificate as PDF, for its holder.
 *
 * @throws 404 for anybody else; 410 once it is revoked
 */
export async function pdfOf(
	db: Database,
	userId: string,
	id: string,
	language: Language,
	origin: string,
): Promise<Response> {
	const held = await validOr(db, userId, id);
	const { states, code, issuedAt } = held;
	const content = await certificatePdf(
		{ states, code, issuedAt, ...(await picturesOf(db, states.provider)) },
		language,
		origin,
	);
	return pdfFile(content, `${m.certificate_title({}, { locale: language })} ${states.course.id}`);
}

/** Pictures that a certificate was issued with. */
export async function picturesOf(
	db: Database,
	{ logo, signature }: { logo: string | null; signature: string | null },
): Promise<Pick<Printed, 'logo' | 'signature'>> {
	return {
		logo: await readPictureOf(db, db.read, logo),
		signature: await readPictureOf(db, db.read, signature),
	};
}

/** A PDF to be looked at, or kept under its name. */
export function pdfFile(content: Uint8Array, name: string): Response {
	return file(content, 'application/pdf', `${slug(name)}.pdf`, 'inline');
}

/**
 * A certificate as a badge, for its holder: the signed text (5.2 of Open Badges 3.0), or a picture that
 * holds it.
 *
 * @throws 404 and 410 as above
 */
export async function badgeOf(
	{ db, box }: Pick<App, 'db' | 'box'>,
	user: Pick<SessionUser, 'id' | 'email'>,
	id: string,
	form: 'jwt' | 'svg',
	{ language, origin }: { language: Language; origin: string },
): Promise<Response> {
	const held = await validOr(db, user.id, id);
	const badge = { ...held, email: user.email ?? '' };
	const signed = await signBadge(badge, await signingKey(db, box), language, origin);
	const name = slug(`${m.certificate_title({}, { locale: language })} ${held.states.course.id}`);
	if (form === 'jwt') return file(signed, 'text/plain; charset=utf-8', `${name}.jwt`, 'attachment');
	const picture = badgePicture(held.states, signed, language);
	return file(picture, 'image/svg+xml; charset=utf-8', `${name}.svg`, 'attachment');
}

async function validOr(db: Database, userId: string, id: string): Promise<Held> {
	const held = await ownCertificate(db, db.read, userId, id);
	if (!held) error(404, { message: m.error_no_page() });
	if (held.revokedAt) error(410, { message: m.certificate_gone_file() });
	return held;
}

function file(
	content: string | Uint8Array,
	type: string,
	name: string,
	disposition: 'inline' | 'attachment',
): Response {
	return new Response(typeof content === 'string' ? content : new Uint8Array(content), {
		headers: {
			'content-type': type,
			'content-disposition': `${disposition}; filename="${name}"`,
			'cache-control': 'no-store',
			'x-robots-tag': 'noindex',
		},
	});
}

function slug(name: string): string {
	return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
