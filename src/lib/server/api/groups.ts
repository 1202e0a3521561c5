import { and, asc, count as countOf, eq, inArray, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { lessonsOf } from '#lib/course/model.ts';
import type { Database } from '../db/database.ts';
import { followedGroup } from '../teaching/rights.ts';
import { subjectsOf, type Subject } from '../teaching/subjects.ts';
import { count, day, moment, percent, resource, text, iso } from './resource.ts';

const group = {
	id: text,
	name: text,
	organisation: v.strictObject({
		id: text,
		name: text,
		timeZone: v.pipe(text, v.description('IANA name; days of assignments are days there.')),
	}),
	members: count,
	stuckDays: v.pipe(count, v.description('Days without progress after which somebody is stuck.')),
	createdAt: moment,
	archivedAt: v.nullable(moment),
};

/** The groups that the token's user follows. */
export const groupsResource = resource({
	path: '/groups',
	id: 'listGroups',
	summary: 'The groups that you follow',
	params: {},
	query: v.strictObject({}),
	answer: v.strictObject({ groups: v.array(v.strictObject(group)) }),
	async read({ db, userId }) {
		const { educators, groupEducators, groups, organisations } = db.tables;
		const rows = await db.read
			.select({ group: groups, organisation: organisations })
			.from(groupEducators)
			.innerJoin(groups, eq(groups.id, groupEducators.groupId))
			.innerJoin(organisations, eq(organisations.id, groups.organisationId))
			.innerJoin(
				educators,
				and(eq(educators.organisationId, groups.organisationId), eq(educators.userId, userId)),
			)
			.where(and(eq(groupEducators.userId, userId), isNull(organisations.archivedAt)))
			.orderBy(asc(groups.name), asc(groups.id));
		const sizes = await sizesOf(
			db,
			rows.map((row) => row.group.id),
		);
		return { groups: rows.map((row) => told(row, sizes.get(row.group.id) ?? 0)) };
	},
});

const assignment = v.strictObject({
	id: text,
	course: text,
	scope: v.picklist(['course', 'lessons', 'final-test']),
	lessons: v.pipe(v.array(text), v.description('Ids, where the scope is lessons.')),
	round: v.pipe(count, v.description('From 0; later ones are done anew.')),
	startsOn: day,
	dueOn: v.nullable(day),
	everyMonths: v.nullable(count),
	requiredScore: v.nullable(percent),
	attempts: v.pipe(v.nullable(count), v.description('At the final test; null for any number.')),
	forEveryone: v.boolean(),
});

/** One group: what it is asked to do, and what can be asked about it. */
export const groupResource = resource({
	path: '/groups/{group}',
	id: 'getGroup',
	summary: 'A group with its assignments, and the courses of this server',
	params: { group: 'The id of a group that you follow.' },
	query: v.strictObject({}),
	answer: v.strictObject({
		...group,
		assignments: v.array(assignment),
		courses: v.array(
			v.strictObject({
				id: text,
				title: text,
				version: text,
				lessons: v.array(v.strictObject({ id: text, title: text })),
				finalTest: v.boolean(),
			}),
		),
	}),
	async read({ db, courses, userId, params, language, now }) {
		const found = await followedGroup(db, db.read, userId, params.group!);
		const subjects = await subjectsOf(db, courses, found.group, found.organisation, now);
		const sizes = await sizesOf(db, [found.group.id]);
		return {
			...told(found, sizes.get(found.group.id) ?? 0),
			assignments: subjects.flatMap((subject) => assignmentOf(subject) ?? []),
			courses: courses.map((course) => ({
				id: course.id,
				title: course.title[language],
				version: course.version,
				lessons: lessonsOf(course).map(({ id, title }) => ({ id, title: title[language] })),
				finalTest: course.finalTest !== undefined,
			})),
		};
	},
});

function assignmentOf({ assigned }: Subject): v.InferInput<typeof assignment> | undefined {
	if (!assigned) return undefined;
	const { id, course, scope, lessons, everyMonths, requiredScore, attempts, forEveryone } =
		assigned.assignment;
	const { number, startsOn, dueOn } = assigned.round;
	return {
		...{ id, course, scope, lessons, round: number, startsOn, dueOn },
		...{ everyMonths, requiredScore, attempts, forEveryone },
	};
}

function told(
	{ group: one, organisation }: Awaited<ReturnType<typeof followedGroup>>,
	members: number,
) {
	return {
		id: one.id,
		name: one.name,
		organisation: {
			id: organisation.id,
			name: organisation.name,
			timeZone: organisation.timeZone,
		},
		members,
		stuckDays: one.stuckDays,
		createdAt: iso(one.createdAt),
		archivedAt: iso(one.archivedAt),
	};
}

async function sizesOf({ read, tables }: Database, ids: string[]): Promise<Map<string, number>> {
	if (ids.length === 0) return new Map();
	const { members } = tables;
	const rows = await read
		.select({ id: members.groupId, size: countOf() })
		.from(members)
		.where(inArray(members.groupId, ids))
		.groupBy(members.groupId);
	return new Map(rows.map(({ id, size }) => [id, size]));
}
