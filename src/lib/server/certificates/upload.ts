import { m } from '#lib/paraglide/messages.js';
import type { Outcome } from '../auth/outcome.ts';
import { certificatePdf } from './pdf.ts';
import { MOST_BYTES, readPicture, type Picture, type PictureTrouble } from './pictures.ts';
import { specimen } from './specimen.ts';

/** Reads the picture that a form sends as `file`, and tries whether a certificate can be made with it. */
export async function readUpload(request: Request): Promise<Outcome<Picture>> {
	// The server itself takes no body that is much larger.
	const announced = Number(request.headers.get('content-length') ?? 0);
	if (announced > MOST_BYTES + 10_000) return { refused: words('too-large') };
	const file = await request.formData().then(
		(form) => form.get('file'),
		() => null,
	);
	if (!(file instanceof File) || file.size === 0)
		return { refused: m.admin_provider_picture_missing() };
	const read = readPicture(new Uint8Array(await file.arrayBuffer()));
	if (typeof read === 'string') return { refused: words(read) };
	try {
		await certificatePdf({ ...specimen('en'), logo: read }, 'en', 'https://example.org');
	} catch {
		return { refused: words('damaged') };
	}
	return read;
}

function words(trouble: PictureTrouble): string {
	switch (trouble) {
		case 'too-large':
			return m.admin_provider_picture_too_large();
		case 'not-a-picture':
			return m.admin_provider_picture_not_a_picture();
		case 'damaged':
			return m.admin_provider_picture_damaged();
		case 'dimensions':
			return m.admin_provider_picture_dimensions();
		case 'interlaced':
			return m.admin_provider_picture_interlaced();
	}
}
