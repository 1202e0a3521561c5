import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A link into a group: `id.secret`, of which only the id and the SHA-256 of the secret are on record. */
export function newToken(): { id: string; token: string; secretHash: string } {
	const id = randomBytes(9).toString('base64url');
	const secret = randomBytes(24).toString('base64url');
	return { id, token: `${id}.${secret}`, secretHash: hash(secret) };
}

/** The two halves of a token; undefined when it is none. */
export function halves(token: string): { id: string; secret: string } | undefined {
	const [id, secret, rest] = token.split('.');
	return id && secret && rest === undefined ? { id, secret } : undefined;
}

export function isSecretOf({ secretHash }: { secretHash: string }, secret: string): boolean {
	const [left, right] = [Buffer.from(secretHash), Buffer.from(hash(secret))];
	return left.length === right.length && timingSafeEqual(left, right);
}

function hash(secret: string): string {
	return createHash('sha256').update(secret).digest('base64url');
}
