import { m } from '#lib/paraglide/messages.js';
import type { Remark } from '#lib/teaching/items.ts';
import type { Kind, StandsOut } from '#lib/teaching/overview.ts';

const KINDS: Record<Kind, () => string> = {
	vignette: m.teach_activity_kind_vignette,
	drill: m.teach_activity_kind_drill,
	quiz: m.teach_activity_kind_quiz,
	reflection: m.teach_activity_kind_reflection,
	activity: m.teach_activity_kind_activity,
	'final-test': m.teach_activity_kind_final_test,
	confidence: m.teach_activity_kind_confidence,
};
export const kindWord = (kind: Kind) => KINDS[kind]();

const STANDS_OUT: Record<StandsOut, () => string> = {
	strange: m.teach_activity_stands_strange,
	hard: m.teach_activity_stands_hard,
	easy: m.teach_activity_stands_easy,
};
export const standsOutWord = (kind: StandsOut) => STANDS_OUT[kind]();

/** @param enough how many answers it takes to say more */
export function remarkWords(remark: Remark, enough: number): string {
	switch (remark.kind) {
		case 'few':
			return m.teach_activity_remark_few({ enough });
		case 'easy':
			return m.teach_activity_remark_easy();
		case 'hard':
			return m.teach_activity_remark_hard();
		case 'backwards':
			return m.teach_activity_remark_backwards();
		case 'weak':
			return m.teach_activity_remark_weak();
		case 'favourite':
			return m.teach_activity_remark_favourite(remark);
		case 'trap':
			return m.teach_activity_remark_trap(remark);
		case 'unused':
			return m.teach_activity_remark_unused(remark);
	}
}

const ENDINGS: Record<string, () => string> = {
	'shared-plan': m.teach_activity_ending_shared_plan,
	thin: m.teach_activity_ending_thin,
	elsewhere: m.teach_activity_ending_elsewhere,
};
export const endingWord = (kind: string) => ENDINGS[kind]?.() ?? kind;

/** Numbers as the page's language writes them. */
export function numbers(language: string) {
	const percent = new Intl.NumberFormat(language, { style: 'percent' });
	const one = new Intl.NumberFormat(language, {
		minimumFractionDigits: 1,
		maximumFractionDigits: 1,
	});
	const two = new Intl.NumberFormat(language, {
		minimumFractionDigits: 2,
		maximumFractionDigits: 2,
		signDisplay: 'negative',
	});
	return {
		/** Of 0–1. */
		percent: (share: number) => percent.format(share),
		share: (count: number, total: number) => percent.format(total === 0 ? 0 : count / total),
		decimal: (value: number) => one.format(value),
		/** Of −1 to 1. */
		correlation: (value: number) => two.format(value),
	};
}
export type Numbers = ReturnType<typeof numbers>;
