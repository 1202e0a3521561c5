import * as v from 'valibot';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { NewDispatch } from './dispatches.ts';

const MOST_SEATS = 1_000_000;

/** `https://lms.example.org`, and a port where there is one. */
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/;

const seats = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.check(
		(text) => text === '' || (/^[1-9]\d*$/.test(text) && Number(text) <= MOST_SEATS),
		() => m.admin_dispatches_seats_wrong(),
	),
	v.transform((text) => (text === '' ? null : Number(text))),
);

/** The last day on which it opens, by the server's clock. */
const expiry = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.check(
		(text) => text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text),
		() => m.admin_dispatches_expiry_wrong(),
	),
	v.transform((text) => (text === '' ? null : endOf(text))),
	v.check(
		(date) => date === null || date > new Date(),
		() => m.admin_dispatches_expiry_wrong(),
	),
);

function endOf(day: string): Date {
	const date = new Date(`${day}T00:00:00`);
	date.setDate(date.getDate() + 1);
	return date;
}

const origins = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) =>
		text
			.toLowerCase()
			.split(/[\s,;]+/)
			.filter(Boolean),
	),
	v.maxLength(20, () => m.admin_dispatches_origins_many()),
	v.check(
		(all) =>
			all.every((one) => ORIGIN.test(one) && URL.canParse(one) && new URL(one).origin === one),
		() => m.admin_dispatches_origins_wrong(),
	),
);

/** What the administrator's form sends; messages are in the language of the request. */
export const dispatchForm = v.pipe(
	v.object({
		name: v.pipe(
			v.string(),
			v.trim(),
			v.nonEmpty(() => m.admin_dispatches_name_missing()),
			v.maxLength(100),
		),
		course: v.pipe(v.string(), v.maxLength(100)),
		language: v.picklist(['both', ...LANGUAGES]),
		seats,
		expiry,
		origins,
	}),
	v.transform(({ language, expiry: expiresAt, ...named }): NewDispatch => ({
		...named,
		expiresAt,
		languages: language === 'both' ? [...LANGUAGES] : ([language] satisfies Language[]),
	})),
);

export const chosenDispatch = v.object({ id: v.pipe(v.string(), v.maxLength(64)) });
