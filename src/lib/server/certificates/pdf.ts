import { encode } from 'uqr';
import type { States } from '#lib/certificates/states.ts';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { factsOf, type Fact } from './facts.ts';
import type { Picture } from './pictures.ts';
import { HEIGHT, INK, LINE, PAPER, PINE, Sheet, SOFT, WIDTH } from './sheet.ts';
import { longDay, verificationAddress } from './words.ts';

/** What is printed: a certificate, or a specimen of one. */
export interface Printed {
	states: States;
	code: string;
	issuedAt: Date;
	logo?: Picture;
	signature?: Picture;
	/** Says all over it that it is none. */
	isSpecimen?: boolean;
}

const LEFT = 60;
const RIGHT = WIDTH - 60;
const ACROSS = RIGHT - LEFT;
/** Where the signature and the code begin; everything else is above. */
const FOOT = 690;
const COLUMN = (ACROSS - 26) / 2;

/**
 * A certificate as PDF: one tagged A4 page with its fonts inside, in one language. The same bytes for
 * the same certificate, language and address.
 */
export async function certificatePdf(
	printed: Printed,
	language: Language,
	origin: string,
): Promise<Uint8Array> {
	const { states, issuedAt, isSpecimen } = printed;
	const locale = { locale: language };
	const title = m.certificate_pdf_of({ title: states.course.title[language] }, locale);
	const sheet = new Sheet({
		title: isSpecimen ? `${title} (${m.certificate_specimen({}, locale)})` : title,
		author: states.provider.name,
		language,
		at: issuedAt,
	});
	sheet.bar(0, 0, WIDTH, HEIGHT, PAPER);
	if (isSpecimen) sheet.watermark(m.certificate_specimen({}, locale));
	head(sheet, printed, language);
	const below = facts(sheet, factsOf(states, language), who(sheet, states, language));
	objectives(sheet, states, language, below + 16);
	signed(sheet, printed, language);
	verifiable(sheet, printed, language, origin);
	return sheet.finish();
}

function head(sheet: Sheet, { states, logo, isSpecimen }: Printed, locale: Language): void {
	const { name } = states.provider;
	if (logo) sheet.picture(logo, m.certificate_logo_of({ name }, { locale }), [LEFT, 98, 190, 48]);
	else sheet.write('P', name, [LEFT, 72, ACROSS], { size: 14, weight: '600', color: PINE });
	if (isSpecimen) {
		const said = m.certificate_specimen_said({}, { locale });
		sheet.write('P', said, [LEFT, 36, ACROSS], { size: 9.5, weight: '600', color: '#7a2d5c' });
	}
	sheet.bar(LEFT, 122, 72, 4, PINE);
	const type = { size: 13, weight: '600', color: PINE, spacing: 0.3 } as const;
	sheet.write('H1', m.certificate_title({}, { locale }), [LEFT, 142, ACROSS], type);
}

/** @returns where it ends */
function who(sheet: Sheet, states: States, locale: Language): number {
	const name = { size: 36, weight: '600', color: INK, gap: -4 } as const;
	let size: number = name.size;
	while (size > 22 && sheet.width(states.learner.name, { ...name, size }) > ACROSS) size -= 1;
	let y = sheet.write('P', states.learner.name, [LEFT, 164, ACROSS], { ...name, size });
	const said = states.isRenewal
		? m.certificate_pdf_again({}, { locale })
		: m.certificate_pdf_completed({}, { locale });
	y = sheet.write('P', said, [LEFT, y + 6, ACROSS], { size: 12, color: SOFT });
	const course = { size: 22, weight: '600', color: INK } as const;
	y = sheet.write('H2', states.course.title[locale], [LEFT, y + 5, ACROSS], course);
	const { version } = states.course;
	const day = longDay(states.completedAt, locale);
	const when = m.certificate_pdf_when({ day, version }, { locale });
	return sheet.write('P', when, [LEFT, y + 3, ACROSS], { size: 12, color: SOFT });
}

function facts(sheet: Sheet, rows: Fact[], from: number): number {
	const label = { size: 9.5, weight: '600', color: SOFT } as const;
	const value = { size: 9.5, color: INK, gap: 0.5 } as const;
	const at = LEFT + 88;
	let y = from + 18;
	const table = sheet.group('Table');
	for (const { name, text } of rows) {
		sheet.bar(LEFT, y - 4, ACROSS, 0.6, LINE);
		const row = sheet.group('TR', table);
		sheet.write('TH', name, [LEFT, y, 82], label, { inside: row, scope: 'Row' });
		y = sheet.write('TD', text, [at, y, RIGHT - at], value, { inside: row }) + 8;
		row.end();
	}
	table.end();
	return y;
}

function objectives(sheet: Sheet, states: States, locale: Language, from: number): void {
	const all = states.objectives.map((one) => one[locale]);
	const heading = { size: 11, weight: '600', color: PINE } as const;
	const y = sheet.write(
		'H2',
		m.certificate_objectives({}, { locale }),
		[LEFT, from, ACROSS],
		heading,
	);
	const room = FOOT - 16 - (y + 6);
	const { size, shown } = fitting(sheet, all, room, locale);
	const list = sheet.group('L');
	const type = { size, color: INK, gap: 0.5 };
	let [x, down] = [LEFT, y + 6];
	for (const [at, text] of shown.texts.entries()) {
		if (at === shown.half) [x, down] = [LEFT + COLUMN + 26, y + 6];
		const item = sheet.group('LI', list);
		const [top, high] = [down, size * 0.42];
		sheet.bar(x, top + size * 0.55, high, high, PINE);
		down = sheet.write('LBody', text, [x + 11, top, COLUMN - 11], type, { inside: item });
		down += size * 0.35;
		item.end();
	}
	list.end();
}

/** The largest size at which everything fits in two columns; where none does, the rest is counted. */
function fitting(sheet: Sheet, all: string[], room: number, locale: Language) {
	const columns = (texts: string[], size: number) => {
		const heights = texts.map(
			(text) => sheet.height(text, COLUMN - 11, { size, gap: 0.5 }) + size * 0.35,
		);
		const total = heights.reduce((sum, one) => sum + one, 0);
		let [half, first] = [0, 0];
		while (half < heights.length && first + heights[half]! / 2 < total / 2)
			first += heights[half++]!;
		return { half, high: Math.max(first, total - first) };
	};
	for (let size = 10; size >= 6.5; size -= 0.5) {
		const { half, high } = columns(all, size);
		if (high <= room) return { size, shown: { texts: all, half } };
	}
	for (let count = all.length - 1; ; count--) {
		const more = m.certificate_objectives_more({ count: all.length - count }, { locale });
		const texts = [...all.slice(0, count), more];
		const { half, high } = columns(texts, 6.5);
		if (high <= room || count === 0) return { size: 6.5, shown: { texts, half } };
	}
}

function signed(sheet: Sheet, { states, signature, issuedAt }: Printed, locale: Language): void {
	const { provider } = states;
	const { signer } = provider;
	const wide = 190;
	const small = { size: 9, color: SOFT } as const;
	let y = FOOT + 48;
	if (signer) {
		const alt = m.certificate_signature_of({ name: signer.name }, { locale });
		if (signature) sheet.picture(signature, alt, [LEFT, y - 3, 150, 42]);
		sheet.bar(LEFT, y, wide, 0.6, SOFT);
		const strong = { size: 10, weight: '600', color: INK } as const;
		y = sheet.write('P', signer.name, [LEFT, y + 5, wide], strong);
		if (signer.title) y = sheet.write('P', signer.title, [LEFT, y, wide], small);
	}
	const from = [provider.name, provider.address].filter(Boolean).join(', ');
	y = sheet.write('P', from, [LEFT, y, wide], small);
	const day = longDay(issuedAt, locale);
	sheet.write('P', m.certificate_issued_on({ day }, { locale }), [LEFT, y, wide], small);
}

function verifiable(sheet: Sheet, { code }: Printed, locale: Language, origin: string): void {
	const address = verificationAddress(origin, locale, code);
	const side = 86;
	const { data } = encode(address, { ecc: 'M', border: 0 });
	const alt = m.certificate_qr({ address }, { locale });
	const [x, y, wide] = [LEFT + 222, FOOT + 12, ACROSS - 222 - side - 12];
	sheet.bar(x - 16, FOOT + 8, 0.6, side + 8, LINE);
	const soft = { size: 8.5, color: SOFT, gap: 0.5 } as const;
	let at = sheet.write('P', m.certificate_pdf_verify({}, { locale }), [x, y, wide], soft);
	const strong = { size: 10.5, weight: '600', color: INK } as const;
	at = sheet.write('P', code, [x, at + 4, wide], strong);
	const shown = `${origin.replace(/^https?:\/\//, '')}/${locale}/verify`;
	sheet.write('Link', shown, [x, at + 4, wide], { ...soft, color: PINE }, { link: address });
	sheet.squares(data, alt, [RIGHT - side, FOOT + 12, side]);
}
