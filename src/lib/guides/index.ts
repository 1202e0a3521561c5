import { canvas } from './canvas.ts';
import { cornerstone } from './cornerstone.ts';
import { generic } from './generic.ts';
import type { Guide } from './guide.ts';
import { moodle } from './moodle.ts';
import { successfactors } from './successfactors.ts';
import { totara } from './totara.ts';

/** In the order in which they are offered. */
export const GUIDES: Guide[] = [moodle, totara, successfactors, cornerstone, canvas, generic];
