import type { ActivityRules } from '#lib/course/scoring.ts';
import { categorise } from './categorise/logic.ts';
import { choice } from './choice/logic.ts';
import type { ActivityType } from './contract.ts';
import { estimate } from './estimate/logic.ts';
import { match } from './match/logic.ts';
import { order } from './order/logic.ts';
import { reflect } from './reflect/logic.ts';
import { rewrite } from './rewrite/logic.ts';
import { spot } from './spot/logic.ts';
import { vignette } from './vignette/logic.ts';

/** Every activity type by name. Their definitions and responses are each type's own business. */
export const types = {
	categorise,
	choice,
	estimate,
	match,
	order,
	reflect,
	rewrite,
	spot,
	vignette,
} as unknown as Record<string, ActivityType<never, unknown, unknown, unknown> & AnyType>;

/** An activity type as somebody sees it who does not know which one it is. */
interface AnyType extends ActivityRules {
	publicView(activity: unknown): unknown;
	grade(activity: unknown, response: unknown): ReturnType<ActivityType['grade']>;
	interaction(activity: unknown, response: unknown): ReturnType<ActivityType['interaction']>;
}

export function rulesFor(type: string): ActivityRules | undefined {
	return Object.hasOwn(types, type) ? types[type] : undefined;
}
