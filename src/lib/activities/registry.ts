import type { ActivityRules } from '#lib/course/scoring.ts';
import { ask } from './ask/logic.ts';
import { categorise } from './categorise/logic.ts';
import { choice } from './choice/logic.ts';
import type { AnyType } from './contract.ts';
import { estimate } from './estimate/logic.ts';
import { match } from './match/logic.ts';
import { order } from './order/logic.ts';
import { rate } from './rate/logic.ts';
import { reflect } from './reflect/logic.ts';
import { rewrite } from './rewrite/logic.ts';
import { spot } from './spot/logic.ts';
import { vignette } from './vignette/logic.ts';

/**
 * Every activity type by name, for the server, packages and authoring; a browser loads those it
 * needs (`load.ts`). Their definitions and responses are each type's own business.
 */
export const types = {
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
	vignette,
} as unknown as Record<string, AnyType>;

export function rulesFor(type: string): ActivityRules | undefined {
	return Object.hasOwn(types, type) ? types[type] : undefined;
}
