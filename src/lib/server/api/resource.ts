import type { Course } from '#lib/course/model.ts';
import type { Language } from '#lib/course/language.ts';
import * as v from 'valibot';
import type { Database } from '../db/database.ts';

/** What a request for a resource is answered from. */
export interface Asked<Query> {
	db: Database;
	courses: Course[];
	/** Whose rights count: the token's user. */
	userId: string;
	/** From the path, by the names in braces. */
	params: Record<string, string>;
	query: Query;
	language: Language;
	now: Date;
}

/**
 * One address of the API: how it is described and how it is answered. To add one, write a file with a
 * resource in it, a line in `registry.ts` and a route that serves it.
 */
export interface Resource<
	Query extends v.GenericSchema = v.GenericSchema,
	Answer extends v.GenericSchema = v.GenericSchema,
> {
	/** Below `/api/v1`, with its parameters in braces: `/groups/{group}`. */
	path: string;
	/** A name for programs that are made from the description: `getGroup`. */
	id: string;
	summary: string;
	description?: string;
	/** What stands in the path's braces, each with a word for people. */
	params: Record<string, string>;
	/** Flat, of strings, as it stands after the question mark. */
	query: Query;
	/** Strict: it says everything that goes out. */
	answer: Answer;
	/** @throws HttpError 404 for what the user may not see */
	read(asked: Asked<v.InferOutput<Query>>): Promise<v.InferInput<Answer>>;
}

/** For type inference; gives back what it is given. */
export function resource<Query extends v.GenericSchema, Answer extends v.GenericSchema>(
	one: Resource<Query, Answer>,
): Resource<Query, Answer> {
	return one;
}

/* Words that several descriptions share. */
export const text = v.string();
export const day = v.pipe(v.string(), v.isoDate(), v.description('A day, ISO 8601.'));
export const moment = v.pipe(
	v.string(),
	v.isoTimestamp(),
	v.description('A moment, ISO 8601 in UTC.'),
);
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));

/** A moment as it goes out. */
export function iso(at: Date): string;
export function iso(at: Date | null): string | null;
export function iso(at: Date | null): string | null {
	return at && at.toISOString();
}
