import { isRefusal } from '../auth/outcome.ts';
import { briefly, logError } from '../log.ts';
import { readSetting, writeSetting, type Setting } from '../settings.ts';
import * as v from 'valibot';
import { listBackups, makeBackup, type Source } from './backups.ts';
import { isSound } from './notes.ts';
import { DEFAULTS, isDue, plan } from './plan.ts';

const shape = v.object({
	/** The last time that a backup went wrong; null once one has gone well. */
	failed: v.nullable(v.object({ at: v.pipe(v.string(), v.isoTimestamp()), reason: v.string() })),
});
/** How the last backup went. */
export const outcome: Setting<typeof shape> = { name: 'backup-outcome', schema: shape };

const HOUR = 60 * 60 * 1000;

/**
 * Makes the daily backup when it is time for it. One that failed is tried again an hour later.
 *
 * @returns whether one was made
 */
export async function backUpIfDue(source: Source, now = new Date()): Promise<boolean> {
	const { db, config } = source;
	if (!db.backup) return false;
	const when = (await readSetting(db, db.read, plan)) ?? DEFAULTS;
	const newest = (await listBackups(config)).find(({ notes }) => notes && isSound(notes));
	const last = newest?.notes && new Date(newest.notes.madeAt);
	if (!isDue(when, last, now)) return false;
	const { failed } = (await readSetting(db, db.read, outcome)) ?? { failed: null };
	if (failed && now.getTime() - Date.parse(failed.at) < HOUR) return false;
	return backUp(source, null, now);
}

/** Makes a backup, and keeps on record how it went. */
export async function backUp(
	source: Source,
	actor: string | null,
	now = new Date(),
): Promise<boolean> {
	const { db } = source;
	const reason = await makeBackup(source, actor, now).then((made) => {
		if (isRefusal(made)) return made.refused;
		return isSound(made.notes) ? undefined : damageOf(made.notes);
	}, briefly);
	if (reason !== undefined) logError('The backup went wrong:', reason);
	const failed = reason === undefined ? null : { at: now.toISOString(), reason };
	await db.tx((tx) => writeSetting(db, tx, outcome, { failed }));
	return reason === undefined;
}

function damageOf({ damage, orphans }: { damage: string[]; orphans: number }): string {
	return [...damage.slice(0, 3), ...(orphans > 0 ? [`foreign_key_check: ${orphans}`] : [])].join(
		'; ',
	);
}
