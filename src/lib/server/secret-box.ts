import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createSecretKey,
	randomBytes,
} from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Keeps what the database must not be able to tell by itself: keys of other systems. */
export interface SecretBox {
	seal(plain: string): string;
	/** @throws when it was sealed by another key, or changed since */
	open(sealed: string): string;
}

/** @param key at least 32 characters, of any kind */
export function secretBox(key: string): SecretBox {
	// Made ready once: thousands of letters may be sealed in one go.
	const secret = createSecretKey(createHash('sha256').update(key).digest());
	return {
		seal(plain) {
			const nonce = randomBytes(NONCE);
			const cipher = createCipheriv(CIPHER, secret, nonce);
			const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
			return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
		},
		open(sealed) {
			const all = Buffer.from(sealed, 'base64url');
			const decipher = createDecipheriv(CIPHER, secret, all.subarray(0, NONCE));
			decipher.setAuthTag(all.subarray(NONCE, NONCE + TAG));
			const text = [decipher.update(all.subarray(NONCE + TAG)), decipher.final()];
			return Buffer.concat(text).toString('utf8');
		},
	};
}

/**
 * The server's own key: from the setting, else from a file that is made at the first start and that
 * only the server's user may read.
 */
export function ownKey(setting: string | undefined, dataDir: string): string {
	if (setting) return setting;
	const file = join(dataDir, 'secret.key');
	if (!existsSync(file)) {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
	}
	chmodSync(file, 0o600);
	return readFileSync(file, 'utf8').trim();
}
