import { zipSync, type Zippable } from 'fflate';

/** The earliest time a zip can name, as local time, which is what zips hold: the same on every machine. */
export const ALWAYS = new Date(1980, 0, 1);

/** A zip with the files in order of their names: the same files give the same bytes. */
export function zip(files: Map<string, Uint8Array>): Uint8Array {
	const sorted: Zippable = {};
	for (const name of [...files.keys()].sort()) sorted[name] = [files.get(name)!, {}];
	return zipSync(sorted, { level: 9, mtime: ALWAYS });
}
