import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { app } from '#lib/server/app.ts';
import {
	backupUnderWay,
	databaseSize,
	deleteBackup,
	freeSpace,
	listBackups,
} from '#lib/server/backup/backups.ts';
import { backUp, outcome } from '#lib/server/backup/daily.ts';
import { isSound, sizeOf } from '#lib/server/backup/notes.ts';
import { DEFAULTS, plan, planForm } from '#lib/server/backup/plan.ts';
import { readForm } from '#lib/server/forms.ts';
import { changeSetting, readSetting } from '#lib/server/settings.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { Actions, PageServerLoad } from './$types';

/** Milliseconds that somebody waits for a backup before the page says how far it is. */
const PATIENCE = 3_000;
const chosen = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { db, config } = app();
	const under = backupUnderWay();
	const backups = await listBackups(config);
	return {
		engine: db.engine,
		plan: (await readSetting(db, db.read, plan)) ?? DEFAULTS,
		failed: (await readSetting(db, db.read, outcome))?.failed ?? null,
		underWay: under && { percent: under.of === 0 ? 0 : Math.floor((100 * under.done) / under.of) },
		space: { free: await freeSpace(config), database: await databaseSize(config) },
		backups: backups.map(({ name, notes }) => ({
			name,
			notes: notes && {
				madeAt: new Date(notes.madeAt),
				bytes: sizeOf(notes),
				sha256: notes.database.sha256,
				withKey: notes.key.from === 'file',
				people: notes.counts.users ?? 0,
				events: notes.counts.events ?? 0,
				packages: notes.packages?.kept.length ?? 0,
				/** Names of courses whose files are not in it; null for all of them. */
				lacks: notes.packages
					? notes.packages.missing.map(({ name }) => name)
					: notes.counts.cmi5_courses
						? null
						: [],
				damage: isSound(notes)
					? null
					: [...notes.damage.slice(0, 3), `${notes.orphans}`].join('; '),
			},
		})),
	};
};

export const actions: Actions = {
	now: async ({ locals }) => {
		const { id: actor } = mustAdminister(locals);
		const { db, config } = app();
		const made = backUp({ db, config }, actor);
		const went = await Promise.race([made, wait(PATIENCE, undefined)]);
		return { done: went === undefined ? 'begun' : went ? 'made' : 'failed' };
	},
	remove: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, chosen);
		if ('trouble' in read) return read.trouble;
		const { db, config } = app();
		await deleteBackup({ db, config }, read.data.id, actor);
		return { done: 'removed' };
	},
	plan: async ({ request, locals }) => {
		const { id: actor } = mustAdminister(locals);
		const read = await readForm(request, planForm, 'plan');
		if ('trouble' in read) return read.trouble;
		const { db } = app();
		await db.tx((tx) => changeSetting(db, tx, plan, read.data, actor));
		return { done: 'plan' };
	},
};
