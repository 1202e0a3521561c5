import type { AnyType } from '#lib/activities/contract.ts';
import type { Language } from '#lib/course/language.ts';
import type { Course, Step } from '#lib/course/model.ts';
import { outline } from '#lib/course/outline.ts';
import { unitsOf } from '#lib/course/parts.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { leave, narrate, type Visit } from '#lib/xapi/narrate.ts';
import type { Narrator, Told } from '#lib/xapi/sayer.ts';
import { objectsOf } from '#lib/xapi/objects.ts';
import { reaches, type Actor, type Detail, type Statement } from '#lib/xapi/statement.ts';

export interface NarrationOptions {
	/** Of its activities only ids and types are needed. */
	course: Course;
	/** The steps of a lesson, in the language of the moment; undefined while it is not known. */
	steps(lesson: string): Step[] | undefined;
	/** The activity types that are loaded by now. */
	types(type: string): AnyType | undefined;
	actor: Actor;
	registration?: string;
	/** How much leaves. */
	detail?: Detail;
}

/** Says of this visit what happens in it. */
export interface Narration {
	tell(event: LearnerEvent, before: Progress, after: Progress): Statement[];
	/** What there is to say when the learner leaves. */
	leave(): Statement[];
}

/** The UUID of something that is said once, in whatever visit and on whatever device. */
export { derivedId } from '#lib/xapi/uuid.ts';

/** Tells of a course whose lessons become known one by one, as in a package. */
export function narration(options: NarrationOptions): Narration {
	const { course, types, actor, registration, detail = 'interactions' } = options;
	const titles = new Map(unitsOf(course).map(({ id, title }) => [id, title]));
	const map = outline(course, 'en');
	const objects = new Map<Language, Narrator['objects']>();
	let visit: Visit | undefined;

	/** Lessons have their words in one language: that of the event. */
	function narratorIn(language: Language): Narrator {
		const known = objects.get(language) ?? objectsOf(course, types, language);
		objects.set(language, known);
		return {
			actor,
			...(registration === undefined ? {} : { registration }),
			course: map,
			objects: known,
			unit(id) {
				const steps = options.steps(id);
				const title = titles.get(id);
				return steps && title ? { title, steps } : undefined;
			},
			types,
		};
	}

	const said = (told: Told[]) =>
		told.filter((one) => reaches(one.detail, detail)).map(({ statement }) => statement);

	return {
		tell(event, before, after) {
			const next = narrate(narratorIn(event.language), before, after, event, visit);
			visit = next.visit;
			return said(next.told);
		},
		leave() {
			if (!visit) return [];
			const told = said(leave(narratorIn(visit.last.language), visit));
			visit = undefined;
			return told;
		},
	};
}
