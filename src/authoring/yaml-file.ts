import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { isCollection, isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { isLanguage } from '#lib/course/language.ts';
import type { Mistake } from './mistakes.ts';

export const LANGUAGE_NAMES = { da: 'Danish', en: 'English' };

type Path = (string | number)[];

/** A YAML file that remembers on which line everything stands. */
export class YamlFile {
	readonly file: string;
	readonly mistakes: Mistake[] = [];
	readonly #document: Document;
	readonly #lines = new LineCounter();
	readonly #firstLine: number;

	/** @param firstLine where `text` begins in the file, for front matter */
	constructor(file: string, text = readFileSync(file, 'utf8'), firstLine = 1) {
		this.file = file;
		this.#firstLine = firstLine;
		this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
		for (const error of this.#document.errors)
			this.mistakes.push({
				file,
				line: this.#lineAt(error.pos[0]),
				message: `${error.message} (YAML: check the indentation and the quotes)`,
			});
	}

	/**
	 * The content as a schema wants it; undefined with the mistakes noted when it is not.
	 *
	 * @param at where in the file, for a part of it
	 */
	read<T extends v.GenericSchema>(schema: T, at: Path = []): v.InferOutput<T> | undefined {
		if (this.#document.errors.length > 0) return undefined;
		const value: unknown = this.#document.toJS();
		const part = at.reduce<unknown>(
			(inner, key) => (inner as Record<string, unknown>)?.[key],
			value,
		);
		const result = v.safeParse(schema, part);
		if (result.success) return result.output;
		for (const issue of flat(result.issues)) {
			const path = [...at, ...((issue.path ?? []).map((step) => step.key) as Path)];
			this.complain(path, wording(issue));
		}
		return undefined;
	}

	complain(path: Path, message: string): void {
		const owner = this.#nameOf(path);
		this.mistakes.push({
			file: this.file,
			line: this.lineOf(path),
			message: owner ? `${owner}: ${message}` : message,
		});
	}

	/** The line of a place, or of the nearest thing around it that is there. */
	lineOf(path: Path): number {
		for (let length = path.length; length > 0; length--) {
			const start = this.#startOf(path.slice(0, length));
			if (start !== undefined) return this.#lineAt(start);
		}
		return this.#firstLine;
	}

	#startOf(path: Path): number | undefined {
		const parent =
			path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true);
		const key = path.at(-1);
		if (isMap(parent)) {
			const pair = parent.items.find((item) => isNode(item.key) && item.key.toJSON() === key);
			return pair && isNode(pair.key) ? pair.key.range?.[0] : undefined;
		}
		const node = this.#document.getIn(path, true);
		return isNode(node) ? node.range?.[0] : undefined;
	}

	/** The innermost thing with an id around a place: `option "ask-worry"` reads better than a path. */
	#nameOf(path: Path): string | undefined {
		for (let length = path.length; length > 0; length--) {
			const node = this.#document.getIn(path.slice(0, length), true);
			if (!isCollection(node)) continue;
			const id: unknown = node.get('id');
			if (typeof id !== 'string') continue;
			const list = path.slice(0, length).findLast((key) => typeof key === 'string');
			const rest = path.slice(length).filter((key) => !isLanguage(key as string));
			return `${singular(list)} "${id}"${rest.length > 0 ? ` ${rest.join('.')}` : ''}`;
		}
		return path.length > 0 ? path.join('.') : undefined;
	}

	#lineAt(offset: number): number {
		return this.#lines.linePos(offset).line + this.#firstLine - 1;
	}
}

function singular(list: string | number | undefined): string {
	const word = String(list ?? 'item');
	if (word === 'activities') return 'activity';
	if (word === 'quizzes') return 'quiz';
	return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '');
}

/** A variant's own issues are what helps; the outer one only says that none fitted. */
function flat(issues: v.BaseIssue<unknown>[]): v.BaseIssue<unknown>[] {
	return issues.flatMap((issue) => (issue.issues ? flat(issue.issues as typeof issues) : [issue]));
}

function wording(issue: v.BaseIssue<unknown>): string {
	const key = issue.path?.at(-1)?.key;
	if (issue.expected === 'never') return `unknown key "${String(key)}"; correct it or take it out`;
	if (issue.received === 'undefined')
		return isLanguage(key as string)
			? `has no ${LANGUAGE_NAMES[key as keyof typeof LANGUAGE_NAMES]} text`
			: `"${String(key)}" is missing`;
	if (issue.kind === 'schema' && issue.expected && issue.received)
		return `${issue.received} stands where ${issue.expected} is expected`;
	return issue.received && issue.kind === 'validation'
		? `${issue.message}, it is ${issue.received}`
		: issue.message;
}
