import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCourseStructure, readTincan } from '#lib/preview/cmi5.ts';
import { readScormManifest } from '#lib/preview/manifest.ts';
import type { PackageInfo } from '#lib/preview/package.ts';
import { PackageProblem } from '#lib/preview/problem.ts';

/** Which file makes a folder which kind of package. */
const READERS: Record<string, (text: string, languages: string[]) => PackageInfo> = {
	'imsmanifest.xml': readScormManifest,
	'cmi5.xml': readCourseStructure,
	'tincan.xml': readTincan,
};

/**
 * What an unpacked package is, and what of it can be launched.
 *
 * @param files its paths, as `unpack` gives them
 * @param languages those wanted for titles, best first
 * @throws PackageProblem naming the manifest and what is missing
 */
export async function readPackage(
	folder: string,
	files: string[],
	languages: string[] = ['da', 'en'],
): Promise<PackageInfo> {
	const name = Object.keys(READERS).find((one) => files.includes(one));
	if (!name) throw noManifest(files);
	const text = (await readFile(join(folder, name), 'utf8')).replace(/^\ufeff/, '');
	const info = READERS[name]!(text, languages);
	for (const { href } of info.items) {
		const path = pathOf(href);
		if (path !== undefined && !files.includes(path))
			throw new PackageProblem('no-file', { file: name, path });
	}
	return info;
}

/** The usual mistake is to zip a folder instead of what it holds. */
function noManifest(files: string[]): PackageProblem {
	for (const file of Object.keys(READERS)) {
		const found = files.find((one) => one.endsWith(`/${file}`));
		if (found)
			return new PackageProblem('manifest-in-folder', {
				file,
				folder: found.slice(0, -file.length - 1),
			});
	}
	return new PackageProblem('no-manifest', {});
}

/** The file of a launch address; undefined for one elsewhere. */
function pathOf(href: string): string | undefined {
	if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return undefined;
	const [path] = href.split(/[?#]/);
	try {
		return decodeURIComponent(path!);
	} catch {
		return path;
	}
}
