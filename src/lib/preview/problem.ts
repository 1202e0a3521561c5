/** What can be wrong with a package, and what there is to say of it. */
export interface Problems {
	/** The file is no zip, or its directory cannot be read. */
	'no-zip': { reason: string };
	'zip-name': { entry: string };
	/** A symbolic link, a device and the like. */
	'zip-special': { entry: string };
	'zip-encrypted': { entry: string };
	'zip-duplicate': { entry: string };
	'zip-damaged': { entry: string; reason: string };
	'zip-count': { limit: number };
	/** Limits in megabytes. */
	'zip-entry-size': { entry: string; limit: number };
	'zip-size': { limit: number };
	'zip-ratio': { entry: string; limit: number };
	upload: { limit: number };
	'no-manifest': Record<string, never>;
	'manifest-in-folder': { file: string; folder: string };
	xml: { file: string; reason: string };
	/** A DOCTYPE: no manifest needs one, and entities are how XML does harm. */
	doctype: { file: string };
	/** Something that the manifest has to name. */
	missing: { file: string; what: string };
	'no-file': { file: string; path: string };
	/** Of course structures of cmi5: a value at a place. */
	'not-iri': { file: string; place: string; value: string };
	'not-unique': { file: string; value: string };
	'not-among': { file: string; place: string; value: string; allowed: string };
	'not-url': { file: string; place: string; value: string };
	/** A parameter in a unit's address that the launch needs for itself. */
	'url-parameter': { file: string; place: string; value: string };
	/** Another kind of package, where only cmi5 is taken. */
	'not-cmi5': Record<string, never>;
}
export type ProblemCode = keyof Problems;

/** A package that cannot be played, with the place and the reason. */
export class PackageProblem<Code extends ProblemCode = ProblemCode> extends Error {
	readonly code: Code;
	readonly details: Problems[Code];
	constructor(code: Code, details: Problems[Code]) {
		super(`${code} ${JSON.stringify(details)}`);
		this.code = code;
		this.details = details;
	}
}
