import courses from 'virtual:courses';
import { app } from '#lib/server/app.ts';
import { pdfFile, picturesOf } from '#lib/server/certificates/files.ts';
import { certificatePdf } from '#lib/server/certificates/pdf.ts';
import { readProvider, statedProvider } from '#lib/server/certificates/provider.ts';
import { specimen } from '#lib/server/certificates/specimen.ts';
import { requestLanguage } from '#lib/server/language.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { RequestHandler } from './$types';

/** What a certificate would look like now, in the language of the address. */
export const GET: RequestHandler = async (event) => {
	const { locals, params, url } = event;
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	const { db, config } = app();
	const language = requestLanguage(event);
	const provider = statedProvider(await readProvider(db, db.read));
	const printed = {
		...specimen(language, courses[0], provider),
		...(await picturesOf(db, provider)),
	};
	const content = await certificatePdf(printed, language, config.ORIGIN ?? url.origin);
	return pdfFile(content, `specimen-${language}`);
};
