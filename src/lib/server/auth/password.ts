import { hash, verify } from '@node-rs/argon2';

/** Argon2id with OWASP's parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
	return hash(password, OPTIONS);
}

let nobody: Promise<string> | undefined;

/**
 * Whether a password fits. Without a hash (nobody by that name, or no password yet) it takes as long
 * as with one, so that the time says nothing of who has an account.
 */
export async function verifyPassword(
	passwordHash: string | null,
	password: string,
): Promise<boolean> {
	nobody ??= hashPassword('nobody has this password');
	const fits = await verify(passwordHash ?? (await nobody), password);
	return passwordHash !== null && fits;
}
