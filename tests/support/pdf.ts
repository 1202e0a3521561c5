import { unzlibSync } from 'fflate';

/** What a test wants to know of a PDF as pdfkit writes it; no reader of PDFs in general. */
export interface ReadPdf {
	/** Everything that is written on its pages, a line for each run of text. */
	text: string;
	/** The document's catalogue, as it stands there. */
	catalogue: string;
	title: string;
	/** The XMP packet. */
	metadata: string;
	/** Kinds of structure elements, in the order of the file. */
	structure: string[];
	/** What stands in for pictures. */
	alternatives: string[];
	/** Each font, and whether its file is inside. */
	fonts: { name: string; isEmbedded: boolean }[];
	pages: number;
}

interface Entry {
	dictionary: string;
	stream?: Uint8Array;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
	const objects = objectsOf(bytes);
	const all = [...objects.values()];
	const of = (type: string) =>
		all.filter(({ dictionary }) => new RegExp(`/Type /${type}\\b`).test(dictionary));
	return {
		text: textOf(objects),
		catalogue: of('Catalog')[0]!.dictionary,
		title: titleOf(objects),
		metadata: Buffer.from(of('Metadata')[0]?.stream ?? []).toString('utf8'),
		structure: all.flatMap(({ dictionary }) => /^<<\s*\/S \/(\w+)\s/.exec(dictionary)?.[1] ?? []),
		alternatives: all.flatMap(({ dictionary }) => {
			const [, alt] = /\/Alt (\((?:\\.|[^\\)])*\))/s.exec(dictionary) ?? [];
			return alt ? [stringOf(alt)] : [];
		}),
		fonts: of('FontDescriptor').map(({ dictionary }) => ({
			name: /\/FontName \/(\S+)/.exec(dictionary)![1]!,
			isEmbedded: /\/FontFile[23]? \d+ 0 R/.test(dictionary),
		})),
		pages: of('Page').length,
	};
}

function objectsOf(bytes: Uint8Array): Map<number, Entry> {
	const latin = Buffer.from(bytes).toString('latin1');
	const found = new Map<number, Entry>();
	for (const { 1: id, 2: body } of latin.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
		const at = body!.indexOf('\nstream\n');
		if (at < 0) {
			found.set(Number(id), { dictionary: body! });
			continue;
		}
		const dictionary = body!.slice(0, at);
		const raw = Buffer.from(body!.slice(at + 8, body!.lastIndexOf('\nendstream')), 'latin1');
		const stream = dictionary.includes('/FlateDecode') ? unzlibSync(raw) : new Uint8Array(raw);
		found.set(Number(id), { dictionary, stream });
	}
	return found;
}

function titleOf(objects: Map<number, Entry>): string {
	const info = [...objects.values()].find(({ dictionary }) =>
		/\/CreationDate \d+ 0 R/.test(dictionary),
	)!;
	const [, id] = /\/Title (\d+) 0 R/.exec(info.dictionary)!;
	return stringOf(objects.get(Number(id))!.dictionary);
}

/** A text string: in the document's own encoding, or UTF-16 with its mark (ISO 32000-1, 7.9.2). */
function stringOf(literal: string): string {
	const plain = literal
		.slice(1, -1)
		.replaceAll(/\\([nrtbf()\\])/g, (_, sign: string) => ESCAPES[sign] ?? sign);
	if (!plain.startsWith('þÿ')) return plain;
	const bytes = Buffer.from(plain.slice(2), 'latin1');
	return new TextDecoder('utf-16be').decode(bytes);
}
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function textOf(objects: Map<number, Entry>): string {
	const fonts = new Map<string, Map<string, string>>();
	const content: string[] = [];
	for (const { dictionary } of objects.values()) {
		if (/\/Type \/Page\b/.test(dictionary)) {
			const [, id] = /\/Contents (\d+) 0 R/.exec(dictionary)!;
			content.push(Buffer.from(objects.get(Number(id))!.stream!).toString('latin1'));
		}
		for (const { 1: name, 2: id } of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
			const [, map] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id))?.dictionary ?? '') ?? [];
			if (map) fonts.set(name!, unicodeOf(objects.get(Number(map))!));
		}
	}
	let font: Map<string, string> | undefined;
	const lines: string[] = [];
	for (const { 1: name, 2: shown } of content
		.join('\n')
		.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[\s\d.-])*)\] TJ/g)) {
		if (name) font = fonts.get(name);
		else
			lines.push(
				[...shown!.matchAll(/<([0-9a-f]*)>/g)]
					.flatMap(({ 1: hex }) => hex!.match(/.{4}/g) ?? [])
					.map((code) => font?.get(code) ?? '\ufffd')
					.join(''),
			);
	}
	return lines.join('\n');
}

/** What each code of a font means, by its ToUnicode map as pdfkit writes it: ranges with a list. */
function unicodeOf({ stream }: Entry): Map<string, string> {
	const map = new Map<string, string>();
	const text = Buffer.from(stream!).toString('latin1');
	for (const { 1: from, 2: list } of text.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g))
		[...list!.matchAll(/<([0-9a-f ]*)>/g)].forEach(({ 1: hex }, at) => {
			const code = (Number.parseInt(from!, 16) + at).toString(16).padStart(4, '0');
			const bytes = Buffer.from(hex!.replaceAll(' ', ''), 'hex');
			map.set(code, new TextDecoder('utf-16be').decode(bytes));
		});
	return map;
}
