import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, importPKCS8 } from 'jose';
import * as v from 'valibot';
import { note } from '../audit.ts';
import type { Database } from '../db/database.ts';
import type { SecretBox } from '../secret-box.ts';
import { readSetting, writeSetting, type Setting } from '../settings.ts';

/*
 * The keys that badges are signed with. The newest one signs; the others stay published, so that what
 * they signed can still be verified. A private key never leaves the database unsealed, and only the
 * newest one is kept at all.
 */

/** Open Badges 3.0, section 8.2.3: RS256 "as a minimum", with a key of 2048 bits. */
export const ALGORITHM = 'RS256';
const BITS = 2048;

const publicKey = v.object({
	/** RFC 7638; names the key. */
	id: v.string(),
	n: v.string(),
	e: v.string(),
	madeAt: v.string(),
});
export type PublicKey = v.InferOutput<typeof publicKey>;

const keyring = v.object({
	/** Newest first. */
	keys: v.array(publicKey),
	/** The private half of the newest one: PKCS #8, sealed. */
	sealed: v.string(),
});
type Keyring = v.InferOutput<typeof keyring>;

const setting: Setting<typeof keyring> = { name: 'badge-keys', schema: keyring };

/** Public keys, newest first; none before the first badge. */
export async function publicKeys(db: Database): Promise<PublicKey[]> {
	return (await readSetting(db, db.read, setting))?.keys ?? [];
}

/** A public key as it is published (RFC 7517). `kid` is the address at which it is found. */
export function toJwk({ id, n, e }: PublicKey, origin: string) {
	return { kty: 'RSA', kid: keyAddress(origin, id), use: 'sig', alg: ALGORITHM, n, e };
}

export function keyAddress(origin: string, id: string): string {
	return `${origin}/badges/keys/${id}`;
}

/**
 * What to sign with. The first key is made when it is first needed. Where the sealed one cannot be
 * opened (the server has lost its own key), a new one takes its place; what was signed stays valid.
 */
export async function signingKey(
	db: Database,
	box: SecretBox,
): Promise<{ key: PublicKey; privateKey: CryptoKey }> {
	const found = (await readSetting(db, db.read, setting)) ?? (await firstKeyring(db, box));
	try {
		return { key: found.keys[0]!, privateKey: await opened(found, box) };
	} catch {
		console.error('The key that badges are signed with cannot be opened; a new one is made.');
		const anew = await rotateKeys(db, box, null);
		return { key: anew.keys[0]!, privateKey: await opened(anew, box) };
	}
}

function opened({ sealed }: Keyring, box: SecretBox): Promise<CryptoKey> {
	return importPKCS8(box.open(sealed), ALGORITHM);
}

async function firstKeyring(db: Database, box: SecretBox): Promise<Keyring> {
	const made = await makeKey(box);
	const value: Keyring = { keys: [made.key], sealed: made.sealed };
	const { settings } = db.tables;
	return db.tx(async (tx) => {
		// Two at the same moment: both go on with the one that was first.
		await tx
			.insert(settings)
			.values({ name: setting.name, value, changedAt: new Date() })
			.onConflictDoNothing();
		return (await readSetting(db, tx, setting))!;
	});
}

/** From now on another key signs. */
export async function rotateKeys(
	db: Database,
	box: SecretBox,
	actor: string | null,
	now = new Date(),
): Promise<Keyring> {
	const made = await makeKey(box, now);
	return db.tx(async (tx) => {
		const before = await readSetting(db, tx, setting);
		const anew = { keys: [made.key, ...(before?.keys ?? [])], sealed: made.sealed };
		await writeSetting(db, tx, setting, anew, now);
		const details = { key: made.key.id };
		await note(
			db,
			tx,
			{ actor, action: 'setting.changed', on: ['setting', setting.name], details },
			now,
		);
		return anew;
	});
}

async function makeKey(
	box: SecretBox,
	now = new Date(),
): Promise<{ key: PublicKey; sealed: string }> {
	const pair = await promisify(generateKeyPair)('rsa', { modulusLength: BITS });
	const { n, e } = await exportJWK(pair.publicKey);
	const id = await calculateJwkThumbprint({ kty: 'RSA', n: n!, e: e! });
	const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
	return {
		key: { id, n: n!, e: e!, madeAt: now.toISOString() },
		sealed: box.seal(pem.toString()),
	};
}
