import type { Language } from '#lib/course/language.ts';

/** A file that comes with a letter. */
export interface Attachment {
	filename: string;
	contentType: string;
	/** Text, in UTF-8. */
	content: string;
}

/** What a letter says, as it is written once for both of its forms. */
export interface Draft {
	locale: Language;
	subject: string;
	/** Plain text, a paragraph each; a line break inside one stays. */
	paragraphs: string[];
	/** The one thing to do, as a button; its address stands in the plain text as well. */
	action?: { label: string; href: string };
	/** Why the letter comes and how to have no more of them. */
	footer?: string[];
	attachments?: Attachment[];
	/** Where such letters are switched off, for the mail program's own button. */
	unsubscribe?: string;
}

/** A letter as it is handed to the mail server. */
export interface Composed {
	subject: string;
	text: string;
	html: string;
	attachments?: Attachment[];
	unsubscribe?: string;
}

/** A letter in plain text and in HTML, which say the same. No pictures, so that nothing is fetched when it is opened. */
export function compose({
	locale,
	subject,
	paragraphs,
	action,
	footer = [],
	attachments,
	unsubscribe,
}: Draft): Composed {
	const body = [...paragraphs, ...(action ? [`${action.label}:\n${action.href}`] : [])];
	const foot = footer.length > 0 ? ['-- ', ...footer] : [];
	const line = (text: string) => escape(text).replaceAll('\n', '<br>');
	const html = [
		'<!doctype html>',
		`<html lang="${locale}"><head><meta charset="utf-8"><title>${escape(subject)}</title>`,
		'<meta name="color-scheme" content="light dark"></head>',
		'<body style="margin:0;padding:24px;font:16px/1.55 system-ui,Segoe UI,Roboto,sans-serif">',
		'<div style="max-width:34em;margin:0 auto">',
		...paragraphs.map((text) => `<p>${line(text)}</p>`),
		...(action
			? [
					`<p><a href="${escape(action.href)}" style="display:inline-block;padding:12px 22px;border-radius:10px;background:#1d5c49;color:#ffffff;font-weight:600;text-decoration:none">${escape(action.label)}</a></p>`,
					`<p style="font-size:14px">${escape(action.href)}</p>`,
				]
			: []),
		...footer.map((text) => `<p style="font-size:14px;opacity:.8">${line(text)}</p>`),
		'</div></body></html>',
	].join('\n');
	return {
		subject,
		text: `${[...body, ...foot].join('\n\n')}\n`,
		html,
		...(attachments ? { attachments } : {}),
		...(unsubscribe ? { unsubscribe } : {}),
	};
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escape(text: string): string {
	return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}
