import type { AnyType, Interaction, Move } from '#lib/activities/contract.ts';
import { LANGUAGES, type Language } from '#lib/course/language.ts';
import { localise } from '#lib/course/localise.ts';
import type { Activity, Course, Lesson, Step } from '#lib/course/model.ts';
import { FINAL_TEST, PRACTICE } from '#lib/course/parts.ts';
import type { Text } from '#lib/course/text.ts';
import { interactionDefinition } from './interaction.ts';
import { courseIri, TYPES, type TypeName } from './iris.ts';
import type { LanguageMap, XapiActivity } from './statement.ts';

/**
 * The things that statements are about, by where they stand in the course. Words are given in every
 * language that is known: both on our server, one in a package of one language.
 */
export interface Objects {
	course: XapiActivity;
	lesson(lesson: Titled): XapiActivity;
	step(lesson: Titled, step: Step): XapiActivity;
	/** An answered activity of a step; `interaction` gives it the form that record stores know. */
	item(lesson: Titled, step: Step, activity: Activity, response: unknown): XapiActivity;
	/** One turn of a conversation. */
	turn(lesson: Titled, activity: Activity, move: Move): XapiActivity;
	metaphor(id: string): XapiActivity;
}

export type Titled = Pick<Lesson, 'id'> & { title: Text | string };

/**
 * @param types what is known of the activity types
 * @param language the language of texts that have only one
 */
export function objectsOf(
	course: Pick<Course, 'id' | 'title' | 'metaphors'>,
	types: (type: string) => AnyType | undefined,
	language: Language,
): Objects {
	const base = courseIri(course.id);
	const known = new Map<string, XapiActivity>();

	/** Definitions are made once: a course has hundreds, a server writes millions. */
	function once(id: string, make: () => XapiActivity): XapiActivity {
		const found = known.get(id) ?? make();
		known.set(id, found);
		return found;
	}
	function object(id: string, type: TypeName, name?: Text | string): XapiActivity {
		return {
			objectType: 'Activity',
			id,
			definition: { type: TYPES[type], ...(name ? { name: words(name) } : {}) },
		};
	}
	const words = (text: Text | string): LanguageMap =>
		typeof text === 'string' ? { [language]: text } : { ...text };

	/** Where an activity lives: under its set, or in its lesson when it is a step of its own. */
	const itemIri = (lesson: string, step: Step, item: string) =>
		step.kind === 'set' ? `${base}/${lesson}/${step.id}/${item}` : `${base}/${lesson}/${item}`;

	return {
		course: object(base, 'course', course.title),
		lesson: ({ id, title }) =>
			once(`${base}/${id}`, () =>
				object(`${base}/${id}`, id === FINAL_TEST ? 'assessment' : 'lesson', title),
			),
		step: (lesson, step) =>
			once(`${base}/${lesson.id}/${step.id}`, () =>
				object(`${base}/${lesson.id}/${step.id}`, typeOf(step), step.title),
			),
		item(lesson, step, activity, response) {
			const id = itemIri(lesson.id, step, activity.id);
			return once(id, () => {
				const name = nameOf(activity) ?? step.title;
				const versions = interactions(types(activity.type), activity, response, language);
				const plain = object(id, versions ? 'interaction' : typeOf(step), name);
				if (!versions) return plain;
				return {
					...plain,
					definition: { ...plain.definition!, ...interactionDefinition(versions) },
				};
			});
		},
		turn(lesson, activity, { turn, offered, best }) {
			const id = `${base}/${lesson.id}/${activity.id}/${turn}`;
			return {
				objectType: 'Activity',
				id,
				definition: {
					type: TYPES.interaction,
					interactionType: 'choice',
					// Each of several best choices is right by itself.
					correctResponsesPattern: best,
					choices: offered.map((option) => ({ id: option })),
				},
			};
		},
		metaphor(id) {
			const iri = `${base}/metaphors/${id}`;
			const found = course.metaphors.find((one) => one.id === id);
			return once(iri, () => object(iri, 'metaphor', found?.title));
		},
	};
}

function typeOf(step: Step): TypeName {
	if (step.kind === 'read') return 'page';
	if (step.kind === 'activity')
		return step.activity.type === 'vignette'
			? 'vignette'
			: step.activity.type === 'reflect'
				? 'reflection'
				: 'interaction';
	if (step.id === PRACTICE) return 'practice';
	return step.role === 'drill' ? 'drill' : 'assessment';
}

/** What an activity is called: its title, else what it asks. */
function nameOf(activity: Activity): Text | string | undefined {
	const { title, prompt } = activity as { title?: Text | string; prompt?: Text | string };
	return title ?? prompt;
}

/** The same response as an interaction, once for each language in which the activity has words. */
function interactions(
	type: AnyType | undefined,
	activity: Activity,
	response: unknown,
	language: Language,
): Record<string, Interaction> | undefined {
	const inBoth = typeof nameOf(activity) === 'object';
	const versions = (inBoth ? LANGUAGES : [language]).flatMap((one) => {
		const version = type?.interaction(inBoth ? localise(activity, one) : activity, response);
		return version ? [[one, version] as const] : [];
	});
	return versions.length > 0 ? Object.fromEntries(versions) : undefined;
}
