import { sign, type KeyObject } from 'node:crypto';

/*
 * A certificate for tests, of as few parts as X.509 has (RFC 5280, section 4.1): made here, lest a key
 * lie in the repository.
 */

/** DER: a tag, the length of what follows, and that. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, 'hex');
const SHA256_WITH_RSA = sequence(der(0x06, hex('2a864886f70d01010b')), der(0x05));
const COMMON_NAME = der(0x06, hex('550403'));

/** As ISO text without punctuation: `20270201080000Z`. */
const time = (moment: number) =>
	der(0x18, Buffer.from(`${new Date(moment).toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

/**
 * Signed by its own key.
 *
 * @param days how long it holds, from yesterday on
 * @returns it as `x5c` has it (RFC 7515, section 4.1.6)
 */
export function certificateOf(
	keys: { publicKey: KeyObject; privateKey: KeyObject },
	{ days = 30 } = {},
): string {
	const day = 86_400_000;
	const from = Date.now() - day;
	const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('Test')))));
	const body = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		SHA256_WITH_RSA,
		name,
		sequence(time(from), time(from + days * day)),
		name,
		keys.publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = der(0x03, Buffer.from([0]), sign('sha256', body, keys.privateKey));
	return sequence(body, SHA256_WITH_RSA, signature).toString('base64');
}
