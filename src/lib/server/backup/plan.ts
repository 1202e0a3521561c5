import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import type { Setting } from '../settings.ts';

const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const shape = v.object({
	/** Whether the server makes one a day by itself. */
	daily: v.boolean(),
	/** From 0 to 23, by the server's clock. */
	hour: whole(0, 23),
	/** How many are kept. */
	keep: whole(1, 365),
});
export type Plan = v.InferOutput<typeof shape>;

/** When backups are made, and how many are kept. */
export const plan: Setting<typeof shape> = { name: 'backup', schema: shape };
export const DEFAULTS: Plan = { daily: true, hour: 2, keep: 14 };

const number = (least: number, most: number, message: () => string) =>
	v.pipe(
		v.string(),
		v.trim(),
		v.regex(/^\d{1,3}$/, message),
		v.transform(Number),
		v.minValue(least, message),
		v.maxValue(most, message),
	);

/** What the administrator's form sends. */
export const planForm = v.pipe(
	v.object({
		daily: v.optional(v.string()),
		hour: number(0, 23, () => m.admin_backup_hour_wrong()),
		keep: number(1, 365, () => m.admin_backup_keep_wrong()),
	}),
	v.transform(({ daily, ...rest }): Plan => ({ daily: daily !== undefined, ...rest })),
);

/**
 * Whether the daily backup has yet to be made: the last time it should have been is later than the last
 * one that was.
 *
 * @param last when the newest sound one was made
 */
export function isDue({ daily, hour }: Plan, last: Date | undefined, now: Date): boolean {
	if (!daily) return false;
	const due = new Date(now);
	due.setHours(hour, 0, 0, 0);
	if (due > now) due.setDate(due.getDate() - 1);
	return last === undefined || last < due;
}
