import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import type { Item } from './items.ts';
import { manifest12 } from './manifest12.ts';
import { manifest2004 } from './manifest2004.ts';

/** What a manifest tells of a package. */
export interface PackageOf {
	/** Of its activities only ids and types. */
	course: Course;
	/** The languages of the package, the one of its titles first. */
	languages: Language[];
	/** What can be launched: the course, or its parts one by one. */
	items: Item[];
	/** Every file of the package but those that the format adds, by its path; `index.html` among them. */
	files: string[];
}

interface Format {
	/** Who keeps the record: a file of `packaging/deliveries`. */
	delivery: string;
	/** Whether a package may hold each lesson as an item of its own. */
	splits: boolean;
	/** Files that the format adds, by their path: manifests and the like. */
	files(of: PackageOf): Record<string, string | Uint8Array>;
}

const imsmanifest = (write: (of: PackageOf) => string) => (of: PackageOf) => ({
	'imsmanifest.xml': write(of),
});

/** Every kind of package by its name on the command line. */
export const FORMATS = {
	scorm12: { delivery: 'scorm12', splits: true, files: imsmanifest(manifest12) },
	'scorm2004-3rd': {
		delivery: 'scorm2004',
		splits: true,
		files: imsmanifest((of) => manifest2004(of, '3rd')),
	},
	'scorm2004-4th': {
		delivery: 'scorm2004',
		splits: true,
		files: imsmanifest((of) => manifest2004(of, '4th')),
	},
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

/** Every way in which a package keeps its record. */
export const DELIVERIES = [...new Set(Object.values(FORMATS).map(({ delivery }) => delivery))];

export function isFormat(value: string | undefined): value is FormatName {
	return value !== undefined && Object.hasOwn(FORMATS, value);
}
