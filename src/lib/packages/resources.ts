import type { PackageOf } from './formats.ts';

const COMMON = 'resource-files';

/**
 * The resources of a manifest: one for each item. Several items share their files by a resource of
 * their own, so that no file is named twice ("SCORM Content Aggregation Model" 1.2, section 2.3.2.4;
 * 2004, section 3.4.1.6).
 *
 * @param kind what the attribute for SCO or asset is called
 */
export function resourcesOf(
	{ items, files }: Pick<PackageOf, 'items' | 'files'>,
	kind: 'scormtype' | 'scormType',
) {
	const [page] = items[0]!.href.split('?');
	const shared = items.length > 1;
	const named = (list: string[]) => list.map((file) => ({ '@href': file }));
	const resources = items.map(({ id, href }) => ({
		'@identifier': `resource-${id}`,
		'@type': 'webcontent',
		[`@adlcp:${kind}`]: 'sco',
		'@href': href,
		file: named(shared ? [page!] : files),
		...(shared ? { dependency: { '@identifierref': COMMON } } : {}),
	}));
	const common = {
		'@identifier': COMMON,
		'@type': 'webcontent',
		[`@adlcp:${kind}`]: 'asset',
		file: named(files.filter((file) => file !== page)),
	};
	return { resource: shared ? [...resources, common] : resources };
}
