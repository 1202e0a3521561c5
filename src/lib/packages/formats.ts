import type { Language } from '#lib/course/language.ts';
import type { Course } from '#lib/course/model.ts';
import type { Text } from '#lib/course/text.ts';
import { COPY_HEAD, copyFiles } from './copy.ts';
import { courseStructure } from './course-structure.ts';
import type { Item } from './items.ts';
import { manifest12 } from './manifest12.ts';
import { manifest2004 } from './manifest2004.ts';
import { tincan } from './tincan.ts';

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

export interface Format {
	/** Who keeps the record: a file of `packaging/deliveries`. */
	delivery: string;
	/** Whether a package may hold each lesson as an item of its own. */
	splits: boolean;
	/** Whether its page may name a record store to tell of what happens. */
	reports: boolean;
	/** What its page says where it differs from others. */
	page?: {
		/** Elements of the head; an empty icon where left out. */
		head: string;
		/** Seen only where the course does not open. */
		stuck: Text;
	};
	/**
	 * Files that the format adds, by their path: manifests and the like.
	 *
	 * @param read the content of a file of the package
	 */
	files(of: PackageOf, read: (path: string) => Uint8Array): Record<string, string | Uint8Array>;
}

const imsmanifest = (write: (of: PackageOf) => string) => (of: PackageOf) => ({
	'imsmanifest.xml': write(of),
});

/** Every kind of package by its name on the command line. */
export const FORMATS = {
	scorm12: { delivery: 'scorm12', splits: true, reports: false, files: imsmanifest(manifest12) },
	'scorm2004-3rd': {
		delivery: 'scorm2004',
		splits: true,
		reports: false,
		files: imsmanifest((of) => manifest2004(of, '3rd')),
	},
	'scorm2004-4th': {
		delivery: 'scorm2004',
		splits: true,
		reports: false,
		files: imsmanifest((of) => manifest2004(of, '4th')),
	},
	static: {
		delivery: 'static',
		splits: false,
		reports: true,
		page: {
			head: COPY_HEAD,
			stuck: {
				da: 'Kurset åbnes … Sker der ikke mere, så åbn det på dets adresse på nettet: fra en fil på computeren kan en browser ikke køre det.',
				en: 'The course is opening … If nothing more happens, open it at its address on the web: a browser cannot run it from a file on the computer.',
			},
		},
		files: (of, read) => ({ ...copyFiles(of, read), 'tincan.xml': tincan(of) }),
	},
	cmi5: {
		delivery: 'cmi5',
		splits: true,
		reports: false,
		files: (of) => ({ 'cmi5.xml': courseStructure(of) }),
	},
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

/** How the player is delivered that our own server shows inside of an LMS; no package holds it. */
export const DISPATCH = 'dispatch';

/** Every way in which a player keeps its record. */
export const DELIVERIES = [
	...new Set([...Object.values(FORMATS).map(({ delivery }) => delivery), DISPATCH]),
];

export function isFormat(value: string | undefined): value is FormatName {
	return value !== undefined && Object.hasOwn(FORMATS, value);
}
