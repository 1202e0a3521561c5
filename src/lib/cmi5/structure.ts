import { PackageProblem } from '#lib/preview/problem.ts';
import { childOf, childrenOf, readXml, type Element } from '#lib/preview/xml.ts';
import { isIri } from '#lib/xapi/rules/index.ts';
import type { LanguageMap } from '#lib/xapi/statement.ts';
import { LAUNCH_PARAMETERS } from './launch.ts';
import { MOVE_ON, type MoveOn } from './move-on.ts';

export const FILE = 'cmi5.xml';
const NAMESPACE = 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd';
export const LAUNCH_METHODS = ['AnyWindow', 'OwnWindow'] as const;

/** What can be launched: an assignable unit. */
export interface Au {
	kind: 'au';
	/** The publisher's id, an IRI; unique in the course. */
	id: string;
	title: LanguageMap;
	description: LanguageMap;
	/** A path within the package, or a whole address. */
	url: string;
	launchMethod: (typeof LAUNCH_METHODS)[number];
	moveOn: MoveOn;
	/** 0–1. */
	masteryScore?: number;
	launchParameters?: string;
	entitlementKey?: string;
	/** An IRI. */
	activityType?: string;
}

export interface Block {
	kind: 'block';
	id: string;
	title: LanguageMap;
	description: LanguageMap;
	children: Node[];
}
export type Node = Au | Block;

/** A course as `cmi5.xml` has it. */
export interface Structure extends Omit<Block, 'kind'> {
	kind: 'course';
}

/**
 * Reads and checks a course structure ("cmi5 Specification Profile for xAPI", section 13): what it
 * must have, ids that are unique and IRIs, values that are among those allowed, addresses that leave
 * room for the launch parameters (section 8.1). Elements of other namespaces are vendors' own.
 *
 * @throws PackageProblem naming the element
 */
export function readStructure(text: string): Structure {
	const root = readXml(FILE, text);
	if (root.name !== 'courseStructure' || root.namespace !== NAMESPACE)
		throw missing(`<courseStructure xmlns="${NAMESPACE}">`);
	const course = childOf(ours(root), 'course');
	if (!course) throw missing('<course>');
	const reader = new Reader();
	const known = reader.common(course);
	for (const one of childrenOf(childOf(ours(root), 'objectives'), 'objective'))
		reader.id(one, 'objective');
	return { kind: 'course', ...known, children: reader.nodesIn(root) };
}

/** Ids so far: one may not stand twice in a course, whatever it is of (section 13.1). */
class Reader {
	readonly #ids = new Set<string>();

	common(element: Element) {
		const id = this.id(element, element.name);
		const place = `<${element.name} id="${id}">`;
		return {
			id,
			title: inWords(element, 'title', place),
			description: inWords(element, 'description', place),
		};
	}

	id({ attributes }: Element, name: string): string {
		const id = attributes.id?.trim();
		if (!id) throw missing(`<${name} id="…">`);
		if (!isIri(id))
			throw new PackageProblem('not-iri', { file: FILE, place: `<${name}>`, value: id });
		const key = `${name} ${id}`;
		if (this.#ids.has(key)) throw new PackageProblem('not-unique', { file: FILE, value: id });
		this.#ids.add(key);
		return id;
	}

	/** Blocks and units in their order. */
	nodesIn(parent: Element): Node[] {
		const nodes = ours(parent).children.flatMap((one): Node[] =>
			one.name === 'au' ? [this.#au(one)] : one.name === 'block' ? [this.#block(one)] : [],
		);
		if (nodes.length === 0)
			throw missing(
				parent.name === 'block' ? `<block id="${parent.attributes.id}"> … <au>` : '<au>',
			);
		return nodes;
	}

	#block(element: Element): Block {
		const known = this.common(element);
		return { kind: 'block', ...known, children: this.nodesIn(element) };
	}

	#au(element: Element): Au {
		const known = this.common(element);
		const place = `<au id="${known.id}">`;
		const { masteryScore, activityType } = element.attributes;
		const text = (name: string) => childOf(ours(element), name)?.text ?? '';
		const [parameters, key] = [text('launchParameters'), text('entitlementKey')];
		return {
			kind: 'au',
			...known,
			url: urlOf(text('url'), place),
			launchMethod: oneOf(element, 'launchMethod', LAUNCH_METHODS, place) ?? 'AnyWindow',
			moveOn: oneOf(element, 'moveOn', MOVE_ON, place) ?? 'NotApplicable',
			...(masteryScore === undefined ? {} : { masteryScore: shareOf(masteryScore, place) }),
			...(parameters ? { launchParameters: parameters } : {}),
			...(key ? { entitlementKey: key } : {}),
			...(activityType && isIri(activityType.trim()) ? { activityType: activityType.trim() } : {}),
		};
	}
}

/** An element without what vendors added to it. */
function ours(element: Element): Element {
	return { ...element, children: element.children.filter((one) => one.namespace === NAMESPACE) };
}

function missing(what: string): PackageProblem {
	return new PackageProblem('missing', { file: FILE, what });
}

/** A text: one `langstring` for each language; `und` where none is said. */
function inWords(element: Element, name: string, place: string): LanguageMap {
	const all = childrenOf(childOf(ours(element), name), 'langstring');
	if (all.length === 0) throw missing(`${place}<${name}><langstring>`);
	return Object.fromEntries(
		all.map(({ attributes, text }) => [attributes.lang?.trim() || 'und', text]),
	);
}

function oneOf<T extends string>(
	{ attributes }: Element,
	name: string,
	allowed: readonly T[],
	place: string,
): T | undefined {
	const value = attributes[name]?.trim();
	if (value === undefined) return undefined;
	const found = allowed.find((one) => one === value);
	if (found) return found;
	throw new PackageProblem('not-among', {
		...{ file: FILE, place: `${place} ${name}`, value },
		allowed: allowed.join(', '),
	});
}

/** `masteryScore`: a decimal from 0 to 1. */
function shareOf(text: string, place: string): number {
	const value = text.trim();
	const share = Number(value);
	if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) || share < 0 || share > 1)
		throw new PackageProblem('not-among', {
			...{ file: FILE, place: `${place} masteryScore`, value },
			allowed: '0 … 1',
		});
	return share;
}

/** Only pages can be launched, and the query may not hold what the launch adds. */
function urlOf(text: string, place: string): string {
	if (!text) throw missing(`${place}<url>`);
	const somewhere = 'http://package.invalid/';
	const url = URL.canParse(text, somewhere) ? new URL(text, somewhere) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol))
		throw new PackageProblem('not-url', { file: FILE, place: `${place}<url>`, value: text });
	const taken = LAUNCH_PARAMETERS.find((name) => url.searchParams.has(name));
	if (taken) throw new PackageProblem('url-parameter', { file: FILE, place, value: taken });
	return text;
}

/** Every unit, in the order of the course. */
export function unitsOf({ children }: { children: Node[] }): Au[] {
	return children.flatMap((one) => (one.kind === 'au' ? [one] : unitsOf(one)));
}

/** Every block, those within before the one around them. */
export function blocksOf({ children }: { children: Node[] }): Block[] {
	return children.flatMap((one) => (one.kind === 'block' ? [...blocksOf(one), one] : []));
}

/** The words in the first of some languages that there is, else in any. */
export function wordsIn(words: LanguageMap, languages: readonly string[]): string {
	const tags = Object.keys(words);
	const tag = languages
		.map((wanted) =>
			tags.find(
				(one) => one.toLowerCase() === wanted || one.toLowerCase().startsWith(`${wanted}-`),
			),
		)
		.find((one) => one !== undefined);
	return words[tag ?? tags[0] ?? ''] ?? '';
}
