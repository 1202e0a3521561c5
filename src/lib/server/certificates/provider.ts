import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { States } from '#lib/certificates/states.ts';
import { m } from '#lib/paraglide/messages.js';
import { note } from '../audit.ts';
import type { Database, Queries } from '../db/database.ts';
import { readSetting, writeSetting, type Setting } from '../settings.ts';
import type { Picture } from './pictures.ts';

/** Who stands behind the certificates of this server, as an administrator has set it. */
const provider = v.object({
	name: v.string(),
	address: v.optional(v.string(), ''),
	signerName: v.optional(v.string(), ''),
	signerTitle: v.optional(v.string(), ''),
	/** Only what is written here is said of credits or accreditation; both languages or neither. */
	accreditation: v.optional(v.nullable(v.object({ da: v.string(), en: v.string() })), null),
	/** Hashes of pictures. */
	logo: v.optional(v.nullable(v.string()), null),
	signature: v.optional(v.nullable(v.string()), null),
});
export type Provider = v.InferOutput<typeof provider>;

const setting: Setting<typeof provider> = { name: 'provider', schema: provider };

/** What stands on certificates until an administrator has been here. */
function nobodyYet(): Provider {
	return {
		name: m.app_name(),
		address: '',
		signerName: '',
		signerTitle: '',
		accreditation: null,
		logo: null,
		signature: null,
	};
}

/** The provider, and whether anybody has set it. */
export async function readProvider(
	db: Pick<Database, 'tables'>,
	queries: Queries,
): Promise<Provider & { isSet: boolean }> {
	const stored = await readSetting(db, queries, setting);
	return { ...(stored ?? nobodyYet()), isSet: stored !== undefined };
}

/** The provider as a certificate of today states it. */
export function statedProvider(one: Provider): States['provider'] {
	const { name, address, logo, signature, accreditation, signerName, signerTitle } = one;
	return {
		name,
		address,
		logo,
		signer: signerName ? { name: signerName, title: signerTitle } : null,
		signature: signerName ? signature : null,
		accreditation,
	};
}

const short = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.maxLength(100, () => m.admin_provider_too_long({ most: 100 })),
);
const long = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.maxLength(200, () => m.admin_provider_too_long({ most: 200 })),
);

/** What the form sends. */
export const providerForm = v.pipe(
	v.object({
		name: v.pipe(
			short,
			v.nonEmpty(() => m.admin_provider_name_missing()),
		),
		address: long,
		signerName: short,
		signerTitle: short,
		accreditationDa: long,
		accreditationEn: long,
	}),
	v.forward(
		v.check(
			({ signerName, signerTitle }) => !signerTitle || !!signerName,
			() => m.admin_provider_signer_missing(),
		),
		['signerName'],
	),
	v.forward(
		v.check(
			({ accreditationDa, accreditationEn }) => !accreditationEn || !!accreditationDa,
			() => m.admin_provider_accreditation_both(),
		),
		['accreditationDa'],
	),
	v.forward(
		v.check(
			({ accreditationDa, accreditationEn }) => !accreditationDa || !!accreditationEn,
			() => m.admin_provider_accreditation_both(),
		),
		['accreditationEn'],
	),
);

/** Certificates that are issued from now on say so; those that were stay as they are. */
export async function saveProvider(
	db: Database,
	actor: string,
	form: v.InferOutput<typeof providerForm>,
	now = new Date(),
): Promise<void> {
	const { accreditationDa: da, accreditationEn: en, ...rest } = form;
	await change(db, actor, { ...rest, accreditation: da ? { da, en } : null }, now);
}

export type PictureOf = 'logo' | 'signature';

/** Puts a picture in the place of the one before, or takes it away. */
export async function savePicture(
	db: Database,
	actor: string,
	which: PictureOf,
	picture: Picture | null,
	now = new Date(),
): Promise<void> {
	const hash = picture && createHash('sha256').update(picture.bytes).digest('base64url');
	await change(db, actor, { [which]: hash }, now, async (tx) => {
		if (!picture || !hash) return;
		const { bytes, ...size } = picture;
		const data = Buffer.from(bytes).toString('base64');
		await writeSetting(db, tx, pictureSetting(hash), { ...size, data }, now);
	});
}

async function change(
	db: Database,
	actor: string,
	changed: Partial<Provider>,
	now: Date,
	besides: (tx: Queries) => Promise<void> = async () => undefined,
): Promise<void> {
	await db.tx(async (tx) => {
		await besides(tx);
		const { isSet: _isSet, ...before } = await readProvider(db, tx);
		await writeSetting(db, tx, setting, { ...before, ...changed }, now);
		const fields = Object.keys(changed);
		await note(
			db,
			tx,
			{ actor, action: 'setting.changed', on: ['setting', setting.name], details: { fields } },
			now,
		);
	});
}

/**
 * A picture by its hash. None is ever removed: certificates that show it are drawn anew each time
 * somebody fetches them, and must look as they did.
 */
export async function readPictureOf(
	db: Pick<Database, 'tables'>,
	queries: Queries,
	hash: string | null,
): Promise<Picture | undefined> {
	if (!hash) return undefined;
	const stored = await readSetting(db, queries, pictureSetting(hash));
	if (!stored) return undefined;
	const { data, ...size } = stored;
	return { ...size, bytes: new Uint8Array(Buffer.from(data, 'base64')) };
}

const storedPicture = v.object({
	type: v.picklist(['png', 'jpeg']),
	width: v.number(),
	height: v.number(),
	/** Base64. */
	data: v.string(),
});

function pictureSetting(hash: string): Setting<typeof storedPicture> {
	return { name: `provider-picture:${hash}`, schema: storedPicture };
}
