import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import { bestLanguage } from '#lib/xapi/rules/index.ts';
import { WORDS_OF_VERBS } from './verbs.ts';

type Json = Record<string, unknown>;

/** A statement in words, in three parts as it says them itself. */
export interface Sentence {
	who: string;
	did: string;
	what: string;
	/** What came of it: score, success, completion, duration. */
	result: string[];
}

/** What statements do not say by themselves. */
export interface Known {
	language: Language;
	/** The home page of accounts here. */
	homePage: string;
	/** Names of those with an account here who may be named, by their ids, which are the names of their accounts. */
	people: ReadonlyMap<string, string>;
	/** What is known of activities, by IRI. */
	definitions: ReadonlyMap<string, unknown>;
}

export function isMap(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Draws a statement that keeps the rules as a sentence in the page's language. */
export function sentenceOf(statement: unknown, known: Known): Sentence {
	const { actor, verb, object, result } = isMap(statement) ? statement : {};
	return {
		who: actorWords(actor, known),
		did: verbWords(verb, known.language),
		what: objectWords(object, known),
		result: isMap(result) ? resultWords(result, known.language) : [],
	};
}

/**
 * By their own words in the page's language, by ours for verbs that are known, by whatever words
 * they have, by the IRI's end.
 */
export function verbWords(verb: unknown, language: Language): string {
	if (!isMap(verb)) return '';
	const display = isMap(verb.display) ? verb.display : {};
	const best = bestLanguage(display, [language]);
	const isInLanguage = best?.split('-')[0]!.toLowerCase() === language;
	const ours = WORDS_OF_VERBS[String(verb.id)];
	if (ours && !isInLanguage) return ours[language];
	return (best !== undefined && String(display[best])) || endOf(String(verb.id));
}

export function actorWords(actor: unknown, known: Known): string {
	if (!isMap(actor)) return '';
	const { account, name, mbox, openid, mbox_sha1sum: sum, member } = actor;
	const options = { locale: known.language };
	const isOurs = isMap(account) && account.homePage === known.homePage;
	const person = isOurs && known.people.get(String(account.name));
	if (person) return person;
	if (typeof name === 'string' && name.trim()) return name;
	if (typeof mbox === 'string') return mbox.replace(/^mailto:/, '');
	if (isOurs) return m.admin_lrs_nameless({ id: String(account.name).slice(0, 8) }, options);
	if (isMap(account)) return String(account.name);
	if (typeof openid === 'string') return openid;
	if (typeof sum === 'string') return m.admin_lrs_unnamed({ sum: sum.slice(0, 8) }, options);
	const members = Array.isArray(member) ? member : [];
	if (members.length > FEW) return m.admin_lrs_group({ count: members.length }, options);
	return new Intl.ListFormat(known.language).format(members.map((one) => actorWords(one, known)));
}

/** Members of a group that are named one by one. */
const FEW = 3;

function objectWords(object: unknown, known: Known): string {
	if (!isMap(object)) return '';
	const options = { locale: known.language };
	switch (object.objectType) {
		case 'Agent':
		case 'Group':
			return actorWords(object, known);
		case 'StatementRef':
			return m.admin_lrs_statement({ id: String(object.id).slice(0, 8) }, options);
		case 'SubStatement': {
			const { who, did, what } = sentenceOf(object, known);
			return m.admin_lrs_within({ who, did, what }, options);
		}
		default:
			return activityWords(object, known);
	}
}

function activityWords({ id, definition }: Json, { language, definitions }: Known): string {
	for (const said of [definition, definitions.get(String(id))]) {
		const names = isMap(said) && isMap(said.name) ? said.name : {};
		const best = bestLanguage(names, [language]);
		if (best !== undefined && names[best]) return String(names[best]);
	}
	return readable(String(id));
}

function resultWords({ score, success, completion, duration }: Json, language: Language): string[] {
	const options = { locale: language };
	const words: string[] = [];
	if (isMap(score)) words.push(scoreWords(score, language));
	if (success === true) words.push(m.admin_lrs_success({}, options));
	if (success === false) words.push(m.admin_lrs_failure({}, options));
	if (completion === true) words.push(m.admin_lrs_completed({}, options));
	if (completion === false) words.push(m.admin_lrs_not_completed({}, options));
	if (typeof duration === 'string') words.push(durationWords(duration, language));
	return words.filter(Boolean);
}

function scoreWords({ scaled, raw, max }: Json, language: Language): string {
	const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
	if (typeof raw === 'number')
		return typeof max === 'number'
			? m.admin_lrs_score_of(
					{ raw: number.format(raw), max: number.format(max) },
					{ locale: language },
				)
			: m.admin_lrs_score({ raw: number.format(raw) }, { locale: language });
	if (typeof scaled !== 'number') return '';
	return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
		scaled,
	);
}

const PARTS = /([\d.,]+)([YMWDHS])/g;
const UNITS = {
	date: { Y: 'year', M: 'month', W: 'week', D: 'day' },
	time: { H: 'hour', M: 'minute', S: 'second' },
};

/** `PT1H30M` as "1 hr 30 min"; parts of nothing are left out where there are others. */
function durationWords(duration: string, language: Language): string {
	const [date = '', time = ''] = duration.slice(1).split('T');
	const parts = [
		...[...date.matchAll(PARTS)].map(([, n, unit]) => [n, UNITS.date[unit as 'Y']] as const),
		...[...time.matchAll(PARTS)].map(([, n, unit]) => [n, UNITS.time[unit as 'H']] as const),
	].map(([digits, unit]) => ({ value: Number(digits!.replace(',', '.')), unit }));
	const some = parts.filter(({ value }) => value > 0);
	return (some.length ? some : parts.slice(-1))
		.map(({ value, unit }) =>
			new Intl.NumberFormat(language, {
				style: 'unit',
				unit,
				unitDisplay: 'short',
				maximumFractionDigits: 1,
			}).format(value),
		)
		.join(' ');
}

/** The last part of an IRI, which mostly is a word. */
function endOf(iri: string): string {
	return readable(iri.split(/[/#:]/).findLast(Boolean) ?? iri);
}

/** An IRI, or a part of one, without the percents of its letters. */
function readable(iri: string): string {
	try {
		return decodeURI(iri);
	} catch {
		return iri;
	}
}
