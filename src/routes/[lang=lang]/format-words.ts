import { m } from '#lib/paraglide/messages.js';

/** What a format is called, and when it is right. */
export function formatWords(format: string): { name: string; about: string } {
	switch (format) {
		case 'scorm12':
			return { name: m.packages_format_scorm12(), about: m.packages_format_scorm12_about() };
		case 'scorm2004-3rd':
			return {
				name: m.packages_format_scorm2004_3rd(),
				about: m.packages_format_scorm2004_about(),
			};
		case 'scorm2004-4th':
			return {
				name: m.packages_format_scorm2004_4th(),
				about: m.packages_format_scorm2004_about(),
			};
		case 'cmi5':
			return { name: m.packages_format_cmi5(), about: m.packages_format_cmi5_about() };
		case 'static':
			return { name: m.packages_format_static(), about: m.packages_format_static_about() };
		default:
			return { name: format, about: m.packages_format_other() };
	}
}
