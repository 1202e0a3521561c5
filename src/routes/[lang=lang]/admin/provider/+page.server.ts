import { app } from '#lib/server/app.ts';
import { dataUrl } from '#lib/server/certificates/pictures.ts';
import {
	providerForm,
	readPictureOf,
	readProvider,
	savePicture,
	saveProvider,
	type PictureOf,
} from '#lib/server/certificates/provider.ts';
import { readUpload } from '#lib/server/certificates/upload.ts';
import { readForm, refuse } from '#lib/server/forms.ts';
import { isRefusal } from '#lib/server/auth/outcome.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { db } = app();
	const { accreditation, logo, signature, ...provider } = await readProvider(db, db.read);
	const shown = async (hash: string | null) => {
		const picture = await readPictureOf(db, db.read, hash);
		return picture && dataUrl(picture);
	};
	return {
		provider: {
			...provider,
			accreditationDa: accreditation?.da ?? '',
			accreditationEn: accreditation?.en ?? '',
		},
		pictures: { logo: await shown(logo), signature: await shown(signature) },
	};
};

export const actions: Actions = {
	save: async ({ request, locals }) => {
		const { id } = mustAdminister(locals);
		const read = await readForm(request, providerForm, 'save');
		if ('trouble' in read) return read.trouble;
		await saveProvider(app().db, id, read.data);
		return { done: true };
	},
	logo: async (event) => take(event, 'logo'),
	signature: async (event) => take(event, 'signature'),
	removeLogo: async ({ locals }) => remove(locals, 'logo'),
	removeSignature: async ({ locals }) => remove(locals, 'signature'),
};

async function take(
	{ request, locals }: { request: Request; locals: App.Locals },
	which: PictureOf,
) {
	const { id } = mustAdminister(locals);
	const picture = await readUpload(request);
	if (isRefusal(picture)) return refuse({ ...picture, field: which }, {}, which);
	await savePicture(app().db, id, which, picture);
	return { done: true };
}

async function remove(locals: App.Locals, which: PictureOf) {
	const { id } = mustAdminister(locals);
	await savePicture(app().db, id, which, null);
	return { done: true };
}
