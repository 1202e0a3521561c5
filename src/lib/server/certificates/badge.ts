import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { v5 } from 'uuid';
import type { Shows, States } from '#lib/certificates/states.ts';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { ALGORITHM, toJwk, type PublicKey } from './keys.ts';
import { verificationAddress } from './words.ts';

/*
 * A certificate as an Open Badges 3.0 credential (1EdTech, imsglobal.org/spec/ob/v3p0). Section
 * numbers are those of that document; Appendix B holds its data model.
 */

/** B.1.2: the first two are asked for, in this order; the third knows 1EdTech's status method. */
export const CONTEXTS = [
	'https://www.w3.org/ns/credentials/v2',
	'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
	'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
];

/** Under which ids of credentials are made, of codes, which nobody knows who was not given one. */
const IDS = '7b1bb1d1-9b0a-5a0e-8c1e-0f5a6a3f1e55';

export interface Badge {
	code: string;
	states: States;
	shows: Shows;
	issuedAt: Date;
	/** Of the holder, lower case. */
	email: string;
}

/** The id under which a credential is revoked. It tells nothing of the code. */
export function credentialId(code: string): string {
	return `urn:uuid:${v5(code, IDS)}`;
}

/** B.1.16: the issuer. */
export function issuerProfile(provider: Pick<States['provider'], 'name'>, origin: string) {
	return {
		id: `${origin}/badges/issuer`,
		type: ['Profile'],
		name: provider.name,
		url: origin,
	};
}

/** B.1.1: what was achieved. It says nothing of credits. */
export function achievement(
	{ course, result }: Pick<States, 'course' | 'result'>,
	language: Language,
	origin: string,
) {
	const id = `${origin}/badges/achievements/${course.id}`;
	return {
		id,
		type: ['Achievement'],
		achievementType: 'Course',
		name: course.title[language],
		description: m.certificate_badge_about(
			{ title: course.title[language], lessons: result.lessons },
			{ locale: language },
		),
		criteria: { narrative: criteria(result, language) },
		inLanguage: language,
		version: course.version,
		resultDescription: [
			{
				id: `${id}#score`,
				type: ['ResultDescription'],
				name: scoreOf(result.of, language),
				resultType: 'Percent',
				requiredValue: String(result.passMark),
				valueMin: '0',
				valueMax: '100',
			},
		],
	};
}

/** What has to be done to pass, in a sentence. */
export function criteria(
	{ of, lessons, passMark }: Pick<States['result'], 'of' | 'lessons' | 'passMark'>,
	locale: Language,
): string {
	return of === 'final-test'
		? m.certificate_rule_test({ lessons, pass: passMark }, { locale })
		: m.certificate_rule_quizzes({ lessons, pass: passMark }, { locale });
}

function scoreOf(of: States['result']['of'], locale: Language): string {
	return of === 'final-test'
		? m.certificate_score_test({}, { locale })
		: m.certificate_score_quizzes({}, { locale });
}

/**
 * B.1.2: the credential, unsigned. Its subject is known by a salted hash of the holder's address
 * (B.1.13), by which somebody who knows the address can tell that it is theirs and nobody can learn
 * it; by name, and with the result, only where the holder shows them.
 */
export function credentialOf(badge: Badge, language: Language, origin: string) {
	const { code, states, shows, email } = badge;
	const id = credentialId(code);
	const made = achievement(states, language, origin);
	const salt = sha256(`salt/${code}`).slice(0, 32);
	const { percent } = states.result;
	const showsResult = shows.result && percent !== null;
	return {
		'@context': CONTEXTS,
		id,
		type: ['VerifiableCredential', 'OpenBadgeCredential'],
		name: made.name,
		issuer: issuerProfile(states.provider, origin),
		// To the second, which is all that `nbf` can hold (8.2.6.1 asks that they be equal).
		validFrom: toTheSecond(badge.issuedAt.toISOString()),
		awardedDate: toTheSecond(states.completedAt),
		credentialSubject: {
			id: `urn:uuid:${v5(`subject/${code}`, IDS)}`,
			type: ['AchievementSubject'],
			identifier: [
				{
					type: 'IdentityObject',
					hashed: true,
					identityHash: `sha256$${sha256(email + salt)}`,
					identityType: 'emailAddress',
					salt,
				},
				...(shows.name
					? [
							{
								type: 'IdentityObject',
								hashed: false,
								identityHash: states.learner.name,
								identityType: 'name',
							},
						]
					: []),
			],
			activityStartDate: toTheSecond(states.beganAt),
			activityEndDate: toTheSecond(states.completedAt),
			achievement: made,
			...(showsResult
				? {
						result: [
							{
								type: ['Result'],
								resultDescription: made.resultDescription[0]!.id,
								value: String(percent),
							},
						],
					}
				: {}),
		},
		evidence: [
			{
				id: verificationAddress(origin, language, code),
				type: ['Evidence'],
				name: m.certificate_badge_evidence({}, { locale: language }),
			},
		],
		credentialSchema: [
			{
				id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
				type: '1EdTechJsonSchemaValidator2019',
			},
		],
		credentialStatus: { id: `${origin}/badges/revocations`, type: '1EdTechRevocationList' },
	};
}

/**
 * 8.2: the credential as a signed JWT, whose payload is the credential itself with `iss`, `jti`, `nbf`
 * and `sub` (8.2.4.1). The header brings the public key along, so that it verifies without a network;
 * whether that key is the issuer's is told by the list of its keys.
 */
export async function signBadge(
	badge: Badge,
	{ key, privateKey }: { key: PublicKey; privateKey: CryptoKey },
	language: Language,
	origin: string,
): Promise<string> {
	const credential = credentialOf(badge, language, origin);
	const { kty, n, e, kid } = toJwk(key, origin);
	return new SignJWT(credential)
		.setProtectedHeader({ alg: ALGORITHM, kid, jwk: { kty, n, e }, typ: 'JWT' })
		.setIssuer(credential.issuer.id)
		.setJti(credential.id)
		.setSubject(credential.credentialSubject.id)
		.setNotBefore(new Date(credential.validFrom))
		.sign(privateKey);
}

function toTheSecond(instant: string): string {
	return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
