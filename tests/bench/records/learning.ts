import { v5 } from 'uuid';
import type { Chance } from '../seed/random.ts';

/*
 * Statements as learning systems send them: learners with an account, each course of theirs under a
 * registration of its own, lessons and questions of some courses, ten verbs, results, times of a year.
 */

const COURSES = 4;
const ACTIVITIES = 75;
const STEM = 'https://lms.example/xapi';
const VERBS = [
	'initialized',
	'progressed',
	'experienced',
	'answered',
	'interacted',
	'completed',
	'passed',
	'failed',
	'suspended',
	'terminated',
].map((word) => ({
	id: `http://adlnet.gov/expapi/verbs/${word}`,
	display: { 'en-US': word, 'da-DK': word },
}));
const START = Date.UTC(2026, 0, 1);
const YEAR = 365 * 24 * 60 * 60 * 1000;

const activities = Array.from({ length: COURSES * ACTIVITIES }, (_, at) => ({
	objectType: 'Activity',
	id: `${STEM}/courses/${at % COURSES}/activities/${at}`,
	definition: {
		type: 'http://adlnet.gov/expapi/activities/lesson',
		name: { 'en-US': `Lesson ${at}`, 'da-DK': `Lektion ${at}` },
		description: { 'en-US': `What lesson ${at} of course ${at % COURSES} is about.` },
	},
}));

/** What somebody may ask for. */
export const agentOf = (learner: number) => ({
	objectType: 'Agent',
	account: { homePage: 'https://lms.example', name: `learner-${learner}` },
});
export const registrationOf = (learner: number, course: number) =>
	v5(`${STEM}/registrations/${learner}/${course}`, v5.URL);
const registrations = new Map<string, string>();
function knownRegistration(learner: number, course: number): string {
	const key = `${learner} ${course}`;
	const known = registrations.get(key) ?? registrationOf(learner, course);
	registrations.set(key, known);
	return known;
}

/** Something that a statement of these has to do with, to be found by. */
export function someParams(chance: Chance, learners: number) {
	const learner = chance.below(learners);
	return {
		agent: JSON.stringify(agentOf(learner)),
		registration: registrationOf(learner, chance.below(COURSES)),
		verb: chance.of(VERBS).id,
		activity: chance.of(activities).id,
	};
}

export type Learnt = Record<string, unknown> & { id: string; timestamp: string };

/** One statement of one of so many learners. */
export function learnt(chance: Chance, learners: number): Learnt {
	const learner = chance.below(learners);
	const at = chance.below(activities.length);
	const course = at % COURSES;
	const scaled = chance.below(101) / 100;
	return {
		id: chance.uuid(),
		actor: agentOf(learner),
		verb: chance.of(VERBS),
		object: activities[at],
		result: { score: { scaled }, success: scaled > 0.6, duration: `PT${chance.below(600)}S` },
		context: {
			registration: knownRegistration(learner, course),
			language: 'da-DK',
			contextActivities: {
				grouping: [{ id: `${STEM}/courses/${course}` }],
				category: [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }],
			},
			extensions: { [`${STEM}/extensions/visit`]: chance.below(50) },
		},
		timestamp: new Date(START + chance.below(YEAR)).toISOString(),
	};
}
