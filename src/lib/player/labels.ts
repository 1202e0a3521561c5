import type { StepOutline } from '#lib/course/outline.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Standing } from '#lib/progress/completion.ts';

/** What a step is, in a word. */
export function kindLabel(kind: StepOutline['kind']): string {
	switch (kind) {
		case 'read':
			return m.player_step_read();
		case 'vignette':
			return m.player_step_vignette();
		case 'reflection':
			return m.player_step_reflection();
		case 'activity':
			return m.player_step_activity();
		case 'drill':
			return m.player_step_drill();
		case 'quiz':
			return m.player_step_quiz();
	}
}

export function standingLabel(standing: Standing): string {
	switch (standing) {
		case 'done':
			return m.player_standing_done();
		case 'under-way':
			return m.player_standing_under_way();
		case 'not-begun':
			return m.player_standing_not_begun();
	}
}

/** Whole minutes for people; "about 0 minutes" helps nobody. */
export function minutesLabel(minutes: number): number {
	return Math.max(1, Math.round(minutes));
}
