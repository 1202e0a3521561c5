import type { Act, Asks, FlagKind, Goal, Move, Remark, Topic } from '#lib/coach/contract.ts';
import { m } from '#lib/paraglide/messages.js';

/** A remark in words: what it is, one reason, and where there is one, a better way to say it. */
export interface Said {
	title: string;
	why: string;
	better?: string;
}

type Word = () => string;

const PRAISE_AND_DOUBT: Partial<Record<Topic, Word>> = {
	opens: m.coach_praise_opens,
	invites: m.coach_praise_invites,
	mirrors: m.coach_praise_mirrors,
	checks: m.coach_praise_checks,
	validates: m.coach_praise_validates,
	'asks-leave': m.coach_praise_asks_leave,
	screens: m.coach_praise_screens,
	explains: m.coach_praise_explains,
	'not-sure': m.coach_not_sure,
};
const IDEAS: Partial<Record<Topic, [why: Word, better: Word]>> = {
	closes: [m.coach_idea_closes, m.coach_idea_closes_better],
	'tells-first': [m.coach_idea_tells_first, m.coach_idea_tells_first_better],
	'advises-first': [m.coach_idea_advises_first, m.coach_idea_advises_first_better],
	'screens-wide': [m.coach_idea_screens_wide, m.coach_idea_screens_wide_better],
	why: [m.coach_idea_why, m.coach_idea_why_better],
	'no-summary': [m.coach_idea_no_summary, m.coach_idea_no_summary_better],
};
const TONES: Record<Remark['tone'], Word> = {
	praise: m.coach_praise,
	idea: m.coach_idea,
	unsure: m.coach_unsure,
};
const FLAGS: Record<FlagKind, Word> = {
	leading: m.coach_flag_leading,
	double: m.coach_flag_double,
	alarm: m.coach_flag_alarm,
	dismissive: m.coach_flag_dismissive,
	jargon: m.coach_flag_jargon,
};
const ACTS: Record<Act, Word> = {
	'open-question': m.coach_act_open,
	'closed-question': m.coach_act_closed,
	reflection: m.coach_act_reflection,
	validation: m.coach_act_validation,
	information: m.coach_act_information,
	advice: m.coach_act_advice,
	other: m.coach_act_other,
};
const ASKED: Record<Asks, Word> = {
	open: m.coach_asks_open,
	closed: m.coach_asks_closed,
	none: m.coach_asks_none,
};
const GOALS: Record<Goal, Word> = {
	explore: m.coach_goal_explore,
	'rule-out': m.coach_goal_rule_out,
	reassure: m.coach_goal_reassure,
	summarise: m.coach_goal_summarise,
	plan: m.coach_goal_plan,
};

export const flagName = (kind: FlagKind): string => FLAGS[kind]();
export const askedFor = (asks: Asks): string => ASKED[asks]();
export const goalName = (goal: Goal | undefined): string =>
	goal ? GOALS[goal]() : m.coach_goal_none();

/** What a move does. Verb-first and still open: closed in form, an invitation in effect. */
export function moveName({ act, form }: Pick<Move, 'act' | 'form'>): string {
	return act === 'open-question' && form === 'verb-first' ? m.coach_act_invitation() : ACTS[act]();
}

/** Undefined for a topic that has no words yet: then nothing is said. */
export function sayOf({ tone, topic, flag }: Remark): Said | undefined {
	if (flag) return { title: flagName(flag.kind), why: flag.why, better: flag.instead };
	const title = TONES[tone]();
	const idea = IDEAS[topic];
	if (idea) return { title, why: idea[0](), better: idea[1]() };
	const why = PRAISE_AND_DOUBT[topic];
	return why && { title, why: why() };
}

/** Remarks as one short speech, for those who hear the page. */
export function announcementOf(text: string, remarks: Remark[]): string {
	return remarks
		.flatMap((remark) => {
			const said = sayOf(remark);
			if (!said) return [];
			const words = remark.flag ? `${text.slice(remark.span.start, remark.span.end)}.` : '';
			const better = said.better ? `${m.verdict_better()} ${said.better}` : '';
			return [`${said.title}:`, words, said.why, better].filter(Boolean).join(' ');
		})
		.join(' ');
}
