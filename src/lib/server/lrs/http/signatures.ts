import { compactVerify, decodeProtectedHeader, importX509 } from 'jose';
import { isSameStatement, SIGNATURE } from '#lib/xapi/rules/index.ts';
import { attachmentsOf, type Attachment } from '../attachments.ts';
import { Refusal, wrong } from './refusal.ts';

const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

/** Signatures of one statement, at the most: each is compared with all of it. */
const MOST = 10;

/**
 * What checks the signatures of a request's statements (xAPI 1.0.3 Data, section 2.6): each a JWS whose
 * payload says what the statement says, by one of three algorithms; where it brings its certificate, it
 * must fit that. A signature belongs to one statement.
 *
 * @returns takes a statement and its path; throws Refusal 400
 */
export function signatureChecks(attachments: Attachment[]) {
	const parts = new Map(attachments.map((one) => [one.sha2, one]));
	const signed = new Map<string, string>();
	return async (statement: Record<string, unknown>, at: string): Promise<void> => {
		const hashes = new Set(signaturesOf(statement, at));
		if (hashes.size > MOST) throw wrong(at, `has more than ${MOST} signatures`);
		for (const sha2 of hashes) {
			const part = parts.get(sha2);
			if (!part) throw wrong(at, 'is signed, but the signature was not sent with it');
			const other = signed.get(sha2);
			if (other !== undefined) throw wrong(at, `has the signature of ${other}`);
			signed.set(sha2, at);
			await checkOne(statement, part.content.toString('utf8'), at);
		}
	};
}

/** The hashes of a statement's signatures. @throws Refusal 400 */
function signaturesOf(statement: Record<string, unknown>, at: string): string[] {
	const signatures = attachmentsOf(statement).filter(({ usageType }) => usageType === SIGNATURE);
	if (signatures.some(({ contentType }) => contentType !== 'application/octet-stream'))
		throw wrong(at, 'is signed: the signature must have the contentType application/octet-stream');
	return signatures.map(({ sha2 }) => String(sha2).toLowerCase());
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
