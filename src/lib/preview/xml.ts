import { SaxesParser } from 'saxes';
import { PackageProblem } from './problem.ts';

/** An element of a manifest. Names are without their prefix; the namespace stands apart. */
export interface Element {
	name: string;
	namespace: string;
	/** By local name; of two that differ in namespace only, the last. */
	attributes: Record<string, string>;
	children: Element[];
	/** The text directly in it, spaces at the ends taken away. */
	text: string;
}

/** Far deeper than any manifest nests its organisation. */
const MAX_DEPTH = 200;

/**
 * Reads an XML file. A DOCTYPE is refused, so that no entity but XML's own five is ever known: there
 * is nothing to expand and nothing to fetch.
 *
 * @param file its name, for the message
 * @throws PackageProblem when it is not well-formed (XML 1.0, Namespaces in XML), with line and column
 */
export function readXml(file: string, text: string): Element {
	const parser = new SaxesParser({ xmlns: true, position: true });
	const open: Element[] = [];
	let root: Element | undefined;
	parser.on('doctype', () => {
		throw new PackageProblem('doctype', { file });
	});
	parser.on('error', (error) => {
		throw new PackageProblem('xml', { file, reason: error.message.replace(/^undefined:/, '') });
	});
	parser.on('opentag', ({ local, uri, attributes }) => {
		const element: Element = {
			name: local,
			namespace: uri,
			attributes: Object.fromEntries(
				Object.values(attributes).map((one) => [one.local, one.value]),
			),
			children: [],
			text: '',
		};
		if (open.length >= MAX_DEPTH) throw new PackageProblem('xml', { file, reason: 'too deep' });
		open.at(-1)?.children.push(element);
		root ??= element;
		open.push(element);
	});
	const addText = (more: string) => {
		const element = open.at(-1);
		if (element) element.text += more;
	};
	parser.on('text', addText);
	parser.on('cdata', addText);
	parser.on('closetag', () => {
		const closed = open.pop();
		if (closed) closed.text = closed.text.trim();
	});
	parser.write(text).close();
	if (!root) throw new PackageProblem('xml', { file, reason: 'empty' });
	return root;
}

/** The children of that name. */
export function childrenOf(element: Element | undefined, name: string): Element[] {
	return element?.children.filter((one) => one.name === name) ?? [];
}

export function childOf(element: Element | undefined, ...path: string[]): Element | undefined {
	return path.reduce((at, name) => childrenOf(at, name)[0], element);
}

/** All elements of that name below, in the order of the file. */
export function allBelow(element: Element, name: string): Element[] {
	return element.children.flatMap((one) => [
		...(one.name === name ? [one] : []),
		...allBelow(one, name),
	]);
}
