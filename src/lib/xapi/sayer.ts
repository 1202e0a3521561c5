import type { AnyType } from '#lib/activities/contract.ts';
import type { Step } from '#lib/course/model.ts';
import type { Outline } from '#lib/course/outline.ts';
import type { LearnerEvent } from '#lib/progress/events.ts';
import type { Progress } from '#lib/progress/progress.ts';
import { DISPLAY } from './display.ts';
import { PROFILE_VERSION, TYPES, VERBS, type Verb } from './iris.ts';
import type { Objects, Titled } from './objects.ts';
import type { Actor, Context, Detail, Result, Statement, XapiActivity } from './statement.ts';
import { derivedId } from './uuid.ts';

/** Whose statements these are, and what is known of the course. */
export interface Narrator {
	actor: Actor;
	registration?: string;
	course: Outline;
	objects: Objects;
	/** The lesson, or what stands beside lessons, with its definitions; undefined when unknown. */
	unit(id: string): { title: Titled['title']; steps: Step[] } | undefined;
	types(type: string): AnyType | undefined;
}

/** A statement and the level of detail that it belongs to. */
export interface Told {
	detail: Detail;
	statement: Statement;
}

/** When, in which version of the course and in which language something is said. */
export type Occasion = Pick<LearnerEvent, 'id' | 'at' | 'courseVersion' | 'language'>;

interface Details {
	result?: Result;
	/** What the object is part of, nearest first, the course left out. Absent for the course itself. */
	under?: XapiActivity[];
	/** Told apart from other statements of the same verb and object on the same occasion. */
	nth?: number;
}
/** Says one thing of an occasion. */
export type Say = (detail: Detail, verb: Verb, object: XapiActivity, details?: Details) => void;

/** How things are said of one occasion: with ids, context and category. */
export function sayer(narrator: Narrator, occasion: Occasion, told: (one: Told) => void): Say {
	const { actor, registration, objects } = narrator;
	return (detail, verb, object, { result, under, nth = 0 } = {}) => {
		const [parent] = under ?? [];
		const grouping = under && [objects.course, ...under.slice(1)];
		const context: Context = {
			...(registration ? { registration } : {}),
			platform: 'Rygsamtalen',
			language: occasion.language,
			revision: occasion.courseVersion,
			contextActivities: {
				...(under ? { parent: [parent ?? objects.course] } : {}),
				...(grouping ? { grouping } : {}),
				category: [CATEGORY],
			},
		};
		told({
			detail,
			statement: {
				id: derivedId(occasion.id, [idOf(actor), verb, object.id, nth].join(' ')),
				timestamp: occasion.at,
				actor,
				verb: { id: VERBS[verb], display: DISPLAY[verb] },
				object,
				...(result ? { result } : {}),
				context,
			},
		});
	};
}

const CATEGORY: XapiActivity = {
	objectType: 'Activity',
	id: PROFILE_VERSION,
	definition: { type: TYPES.profile },
};

const idOf = ({ account, mbox, mbox_sha1sum, openid }: Actor): string =>
	account ? `${account.homePage} ${account.name}` : (mbox ?? mbox_sha1sum ?? openid ?? '');

/** An event, what it changed, and how it is told. */
export interface Happening {
	narrator: Narrator;
	say: Say;
	lesson: Titled;
	before: Progress;
	after: Progress;
	event: LearnerEvent;
}
