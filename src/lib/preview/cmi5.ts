import type { Item, PackageInfo } from './package.ts';
import { PackageProblem } from './problem.ts';
import { allBelow, childOf, childrenOf, readXml, type Element } from './xml.ts';

const CMI5 = 'cmi5.xml';
const TINCAN = 'tincan.xml';

/**
 * What `cmi5.xml` says of a cmi5 package ("cmi5 Specification Profile for xAPI", section 13): the
 * course, and its assignable units in order, those in blocks too.
 *
 * @param languages those wanted for titles, best first
 * @throws PackageProblem naming what is missing
 */
export function readCourseStructure(text: string, languages: string[]): PackageInfo {
	const structure = readXml(CMI5, text);
	const course = childOf(structure, 'course');
	const id = course?.attributes.id;
	if (structure.name !== 'courseStructure' || !id)
		throw new PackageProblem('missing', { file: CMI5, what: '<course id="…">' });
	const items = allBelow(structure, 'au').map((au) => unitOf(au, languages));
	if (items.length === 0) throw new PackageProblem('missing', { file: CMI5, what: '<au>' });
	return { format: 'cmi5', title: inWords(childOf(course, 'title'), languages) ?? id, id, items };
}

function unitOf(au: Element, languages: string[]): Item {
	const href = childOf(au, 'url')?.text;
	const { id, moveOn = 'NotApplicable', masteryScore } = au.attributes;
	if (!id || !href)
		throw new PackageProblem('missing', { file: CMI5, what: id ? '<url>' : '<au id="…">' });
	const launchData = childOf(au, 'launchParameters')?.text;
	const mastery = Number(masteryScore);
	return {
		id,
		title: inWords(childOf(au, 'title'), languages) ?? id,
		href,
		moveOn,
		...(masteryScore && Number.isFinite(mastery) ? { masteryScore: mastery } : {}),
		...(launchData ? { launchData } : {}),
	};
}

/** A text of cmi5: one `langstring` for each language. */
function inWords(element: Element | undefined, languages: string[]): string | undefined {
	return chosen(childrenOf(element, 'langstring'), languages)?.text;
}

/**
 * What `tincan.xml` says of an xAPI package (the "Tin Can launch" of 2012, which cmi5 replaced): its
 * activities, those with a `launch` address.
 *
 * @throws PackageProblem naming what is missing
 */
export function readTincan(text: string, languages: string[]): PackageInfo {
	const items = allBelow(readXml(TINCAN, text), 'activity').flatMap((activity): Item[] => {
		const launches = childrenOf(activity, 'launch');
		const href = chosen(launches, languages)?.text;
		const { id } = activity.attributes;
		if (!id || !href) return [];
		return [{ id, href, title: chosen(childrenOf(activity, 'name'), languages)?.text || id }];
	});
	const [first] = items;
	if (!first)
		throw new PackageProblem('missing', { file: TINCAN, what: '<activity id="…"><launch>' });
	return { format: 'xapi', title: first.title, id: first.id, items };
}

function chosen(all: Element[], languages: string[]): Element | undefined {
	const found = languages
		.map((one) => all.find(({ attributes }) => attributes.lang?.startsWith(one)))
		.find(Boolean);
	return found ?? all[0];
}
