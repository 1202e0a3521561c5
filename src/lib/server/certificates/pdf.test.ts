import { expect, test } from 'vitest';
import { loadCourse } from '../../../authoring/loader.ts';
import { readPdf } from '../../../../tests/support/pdf.ts';
import type { States } from '#lib/certificates/states.ts';
import type { Language } from '#lib/course/language.ts';
import { statesOf } from './issue.ts';
import { certificatePdf, type Printed } from './pdf.ts';
import { readPicture, type Picture } from './pictures.ts';
import { png } from '../../../../tests/support/pictures.ts';

const ORIGIN = 'https://kursus.example.dk';
const course = loadCourse('tests/fixtures/courses/tiny').course!;
const provider: States['provider'] = {
	name: 'Rygcenteret',
	address: 'Østergade 1, Middelfart',
	logo: 'x',
	signer: { name: 'Karen Sørensen', title: 'Overlæge' },
	signature: null,
	accreditation: null,
};
const enrolment = {
	since: '',
	beganAt: new Date('2027-01-02T10:00:00Z'),
	doneAt: new Date('2027-01-10T10:00:00Z'),
	lastAt: new Date('2027-01-10T10:00:00Z'),
	seconds: 5 * 3600 + 40 * 60,
	score: 92,
};

function printed(own: Partial<Printed> = {}, name = 'Åse Ørnkjær'): Printed {
	return {
		states: statesOf(course, enrolment, name, provider),
		code: '7K3Q-M9TX-0000-0000-0000',
		issuedAt: new Date('2027-01-10T10:00:05Z'),
		...own,
	};
}
const make = (one: Printed, language: Language = 'da') => certificatePdf(one, language, ORIGIN);
/** Without line breaks and the kinds of spaces. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

test('it says everything that it has to, in the language that is asked for', async () => {
	const da = flat(readPdf(await make(printed())).text);
	for (const words of [
		'Kursusbevis',
		'Åse Ørnkjær',
		'har gennemført kurset',
		'Lille kursus',
		'10. januar 2027 · kursusversion 1.0.0',
		'92 % rigtigt i slutprøven.',
		'Målt tid for deltageren: 5 t 40 min.',
		'Du kan sige goddag.',
		'Indholdet er gennemgået og godkendt af A. Tester den 31. januar 2026.',
		'Karen Sørensen',
		'Overlæge',
		'Rygcenteret, Østergade 1, Middelfart',
		'7K3Q-M9TX-0000-0000-0000',
		'kursus.example.dk/da/verify',
	])
		expect(da).toContain(words);
	const en = flat(readPdf(await make(printed(), 'en')).text);
	for (const words of ['Certificate of completion', 'Tiny course', '10 January 2027', '5 h 40 min'])
		expect(en).toContain(words);
});

test('it speaks of no credits, authors or approval unless there are any', async () => {
	const { text } = readPdf(await make(printed(), 'en'));
	expect(text).not.toMatch(/credit|accredit|approv|author/i);
	const states: States = {
		...printed().states,
		review: { state: 'pending' },
		authors: [{ name: 'Bo Lund', role: { da: 'læge', en: 'doctor' } }],
		provider: {
			...provider,
			accreditation: { da: 'Tre point', en: 'Three credits of the CPD board' },
		},
	};
	const said = flat(readPdf(await make(printed({ states }), 'en')).text);
	expect(said).toContain('The content has not yet been reviewed and signed off');
	expect(said).toContain('Bo Lund (doctor)');
	expect(said).toContain('Three credits of the CPD board');
});

test('it is one tagged page with its language, its title and its fonts inside', async () => {
	const logo = readPicture(png(120, 40)) as Picture;
	const pdf = readPdf(await make(printed({ logo })));
	expect(pdf.pages).toBe(1);
	expect(pdf.catalogue).toContain('/Lang (da-DK)');
	expect(pdf.catalogue).toMatch(/\/StructTreeRoot \d+ 0 R/);
	expect(pdf.catalogue).toMatch(/\/MarkInfo \d+ 0 R/);
	expect(pdf.catalogue).toContain('/ViewerPreferences');
	expect(pdf.title).toBe('Kursusbevis: Lille kursus');
	expect(pdf.metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
	expect(pdf.fonts.length).toBeGreaterThan(1);
	for (const { name, isEmbedded } of pdf.fonts) {
		expect(name).toMatch(/SourceSans3/);
		expect(isEmbedded).toBe(true);
	}
	for (const tag of [
		'Document',
		'H1',
		'H2',
		'P',
		'Table',
		'TR',
		'TH',
		'TD',
		'L',
		'LI',
		'LBody',
		'Link',
	])
		expect(pdf.structure).toContain(tag);
	expect(pdf.structure.filter((tag) => tag === 'Figure')).toHaveLength(2);
	expect(pdf.alternatives).toEqual([
		'Logo for Rygcenteret',
		`QR-kode, der fører til ${ORIGIN}/da/verify/7K3Q-M9TX-0000-0000-0000`,
	]);
});

test('the same certificate is the same bytes', async () => {
	expect(await make(printed())).toEqual(await make(printed()));
	expect(await make(printed())).not.toEqual(await make(printed(), 'en'));
});

test('names of other scripts keep their letters', async () => {
	for (const name of [
		'Łukasz Şahin',
		'Nguyễn Thị Ánh',
		'Ελένη Παππά',
		'Олена Шевченко',
		'Ida Ælfrić',
	]) {
		const { text } = readPdf(await make(printed({}, name)));
		expect(text.replaceAll('\n', '')).toContain(name);
		expect(text).not.toContain('\ufffd');
	}
});

test('a very large course still fits on one page, and says what it leaves out', async () => {
	const { states } = printed();
	const objectives = Array.from({ length: 90 }, (_, at) => ({
		da: `kan noget, som det tager mere end en enkelt linje at skrive ned, nummer ${at}`,
		en: `can do something that takes more than a single line to write down, number ${at}`,
	}));
	const pdf = readPdf(await make(printed({ states: { ...states, objectives } })));
	expect(pdf.pages).toBe(1);
	expect(flat(pdf.text)).toMatch(/Og \d+ mål til\./);
	const name = 'Maximiliane-Alexandrine Konstantinopolitansdotter von der Wiesenhütten';
	expect(readPdf(await make(printed({}, name))).pages).toBe(1);
});

test('a specimen says that it is one', async () => {
	const { text, title } = readPdf(await make(printed({ isSpecimen: true })));
	expect(flat(text)).toContain('Deltageren er opdigtet');
	expect(title).toBe('Kursusbevis: Lille kursus (Prøve)');
});

test('a picture is told by its bytes, and keeps nothing but the picture', () => {
	const secret = Buffer.from('GPS 55.5 9.7');
	const chunk = Buffer.concat([
		Buffer.from([0, 0, 0, secret.length]),
		Buffer.from('tEXt'),
		secret,
		Buffer.alloc(4),
	]);
	const plain = Buffer.from(png(20, 20));
	const talking = Buffer.concat([plain.subarray(0, 33), chunk, plain.subarray(33)]);
	expect(readPicture(talking)).toEqual({
		type: 'png',
		width: 20,
		height: 20,
		bytes: new Uint8Array(plain),
	});
	expect(readPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe(
		'not-a-picture',
	);
	expect(readPicture(plain.subarray(0, 40))).toBe('damaged');
	expect(readPicture(png(8, 20))).toBe('dimensions');
	expect(readPicture(png(2500, 20))).toBe('dimensions');
	expect(readPicture(new Uint8Array(500 * 1024))).toBe('too-large');
	const interlaced = Buffer.from(plain);
	interlaced[28] = 1;
	expect(readPicture(interlaced)).toBe('interlaced');
});

test('a JPEG loses what it tells besides', () => {
	const segment = (marker: number, body: number[]) => [0xff, marker, 0, body.length + 2, ...body];
	const exif = segment(0xe1, [...Buffer.from('Exif: somebody at home')]);
	const frame = segment(0xc0, [8, 0, 64, 0, 128, 1, 1, 17, 0]);
	const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 1, 2, 3, 0xff, 0xd9];
	const read = readPicture(new Uint8Array([0xff, 0xd8, ...exif, ...frame, ...scan]));
	expect(read).toEqual({
		type: 'jpeg',
		width: 128,
		height: 64,
		bytes: new Uint8Array([0xff, 0xd8, ...frame, ...scan]),
	});
	expect(readPicture(new Uint8Array([0xff, 0xd8, ...frame]))).toBe('damaged');
	expect(readPicture(new Uint8Array([0xff, 0xd8, ...exif, ...scan]))).toBe('damaged');
});
