import { timeinterval2004, complaint2004 } from '#lib/tracking/scorm/cmi2004.ts';
import { complaint12, responseComplaint12, timespan12 } from '#lib/tracking/scorm/cmi12.ts';
import type { Item } from './package.ts';

/** A learner's data in the LMS: values by their whole element name, `cmi.core.lesson_status`. */
export type Cmi = Readonly<Record<string, string>>;

export type ScormFormat = 'scorm12' | 'scorm2004';
export const MODES = ['normal', 'browse', 'review'] as const;
export type Mode = (typeof MODES)[number];

export interface Launch {
	format: ScormFormat;
	item: Item;
	mode: Mode;
	learner: { id: string; name: string };
	/** What an earlier session left; nothing in a new attempt. */
	stored?: Cmi | undefined;
}

/** Where the two versions keep the same thing. */
const NAMES = {
	scorm12: {
		learner: 'cmi.core.student_id',
		name: 'cmi.core.student_name',
		mode: 'cmi.core.lesson_mode',
		credit: 'cmi.core.credit',
		entry: 'cmi.core.entry',
		exit: 'cmi.core.exit',
		session: 'cmi.core.session_time',
		total: 'cmi.core.total_time',
		mastery: 'cmi.student_data.mastery_score',
		first: { 'cmi.core.lesson_status': 'not attempted' },
	},
	scorm2004: {
		learner: 'cmi.learner_id',
		name: 'cmi.learner_name',
		mode: 'cmi.mode',
		credit: 'cmi.credit',
		entry: 'cmi.entry',
		exit: 'cmi.exit',
		session: 'cmi.session_time',
		total: 'cmi.total_time',
		mastery: 'cmi.scaled_passing_score',
		first: { 'cmi.completion_status': 'unknown', 'cmi.success_status': 'unknown' },
	},
} as const;
export const SUSPEND_DATA = 'cmi.suspend_data';

/**
 * What an LMS has ready when it launches: "SCORM Run-Time Environment" 1.2, section 3.4.4, and 2004
 * 4th edition, section 4.2. As most LMSs do, it keeps the data of an attempt however it was left, and
 * says `resume` only where the last session ended in `suspend`.
 */
export function launchData({ format, item, mode, learner, stored }: Launch): Cmi {
	const names = NAMES[format];
	// What a course asks of navigation holds for the session in which it asks.
	const {
		[names.exit]: exit,
		[names.session]: session,
		'adl.nav.request': _,
		...kept
	} = stored ?? {};
	return {
		...(stored ? kept : names.first),
		[names.learner]: learner.id,
		[names.name]: learner.name,
		[names.mode]: mode,
		[names.credit]: mode === 'normal' ? 'credit' : 'no-credit',
		[names.entry]: !stored ? 'ab-initio' : exit === 'suspend' ? 'resume' : '',
		[names.total]: written(format, spent(kept[names.total]) + spent(session)),
		...(item.masteryScore === undefined ? {} : { [names.mastery]: String(item.masteryScore) }),
		...(format === 'scorm2004' && item.completionThreshold !== undefined
			? { 'cmi.completion_threshold': String(item.completionThreshold) }
			: {}),
		...(item.launchData === undefined ? {} : { 'cmi.launch_data': item.launchData }),
	};
}

/** The same data as an LMS has them that lost what the course stored. */
export function withoutSuspendData({ [SUSPEND_DATA]: _, ...others }: Cmi): Cmi {
	return others;
}

function written(format: ScormFormat, milliseconds: number): string {
	return format === 'scorm12' ? timespan12(milliseconds) : timeinterval2004(milliseconds);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds of a time span of either version; 0 for anything else. Months count 30 days. */
export function spent(span: string | undefined): number {
	const [, h, m, s] = /^(\d{2,4}):(\d\d):(\d\d(?:\.\d+)?)$/.exec(span ?? '') ?? [];
	if (h !== undefined) return Number(h) * HOUR + Number(m) * MINUTE + Number(s) * SECOND;
	const found =
		/^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
			span ?? '',
		);
	const units = [365 * DAY, 30 * DAY, DAY, HOUR, MINUTE, SECOND];
	return found ? units.reduce((sum, unit, n) => sum + Number(found[n + 1] ?? 0) * unit, 0) : 0;
}

/** scorm-again's data as values by element; those that are blank left out. */
export function flat(value: unknown, element = 'cmi'): Cmi {
	if (typeof value !== 'object' || value === null)
		return value === '' || value === undefined || value === null
			? {}
			: { [element]: String(value) };
	return Object.assign(
		{},
		...Object.entries(value).map(([name, inner]) => flat(inner, `${element}.${name}`)),
	) as Cmi;
}

/**
 * Why a strict LMS could refuse what a package writes, by our own rules; undefined when none does.
 * scorm-again takes a good deal that others do not.
 *
 * @param data what the LMS has by then; a response is judged by its interaction's type
 */
export function complaint(
	format: ScormFormat,
	element: string,
	value: string,
	data: Cmi,
): string | undefined {
	if (format === 'scorm2004') return complaint2004(element, value);
	const type = data[element.replace(/\.student_response$/, '.type')];
	return (
		complaint12(element, value) ??
		(element.endsWith('.student_response') && type !== undefined
			? responseComplaint12(type, value)
			: undefined)
	);
}

/** A branch of the data, or a value in it. */
export interface Twig {
	name: string;
	element: string;
	value?: string;
	twigs: Twig[];
}

/** The data as a tree by the parts of their names; numbers in the order of numbers. */
export function tree(cmi: Cmi): Twig[] {
	const roots: Twig[] = [];
	for (const [element, value] of Object.entries(cmi)) {
		let among = roots;
		let path = '';
		let twig: Twig | undefined;
		for (const name of element.split('.')) {
			path = path ? `${path}.${name}` : name;
			const here = path;
			twig = among.find((one) => one.element === here);
			if (!twig) among.push((twig = { name, element: here, twigs: [] }));
			among = twig.twigs;
		}
		twig!.value = value;
	}
	return sorted(roots);
}

function sorted(twigs: Twig[]): Twig[] {
	return twigs
		.map((one) => ({ ...one, twigs: sorted(one.twigs) }))
		.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
