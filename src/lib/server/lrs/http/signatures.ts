import { compactVerify, decodeProtectedHeader, importX509 } from 'jose';
import { isSameStatement, SIGNATURE } from '#lib/xapi/rules/index.ts';
import { attachmentsOf, type Attachment } from '../attachments.ts';
import { Refusal, wrong } from './refusal.ts';

const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

/**
 * Checks the signatures of a statement (xAPI 1.0.3 Data, section 2.6): a JWS whose payload says what
 * the statement says, by one of three algorithms; where it brings its certificate, it must fit that.
 *
 * @param at the statement's path
 * @throws Refusal 400
 */
export async function checkSignatures(
	statement: Record<string, unknown>,
	attachments: Attachment[],
	at: string,
): Promise<void> {
	for (const { usageType, contentType, sha2 } of attachmentsOf(statement)) {
		if (usageType !== SIGNATURE) continue;
		if (contentType !== 'application/octet-stream')
			throw wrong(
				at,
				'is signed: the signature must have the contentType application/octet-stream',
			);
		const part = attachments.find((one) => one.sha2 === String(sha2).toLowerCase());
		if (!part) throw wrong(at, 'is signed, but the signature was not sent with it');
		await checkOne(statement, part.content.toString('utf8'), at);
	}
}

async function checkOne(statement: unknown, jws: string, at: string): Promise<void> {
	try {
		const { alg, x5c } = decodeProtectedHeader(jws);
		if (!ALGORITHMS.includes(String(alg)))
			throw wrong(at, `is signed by ${alg}; it must be ${ALGORITHMS.join(', ')}`);
		const [header, body, signature, ...rest] = jws.split('.');
		if (!header || !body || !signature || rest.length > 0)
			throw wrong(at, 'has a signature that is no compact JWS');
		const [certificate] = Array.isArray(x5c) ? x5c : [];
		if (certificate) {
			const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`;
			await compactVerify(jws, await importX509(pem, String(alg)), { algorithms: ALGORITHMS });
		}
		const signed: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
		if (!isSameStatement(signed, statement))
			throw wrong(at, 'says something else than what was signed');
	} catch (error) {
		if (error instanceof Refusal) throw error;
		throw wrong(at, `has a signature that does not hold: ${(error as Error).message}`);
	}
}
