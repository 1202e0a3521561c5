import { expect, test } from 'vitest';
import * as v from 'valibot';
import { PROFILE_VERSION, VERBS } from '../../src/lib/xapi/iris.ts';
import { profileDocument } from '../../src/lib/xapi/profile.ts';

/**
 * The MUSTs of "xAPI Profiles", part two (structure), version 1.0, for what our profile uses; strict
 * objects, since a property that the specification does not name has no meaning in the context.
 */
const iri = v.pipe(v.string(), v.url());
/** Section 4.0: the same words in both languages, by RFC 5646 tags. */
const words = v.strictObject({
	en: v.pipe(v.string(), v.nonEmpty()),
	da: v.pipe(v.string(), v.nonEmpty()),
});
const inScheme = v.literal(PROFILE_VERSION);
const described = { id: iri, inScheme, prefLabel: words, definition: words };
const jsonPath = v.pipe(v.string(), v.regex(/^\$(\.[a-zA-Z]+|\['[^']+'\]|\[\*\])+$/));

/** Section 7.1 and 7.2. */
const concept = v.variant('type', [
	v.strictObject({ ...described, type: v.literal('ActivityType') }),
	v.strictObject({
		...described,
		type: v.literal('ResultExtension'),
		recommendedVerbs: v.pipe(v.array(iri), v.minLength(1)),
		inlineSchema: v.pipe(
			v.string(),
			v.check((text) => typeof JSON.parse(text) === 'object', 'is no JSON schema'),
		),
	}),
]);
/** Section 8.1: a rule has a location and says at least one thing of it. */
const rule = v.union([
	v.strictObject({ location: jsonPath, presence: v.picklist(['included', 'excluded']) }),
	v.strictObject({ location: jsonPath, any: v.pipe(v.array(iri), v.minLength(1)) }),
]);
const template = v.strictObject({
	...described,
	type: v.literal('StatementTemplate'),
	verb: v.picklist(Object.values(VERBS)),
	objectActivityType: iri,
	rules: v.pipe(v.array(rule), v.minLength(1)),
});
/** Section 9: exactly one of the ways to put templates together; a primary pattern is described. */
const pattern = v.union([
	v.strictObject({
		...described,
		type: v.literal('Pattern'),
		primary: v.literal(true),
		oneOrMore: iri,
	}),
	v.strictObject({
		id: iri,
		type: v.literal('Pattern'),
		inScheme,
		alternates: v.pipe(v.array(iri), v.minLength(2)),
	}),
]);
/** Section 5. */
const profile = v.strictObject({
	'@context': v.literal('https://w3id.org/xapi/profiles/context'),
	id: iri,
	type: v.literal('Profile'),
	conformsTo: v.literal('https://w3id.org/xapi/profiles#1.0'),
	prefLabel: words,
	definition: words,
	versions: v.pipe(
		v.array(v.strictObject({ id: iri, generatedAtTime: v.pipe(v.string(), v.isoTimestamp()) })),
		v.minLength(1),
	),
	author: v.strictObject({
		type: v.picklist(['Organization', 'Person']),
		name: v.string(),
		url: iri,
	}),
	concepts: v.array(concept),
	templates: v.array(template),
	patterns: v.array(pattern),
});

const made = v.parse(profile, JSON.parse(JSON.stringify(profileDocument())));

test('is as the specification asks, and what is not is refused', () => {
	const [first, ...others] = made.templates;
	for (const broken of [
		{ ...made, id: 'profile' },
		{ ...made, templates: [{ ...first, rules: [{ location: '$.result' }] }, ...others] },
		{ ...made, concepts: [{ ...made.concepts[0], closeMatch: [] }] },
		{ ...made, patterns: [{ ...made.patterns[1], alternates: [first!.id] }] },
	])
		expect(v.safeParse(profile, broken).success).toBe(false);
});

test('names everything once, and only what it has', () => {
	const parts = [...made.concepts, ...made.templates, ...made.patterns];
	const ids = [made.id, ...made.versions.map(({ id }) => id), ...parts.map(({ id }) => id)];
	expect(new Set(ids).size).toBe(ids.length);
	const named = made.patterns.flatMap((one) =>
		'alternates' in one ? one.alternates : [one.oneOrMore],
	);
	for (const one of named) expect(ids).toContain(one);
	for (const { objectActivityType } of made.templates)
		expect(objectActivityType.startsWith(made.id) ? ids : [objectActivityType]).toContain(
			objectActivityType,
		);
});
