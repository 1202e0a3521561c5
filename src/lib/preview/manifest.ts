import { PackageProblem } from './problem.ts';
import type { Item, PackageInfo } from './package.ts';
import { allBelow, childOf, childrenOf, readXml, type Element } from './xml.ts';

const FILE = 'imsmanifest.xml';

/**
 * What `imsmanifest.xml` says of a SCORM package ("SCORM Content Aggregation Model" 1.2, section 2.3;
 * 2004 4th edition, section 3.4): its version, its title, and what its default
 * organisation launches.
 *
 * @throws PackageProblem naming what is missing
 */
export function readScormManifest(text: string): PackageInfo {
	const manifest = readXml(FILE, text);
	if (manifest.name !== 'manifest') throw missing('<manifest>');
	const organization = defaultOrganization(manifest);
	const resources = resourcesOf(manifest);
	const items = allBelow(organization, 'item').flatMap((element) => {
		const ref = element.attributes.identifierref;
		if (!ref) return [];
		const resource = resources.get(ref);
		if (!resource) throw missing(`<resource identifier="${ref}">`);
		return [itemOf(element, resource)];
	});
	if (items.length === 0) throw missing('<item identifierref="…">');
	const { version, isFirst } = versionOf(manifest);
	return {
		format: isFirst ? 'scorm12' : 'scorm2004',
		...(version ? { edition: version } : {}),
		title: childOf(organization, 'title')?.text || items[0]!.title,
		id: manifest.attributes.identifier || 'package',
		items,
	};
}

function missing(what: string): PackageProblem {
	return new PackageProblem('missing', { file: FILE, what });
}

/** The one that `default` names, else the first. */
function defaultOrganization(manifest: Element): Element {
	const organizations = childOf(manifest, 'organizations');
	const all = childrenOf(organizations, 'organization');
	const wanted = organizations?.attributes.default;
	const found = all.find(({ attributes }) => attributes.identifier === wanted) ?? all[0];
	if (!found) throw missing('<organization>');
	return found;
}

/** What each resource launches. An asset can be launched as well; it speaks to no LMS. */
function resourcesOf(manifest: Element): Map<string, string> {
	const list = childOf(manifest, 'resources');
	const base = (manifest.attributes.base ?? '') + (list?.attributes.base ?? '');
	const found = childrenOf(list, 'resource').flatMap(({ attributes }) => {
		const { identifier, href, base: own = '' } = attributes;
		return identifier && href ? [[identifier, base + own + href] as const] : [];
	});
	return new Map(found);
}

/** Which SCORM it is: by what the manifest says, else by the namespaces that only one of them uses. */
function versionOf(manifest: Element): { version?: string; isFirst: boolean } {
	const version = childOf(manifest, 'metadata', 'schemaversion')?.text;
	if (version === '1.2') return { version, isFirst: true };
	if (version && /^(?:2004\b|CAM 1\.3)/i.test(version)) return { version, isFirst: false };
	if (manifest.namespace === 'http://www.imsglobal.org/xsd/imscp_v1p1')
		return { version, isFirst: false };
	if (manifest.namespace === 'http://www.imsproject.org/xsd/imscp_rootv1p1p2')
		return { version, isFirst: true };
	throw missing('<schemaversion>');
}

function itemOf(element: Element, href: string): Item {
	const sequencing = childOf(element, 'sequencing', 'objectives', 'primaryObjective');
	const measure =
		sequencing?.attributes.satisfiedByMeasure === 'true'
			? childOf(sequencing, 'minNormalizedMeasure')?.text || '1'
			: undefined;
	const threshold = childOf(element, 'completionThreshold');
	const launchData = childOf(element, 'datafromlms')?.text ?? childOf(element, 'dataFromLMS')?.text;
	return {
		id: element.attributes.identifier || href,
		title: childOf(element, 'title')?.text || element.attributes.identifier || href,
		href: withParameters(href, element.attributes.parameters ?? ''),
		...numbered('masteryScore', childOf(element, 'masteryscore')?.text ?? measure),
		...numbered(
			'completionThreshold',
			threshold && (threshold.attributes.minProgressMeasure ?? threshold.text),
		),
		...(launchData ? { launchData } : {}),
	};
}

function numbered<Name extends string>(
	name: Name,
	text: string | undefined,
): Partial<Record<Name, number>> {
	const value = Number(text);
	return text?.trim() && Number.isFinite(value)
		? ({ [name]: value } as Partial<Record<Name, number>>)
		: {};
}

/** How `parameters` are joined to an address: 2004 4th edition, section 3.4.1.12. */
export function withParameters(href: string, parameters: string): string {
	const rest = parameters.replace(/^[?&]+/, '');
	if (rest === '') return href;
	if (rest.startsWith('#')) return href.includes('#') ? href : href + rest;
	return href + (href.includes('?') ? '&' : '?') + rest;
}
