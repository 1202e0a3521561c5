import type { States } from '#lib/certificates/states.ts';
import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { longDay } from './words.ts';

/** Characters in a line of the title. */
const LINE = 20;
const MOST_LINES = 3;

/**
 * A picture of a badge that holds the badge itself: "baked" as 5.3.2.1 of Open Badges 3.0 says, with
 * one `openbadges:credential` right after the `svg` tag.
 *
 * @param signed the compact JWS
 */
export function badgePicture(states: States, signed: string, language: Language): string {
	const title = states.course.title[language];
	const lines = wrapped(title);
	const first = 262 - (lines.length - 1) * 24;
	const day = longDay(states.completedAt, language);
	const label = `${m.certificate_pdf_of({ title }, { locale: language })}. ${states.provider.name}, ${day}`;
	const text = (y: number, size: number, weight: number, color: string, words: string) =>
		`<text x="256" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}">${escape(words)}</text>`;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 512 512" role="img">',
		`<openbadges:credential verify="${escape(signed)}"></openbadges:credential>`,
		`<title>${escape(label)}</title>`,
		'<rect x="16" y="16" width="480" height="480" rx="56" fill="#fcfaf5" stroke="#1d5c49" stroke-width="12"/>',
		'<rect x="220" y="96" width="72" height="8" rx="4" fill="#1d5c49"/>',
		'<g font-family="ui-sans-serif, system-ui, Segoe UI, Roboto, sans-serif" text-anchor="middle">',
		text(150, 26, 600, '#1d5c49', m.certificate_title({}, { locale: language })),
		...lines.map((line, at) => text(first + at * 48, 40, 700, '#1f2925', line)),
		text(392, 22, 400, '#4b5853', shortened(states.provider.name, 36)),
		text(426, 22, 400, '#4b5853', day),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function wrapped(title: string): string[] {
	const lines = [''];
	for (const word of title.split(/\s+/)) {
		const longer = `${lines.at(-1)} ${word}`.trim();
		if (longer.length <= LINE || lines.at(-1) === '') lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	const kept = lines.slice(0, MOST_LINES).map((line) => shortened(line, LINE + 2));
	if (lines.length > MOST_LINES) kept[MOST_LINES - 1] += ' …';
	return kept;
}

function shortened(words: string, most: number): string {
	return words.length > most ? `${words.slice(0, most - 1)}…` : words;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
	return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}
