import { createHash, randomBytes } from 'node:crypto';
import {
	calculateJwkThumbprint,
	compactVerify,
	createLocalJWKSet,
	decodeProtectedHeader,
	EmbeddedJWK,
	jwtVerify,
	type JSONWebKeySet,
} from 'jose';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import type { Shows } from '#lib/certificates/states.ts';
import type { Database } from '../db/database.ts';
import { openTestSqlite, testDatabases } from '../db/testing.ts';
import { secretBox } from '../secret-box.ts';
import { CONTEXTS, credentialOf, signBadge, type Badge } from './badge.ts';
import { badgePicture } from './badge-picture.ts';
import { statesOf } from './issue.ts';
import { publicKeys, rotateKeys, signingKey } from './keys.ts';
import {
	achievementDocument,
	issuerDocument,
	keyDocument,
	keySet,
	revocationList,
} from './public.ts';

const ORIGIN = 'https://kursus.example.dk';
const EMAIL = 'ida@example.org';
const CODE = '7K3Q-M9TX-0000-0000-0000';
const course = loadCourse('tests/fixtures/courses/tiny').course!;
const box = secretBox(randomBytes(32).toString('base64'));

function badge(shows: Shows = { name: true, result: true }): Badge {
	const at = new Date('2027-01-10T10:00:00.789Z');
	const enrolment = { since: '', beganAt: at, doneAt: at, lastAt: at, seconds: 900, score: 92 };
	const provider = {
		name: 'Rygcenteret',
		address: '',
		logo: null,
		signer: null,
		signature: null,
		accreditation: null,
	};
	const states = statesOf(course, enrolment, 'Åse Ørnkjær', provider);
	return { code: CODE, states, shows, issuedAt: at, email: EMAIL };
}

let db: Database;
beforeAll(async () => void (db = await openTestSqlite()));
afterAll(() => db.close());

const sign = async (one = badge()) => signBadge(one, await signingKey(db, box), 'da', ORIGIN);

/*
 * What Open Badges 3.0 (imsglobal.org/spec/ob/v3p0) asks of a credential, as far as ours goes: B.1.2
 * AchievementCredential and what it is made of. Strict, so that nothing else gets in.
 */
const uri = v.pipe(v.string(), v.regex(/^(urn:uuid:|https?:\/\/)\S+$/));
const instant = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/));
/** "The value MUST be an unordered set. One of the items MUST be …" */
const type = (...needed: string[]) =>
	v.pipe(
		v.array(v.string()),
		v.check((all) => needed.every((one) => all.includes(one))),
	);
const words = v.pipe(v.string(), v.nonEmpty());
const identity = v.strictObject({
	type: v.literal('IdentityObject'),
	hashed: v.boolean(),
	identityHash: words,
	identityType: v.picklist(['emailAddress', 'name']),
	salt: v.optional(words),
});
const achievement = v.strictObject({
	id: uri,
	type: type('Achievement'),
	achievementType: v.literal('Course'),
	criteria: v.strictObject({ narrative: words }),
	description: words,
	name: words,
	inLanguage: v.picklist(['da', 'en']),
	version: words,
	resultDescription: v.array(
		v.strictObject({
			id: uri,
			type: type('ResultDescription'),
			name: words,
			resultType: v.literal('Percent'),
			requiredValue: words,
			valueMin: words,
			valueMax: words,
		}),
	),
});
const issuer = v.strictObject({ id: uri, type: type('Profile'), name: words, url: uri });
const credential = v.strictObject({
	'@context': v.pipe(
		v.array(v.string()),
		v.check(([first, second]) => first === CONTEXTS[0] && second === CONTEXTS[1]),
	),
	id: uri,
	type: type('VerifiableCredential', 'OpenBadgeCredential'),
	name: words,
	issuer,
	validFrom: instant,
	awardedDate: instant,
	credentialSubject: v.strictObject({
		id: uri,
		type: type('AchievementSubject'),
		identifier: v.array(identity),
		activityStartDate: instant,
		activityEndDate: instant,
		achievement,
		result: v.optional(
			v.array(v.strictObject({ type: type('Result'), resultDescription: uri, value: words })),
		),
	}),
	evidence: v.array(v.strictObject({ id: uri, type: type('Evidence'), name: words })),
	credentialSchema: v.array(
		v.strictObject({ id: uri, type: v.literal('1EdTechJsonSchemaValidator2019') }),
	),
	credentialStatus: v.strictObject({ id: uri, type: v.literal('1EdTechRevocationList') }),
});

test('the credential is as the specification asks, in both languages', () => {
	for (const language of ['da', 'en'] as const) {
		const made = credentialOf(badge(), language, ORIGIN);
		expect(v.parse(credential, JSON.parse(JSON.stringify(made)))).toEqual(made);
		expect(made.credentialSubject.result![0]!.resultDescription).toBe(
			made.credentialSubject.achievement.resultDescription[0]!.id,
		);
		expect(JSON.stringify(made)).not.toMatch(/creditsAvailable|creditsEarned|accredit/i);
	}
});

test('it verifies with nothing but itself, by jose alone', async () => {
	const signed = await sign();
	const { payload, protectedHeader } = await jwtVerify(signed, EmbeddedJWK, {
		algorithms: ['RS256'],
		issuer: `${ORIGIN}/badges/issuer`,
		currentDate: new Date('2027-01-11'),
	});
	// 8.2.3: these headers and no other.
	expect(Object.keys(protectedHeader).sort()).toEqual(['alg', 'jwk', 'kid', 'typ']);
	expect(Object.keys(protectedHeader.jwk!).sort()).toEqual(['e', 'kty', 'n']);
	// 8.2.4.1 and 8.2.6.1: the claims say again what the credential says.
	const { iss, jti, nbf, sub, ...rest } = payload;
	const told = v.parse(credential, rest);
	expect(iss).toBe(told.issuer.id);
	expect(jti).toBe(told.id);
	expect(sub).toBe(told.credentialSubject.id);
	expect(nbf! * 1000).toBe(Date.parse(told.validFrom));
	expect(told.validFrom).toBe('2027-01-10T10:00:00Z');
});

test('a changed word breaks it', async () => {
	const [head, body, signature] = (await sign()).split('.');
	const changed = Buffer.from(body!, 'base64url').toString().replace('"92"', '"99"');
	expect(changed).toContain('"99"');
	const forged = [head, Buffer.from(changed).toString('base64url'), signature].join('.');
	await expect(compactVerify(forged, EmbeddedJWK)).rejects.toThrow('signature');
});

test('the holder decides whether it has their name and result', () => {
	const bare = JSON.stringify(credentialOf(badge({ name: false, result: false }), 'da', ORIGIN));
	expect(bare).not.toContain('Åse');
	expect(bare).not.toContain('"result"');
	expect(bare).not.toContain(EMAIL);
	const named = credentialOf(badge({ name: true, result: false }), 'da', ORIGIN);
	const { identifier } = named.credentialSubject;
	expect(identifier[1]).toMatchObject({ identityHash: 'Åse Ørnkjær', identityType: 'name' });
});

test('who knows the address can tell whose it is', () => {
	const [hashed] = credentialOf(badge(), 'da', ORIGIN).credentialSubject.identifier;
	const { salt, identityHash } = hashed as { salt: string; identityHash: string };
	const hash = createHash('sha256')
		.update(EMAIL + salt)
		.digest('hex');
	expect(identityHash).toBe(`sha256$${hash}`);
});

test.each(testDatabases)('keys of before stay published, on %s', async (_, open) => {
	const own = await open();
	const by = async () => signBadge(badge(), await signingKey(own, box), 'da', ORIGIN);
	const first = await by();
	expect(await by()).toBe(first);
	await rotateKeys(own, box, null);
	const second = await by();
	const set = createLocalJWKSet((await keySet(own, ORIGIN)) as JSONWebKeySet);
	for (const signed of [first, second]) {
		const { payload } = await jwtVerify(signed, set, { currentDate: new Date('2027-01-11') });
		expect(payload.jti).toMatch(/^urn:uuid:/);
		// 8.2.3 and 8.5: `kid` leads to the key itself.
		const { kid, jwk } = decodeProtectedHeader(signed);
		const id = await calculateJwkThumbprint(jwk!);
		expect(kid).toBe(`${ORIGIN}/badges/keys/${id}`);
		expect(await keyDocument(own, id, ORIGIN)).toMatchObject({ ...jwk, kid, alg: 'RS256' });
	}
	expect(decodeProtectedHeader(second).kid).not.toBe(decodeProtectedHeader(first).kid);
	expect(JSON.stringify(await keySet(own, ORIGIN))).not.toMatch(/"(d|p|q|sealed)"/);
	await own.close();
});

test('two first badges at the same moment share a key', async () => {
	const own = await openTestSqlite();
	await Promise.all([signingKey(own, box), signingKey(own, box)]);
	expect(await publicKeys(own)).toHaveLength(1);
	await own.close();
});

test('a server that has lost its own key goes on with a new one', async () => {
	const own = await openTestSqlite();
	await signingKey(own, box);
	const other = secretBox(randomBytes(32).toString('base64'));
	const { key } = await signingKey(own, other);
	const keys = await publicKeys(own);
	expect(keys).toHaveLength(2);
	expect(keys[0]).toEqual(key);
	await own.close();
});

test('the picture holds the badge once, right after its first tag', async () => {
	const signed = await sign();
	const states = badge().states;
	const title =
		'Øvelser & "samtaler" <om> ryggen i den allermest almindelige almene praksis i Danmark';
	const picture = badgePicture(
		{ ...states, course: { ...states.course, title: { da: title, en: title } } },
		signed,
		'da',
	);
	expect(picture).toMatch(
		/<svg [^>]*xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"[^>]*>\s*<openbadges:credential verify="/,
	);
	expect(picture.match(/<openbadges:credential/g)).toHaveLength(1);
	const [, baked] = /verify="([^"]+)"/.exec(picture)!;
	await compactVerify(baked!, EmbeddedJWK);
	expect(picture).toContain('Øvelser &amp; &quot;samtaler&quot; &lt;om&gt;');
});

test('what badges point to is there', async () => {
	expect(await issuerDocument(db, ORIGIN)).toMatchObject({ id: `${ORIGIN}/badges/issuer` });
	const { '@context': context, ...made } = achievementDocument(course, 'en', ORIGIN) as {
		'@context': string[];
	};
	expect(context).toEqual(CONTEXTS.slice(0, 2));
	expect(v.parse(achievement, made)).toMatchObject({ name: 'Tiny course' });
	expect(await revocationList(db, ORIGIN)).toEqual({
		id: `${ORIGIN}/badges/revocations`,
		issuer: `${ORIGIN}/badges/issuer`,
		revokedCredential: [],
		revokedCredentials: [],
	});
});
