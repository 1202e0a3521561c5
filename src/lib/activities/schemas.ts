import type * as v from 'valibot';
import * as ask from './ask/schema.ts';
import * as categorise from './categorise/schema.ts';
import type { Complaint } from './check.ts';
import * as choice from './choice/schema.ts';
import * as estimate from './estimate/schema.ts';
import * as match from './match/schema.ts';
import * as order from './order/schema.ts';
import * as rate from './rate/schema.ts';
import * as reflect from './reflect/schema.ts';
import * as rewrite from './rewrite/schema.ts';
import * as spot from './spot/schema.ts';
import { check } from './vignette/check.ts';
import * as vignette from './vignette/schema.ts';

interface TypeSchemas {
	/** The activity as an author writes it. */
	schema: v.GenericSchema;
	/** A response as a browser sends it. */
	response: v.GenericSchema;
	/** What a schema cannot say. */
	check(activity: never): Complaint[];
}

/** For the course check and the server; the browser does without them. */
export const schemas: Record<string, TypeSchemas> = {
	ask,
	categorise,
	choice,
	estimate,
	match,
	order,
	rate,
	reflect,
	rewrite,
	spot,
	vignette: { ...vignette, check },
};
