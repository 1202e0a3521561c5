import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { PackageProblem, ProblemCode, Problems } from './problem.ts';

type Words = { [Code in ProblemCode]: (details: Problems[Code], options: Options) => string };
interface Options {
	locale?: Language;
}

const WORDS: Words = {
	'no-zip': (details, options) => m.preview_problem_no_zip(details, options),
	'zip-name': (details, options) => m.preview_problem_name(details, options),
	'zip-special': (details, options) => m.preview_problem_special(details, options),
	'zip-encrypted': (details, options) => m.preview_problem_encrypted(details, options),
	'zip-duplicate': (details, options) => m.preview_problem_duplicate(details, options),
	'zip-damaged': (details, options) => m.preview_problem_damaged(details, options),
	'zip-count': (details, options) => m.preview_problem_count(details, options),
	'zip-entry-size': (details, options) => m.preview_problem_entry_size(details, options),
	'zip-size': (details, options) => m.preview_problem_size(details, options),
	'zip-ratio': (details, options) => m.preview_problem_ratio(details, options),
	upload: (details, options) => m.preview_problem_upload(details, options),
	'no-manifest': (_, options) => m.preview_problem_no_manifest({}, options),
	'manifest-in-folder': (details, options) => m.preview_problem_in_folder(details, options),
	xml: (details, options) => m.preview_problem_xml(details, options),
	doctype: (details, options) => m.preview_problem_doctype(details, options),
	missing: (details, options) => m.preview_problem_missing(details, options),
	'no-file': (details, options) => m.preview_problem_no_file(details, options),
	'not-iri': (details, options) => m.admin_cmi5_problem_iri(details, options),
	'not-unique': (details, options) => m.admin_cmi5_problem_twice(details, options),
	'not-among': (details, options) => m.admin_cmi5_problem_among(details, options),
	'not-url': (details, options) => m.admin_cmi5_problem_url(details, options),
	'url-parameter': (details, options) => m.admin_cmi5_problem_parameter(details, options),
	'not-cmi5': (_, options) => m.admin_cmi5_problem_kind({}, options),
};

/** What is wrong with a package and how to mend it; in the language of the request without another. */
export function wordsFor<Code extends ProblemCode>(
	{ code, details }: PackageProblem<Code>,
	options: Options = {},
): string {
	return (WORDS[code] as (details: Problems[Code], options: Options) => string)(details, options);
}
