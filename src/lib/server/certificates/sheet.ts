import PDFDocument from 'pdfkit';
import type { Language } from '#lib/course/language.ts';
import { fontFile, pieces, type Weight } from './fonts.ts';
import type { Picture } from './pictures.ts';

/** Points: A4 upright, as both languages' readers print it. */
export const WIDTH = 595.28;
export const HEIGHT = 841.89;

/** The product's own colours (`ui/app.css`, light), as PDF knows them. */
export const INK = '#1f2925';
export const SOFT = '#4b5853';
export const PINE = '#1d5c49';
export const LINE = '#d9d3c6';
export const PAPER = '#fcfaf5';

export interface Type {
	size: number;
	weight?: Weight;
	color?: string;
	/** Between lines. */
	gap?: number;
	/** Between letters. */
	spacing?: number;
}

type Element = ReturnType<PDFKit.PDFDocument['struct']>;

/**
 * One tagged page (ISO 14289-1, PDF/UA): what is drawn has its place in the structure, or is marked
 * as decoration. The same calls always give the same bytes.
 */
export class Sheet {
	readonly #doc: PDFKit.PDFDocument;
	readonly #root: Element;
	readonly #whole: Promise<Uint8Array>;

	constructor(about: { title: string; author: string; language: Language; at: Date }) {
		this.#doc = new PDFDocument({
			size: 'A4',
			margin: 0,
			pdfVersion: '1.7',
			subset: 'PDF/UA' as never,
			tagged: true,
			lang: about.language === 'da' ? 'da-DK' : 'en-GB',
			displayTitle: true,
			info: {
				Title: about.title,
				Author: about.author,
				CreationDate: about.at,
				ModDate: about.at,
				Creator: 'Rygsamtalen',
				Producer: 'Rygsamtalen',
			},
		});
		const parts: Buffer[] = [];
		this.#whole = new Promise((resolve, reject) => {
			this.#doc.on('data', (part: Buffer) => parts.push(part));
			this.#doc.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
			this.#doc.on('error', reject);
		});
		this.#root = this.#doc.struct('Document');
		this.#doc.addStructure(this.#root);
	}

	/** An element that holds others, such as a list. */
	group(tag: string, inside: Element = this.#root): Element {
		const made = this.#doc.struct(tag);
		inside.add(made);
		return made;
	}

	/**
	 * Writes a text, in as many lines as it takes.
	 *
	 * @returns where it ends
	 */
	write(
		tag: string,
		text: string,
		[x, y, width]: [x: number, y: number, width: number],
		type: Type,
		{ inside = this.#root, link, scope }: { inside?: Element; link?: string; scope?: 'Row' } = {},
	): number {
		const element = this.#doc.struct(tag, (scope ? { scope } : {}) as object);
		inside.add(element);
		element.add(() => this.#draw(text, x, y, width, type));
		if (link) {
			const options = { structParent: element, Contents: new String(text) };
			const high = this.height(text, width, type);
			this.#doc.link(x, y, this.width(text, type), high, link, options as never);
		}
		element.end();
		return y + this.height(text, width, type);
	}

	#draw(text: string, x: number, y: number, width: number, type: Type): void {
		this.#doc.fillColor(type.color ?? INK).fontSize(type.size);
		const parts = pieces(text);
		const options = { width, lineGap: type.gap ?? 0, characterSpacing: type.spacing ?? 0 };
		const high = this.#doc.y;
		parts.forEach(({ script, text: part }, at) => {
			this.#font(script, type.weight);
			const rest = { ...options, continued: at < parts.length - 1 };
			if (at === 0) this.#doc.text(part, x, y, rest);
			else this.#doc.text(part, rest);
		});
		this.#doc.y = high;
	}

	#font(script: Parameters<typeof fontFile>[0], weight: Weight = '400'): void {
		const name = `${script}-${weight}`;
		this.#doc.registerFont(name, fontFile(script, weight) as never);
		this.#doc.font(name);
	}

	height(text: string, width: number, { size, weight, gap = 0, spacing = 0 }: Type): number {
		this.#font('latin', weight);
		const options = { width, lineGap: gap, characterSpacing: spacing };
		return this.#doc.fontSize(size).heightOfString(text, options);
	}

	width(text: string, { size, weight, spacing = 0 }: Type): number {
		this.#doc.fontSize(size);
		return pieces(text).reduce((sum, { script, text: part }) => {
			this.#font(script, weight);
			return sum + this.#doc.widthOfString(part, { characterSpacing: spacing });
		}, 0);
	}

	/** Draws a picture as large as fits, at the bottom left of the place. @returns its size */
	picture(
		{ bytes, width, height }: Picture,
		alt: string,
		[x, bottom, most, high]: [x: number, bottom: number, most: number, high: number],
	): { width: number; height: number } {
		const scale = Math.min(most / width, high / height);
		const size = { width: width * scale, height: height * scale };
		const y = bottom - size.height;
		const bbox = [x, y, x + size.width, y + size.height];
		const figure = this.#doc.struct('Figure', { alt, bbox } as object);
		this.#root.add(figure);
		figure.add(() => void this.#doc.image(Buffer.from(bytes) as never, x, y, size));
		figure.end();
		return size;
	}

	/** Draws squares that belong together, such as a QR code. */
	squares(
		dark: boolean[][],
		alt: string,
		[x, y, side]: [x: number, y: number, side: number],
	): void {
		const bbox = [x, y, x + side, y + side];
		const figure = this.#doc.struct('Figure', { alt, bbox } as object);
		this.#root.add(figure);
		figure.add(() => {
			const one = side / dark.length;
			dark.forEach((row, down) =>
				row.forEach((is, across) => {
					// A hair too large, so that no light comes through between two.
					if (is) this.#doc.rect(x + across * one, y + down * one, one + 0.05, one + 0.05);
				}),
			);
			this.#doc.fill(INK);
		});
		figure.end();
	}

	/** Decoration: of no meaning to whoever has the page read to them. */
	decorate(draw: (doc: PDFKit.PDFDocument) => void): void {
		this.#doc.markContent('Artifact', { type: 'Layout' });
		this.#doc.save();
		draw(this.#doc);
		this.#doc.restore();
		this.#doc.endMarkedContent();
	}

	bar(x: number, y: number, width: number, height: number, color: string): void {
		this.decorate((doc) => doc.rect(x, y, width, height).fill(color));
	}

	/** The same word across the page, behind everything. */
	watermark(word: string): void {
		this.decorate((doc) => {
			doc.rotate(-35, { origin: [WIDTH / 2, HEIGHT / 2] });
			this.#font('latin', '600');
			doc.fontSize(120).fillColor('#7a2d5c', 0.09);
			doc.text(word, 0, HEIGHT / 2 - 75, { width: WIDTH, align: 'center' });
		});
	}

	async finish(): Promise<Uint8Array> {
		this.#root.end();
		this.#doc.end();
		return this.#whole;
	}
}
