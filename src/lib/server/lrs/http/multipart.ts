import { createHash } from 'node:crypto';
import {
	MultipartParseError,
	parseMultipart,
	type MultipartHeaders,
} from '@remix-run/multipart-parser';
import type { Attachment } from '../attachments.ts';
import { wrong } from './refusal.ts';

/** A request's statements as text, and what came beside them. */
export interface Parts {
	text: string;
	attachments: Attachment[];
}

/** More parts than anybody means to send. */
const MOST_PARTS = 1_000;

/**
 * Takes a `multipart/mixed` body apart (xAPI 1.0.3 Communication, section 1.5.2; RFC 2046): statements
 * first, then attachments, each with its hash, which is checked.
 *
 * @throws Refusal 400 naming the part that is wrong
 */
export function partsOf(contentType: string, body: Buffer): Parts {
	const boundary = boundaryIn(contentType);
	if (!boundary) throw wrong('Content-Type', 'must name the boundary between the parts');
	const [first, ...others] = read(body, boundary);
	if (!first) throw wrong('part 1', 'is missing; it holds the statements');
	if (!/^application\/json\s*(?:;|$)/i.test(first.headers['content-type'] ?? ''))
		throw wrong('part 1', 'holds the statements and must have the Content-Type application/json');
	return {
		text: textIn(first.content),
		attachments: others.map((part, at) => attachmentOf(part, `part ${at + 2}`)),
	};
}

/** The value of the parameter, without quotes (RFC 2046, section 5.1.1: at most 70 characters). */
export function boundaryIn(contentType: string): string | undefined {
	const [, quoted, plain] =
		/;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
	return quoted ?? plain;
}

interface Part {
	headers: MultipartHeaders;
	content: Buffer;
}

function read(body: Buffer, boundary: string): Part[] {
	try {
		const parts = parseMultipart(withoutPreamble(body, boundary), {
			boundary,
			maxParts: MOST_PARTS,
			maxFileSize: body.length,
			maxTotalSize: body.length,
		});
		return [...parts].map((part) => ({
			headers: part.headers,
			content: Buffer.from(part.bytes),
		}));
	} catch (error) {
		if (error instanceof MultipartParseError || error instanceof TypeError)
			throw wrong('body', `cannot be read as multipart/mixed: ${error.message}`);
		throw error;
	}
}

/** What stands before the first boundary is for people (RFC 2046, section 5.1.1). */
function withoutPreamble(body: Buffer, boundary: string): Buffer {
	const delimiter = `--${boundary}`;
	if (body.subarray(0, delimiter.length).toString('latin1') === delimiter) return body;
	const at = body.indexOf(`\r\n${delimiter}`);
	return at === -1 ? body : body.subarray(at + 2);
}

function attachmentOf({ headers, content }: Part, at: string): Attachment {
	const sha2 = headers['x-experience-api-hash']?.trim().toLowerCase();
	if (!sha2)
		throw wrong(at, 'must have a header X-Experience-API-Hash with the hash of its content');
	if (headers['content-transfer-encoding']?.trim().toLowerCase() !== 'binary')
		throw wrong(at, 'must have the header Content-Transfer-Encoding: binary');
	if (hashLike(sha2, content) !== sha2)
		throw wrong(at, `has another content than its X-Experience-API-Hash says (${sha2})`);
	const contentType = headers['content-type'] ?? 'application/octet-stream';
	if (/[^\t\x20-\x7e\x80-\xff]/.test(contentType))
		throw wrong(at, 'has a Content-Type with characters that no header may have');
	return { sha2, contentType, content };
}

const ALGORITHMS: Record<number, string> = {
	56: 'sha224',
	64: 'sha256',
	96: 'sha384',
	128: 'sha512',
};

/** The hash of a content, by the member of the SHA-2 family that makes hashes of that length. */
function hashLike(sha2: string, content: Buffer): string | undefined {
	const algorithm = ALGORITHMS[sha2.length];
	return algorithm && createHash(algorithm).update(content).digest('hex');
}

/** @throws Refusal when it is no UTF-8 */
export function textIn(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw wrong('body', 'must be UTF-8');
	}
}

/** Statements and what belongs to them, as one body. @returns it with its Content-Type */
export function toMultipart(
	json: string,
	attachments: Attachment[],
): { body: Buffer; contentType: string } {
	const boundary = crypto.randomUUID();
	const chunks = [
		Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n`),
		Buffer.from(json),
		...attachments.flatMap(({ sha2, contentType, content }) => [
			Buffer.from(
				`\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`,
			),
			content,
		]),
		Buffer.from(`\r\n--${boundary}--\r\n`),
	];
	return { body: Buffer.concat(chunks), contentType: `multipart/mixed; boundary=${boundary}` };
}
