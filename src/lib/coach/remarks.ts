import type { Assessment, FlagKind, Goal, Move, Remark, Topic } from './contract.ts';

/**
 * What a colleague would pick out to say: at most two things, praise first where there is something to
 * praise, and nothing that the coach is not sure of. Nothing to say is an empty list.
 *
 * @param goal what the drill is after; without one, only what holds anywhere is said
 */
export function remarksOn(assessment: Assessment, goal?: Goal): Remark[] {
	const { moves, flags, unsure } = assessment;
	if (moves.every(({ act }) => act === 'other') && flags.length === 0) return [];
	const praise = praiseOf(assessment, goal);
	const [flag] = [...flags].sort((a, b) => WEIGHT.indexOf(a.kind) - WEIGHT.indexOf(b.kind));
	const idea: Remark | undefined = flag
		? { tone: 'idea', topic: 'flag', span: { start: flag.start, end: flag.end }, flag }
		: unsure
			? undefined
			: ideaOf(assessment, goal);
	if (!praise && !idea && unsure)
		return [{ tone: 'unsure', topic: 'not-sure', span: moves.at(-1)!.cue }];
	// Two flags weigh more than a word of praise for the form that they came in.
	const second = flags.find((one) => one !== flag && one.kind !== flag?.kind);
	const list = [praise, idea, !praise && second ? flagged(second) : undefined];
	return list.filter((remark) => remark !== undefined);
}

/** What may hurt is said before what could be asked better. */
const WEIGHT: readonly FlagKind[] = ['alarm', 'dismissive', 'leading', 'double', 'jargon'];

function flagged(flag: NonNullable<Remark['flag']>): Remark {
	return { tone: 'idea', topic: 'flag', span: { start: flag.start, end: flag.end }, flag };
}

function praiseOf(assessment: Assessment, goal: Goal | undefined): Remark | undefined {
	const { moves, permission, flags, why } = assessment;
	// Whatever carries a flag is not held up as an example.
	const clean = moves.filter(
		(move) => !flags.some(({ start, end }) => start < move.end && move.start < end),
	);
	const last = clean.at(-1);
	const say = (topic: Topic, span: Remark['span']): Remark => ({ tone: 'praise', topic, span });
	const of = (act: Move['act']) => clean.findLast((move) => move.act === act);
	if (permission && clean.length > 0) return say('asks-leave', permission);
	const mirror = of('reflection');
	if (goal === 'summarise' && mirror)
		return say(assessment.asks === 'closed' ? 'checks' : 'mirrors', mirror.cue);
	if (goal === 'rule-out') {
		const screen = of('closed-question');
		if (screen) return say('screens', screen.cue);
	}
	const open = of('open-question');
	// An open "why" may be heard as a reproach: no praise, but an idea.
	if (open && !why && goal !== 'rule-out')
		return say(open.form === 'wh' ? 'opens' : 'invites', open.cue);
	if (mirror) return say(mirror.asks === 'closed' ? 'checks' : 'mirrors', mirror.cue);
	const warm = of('validation');
	if (warm) return say('validates', warm.cue);
	if (goal === 'reassure' && last?.act === 'information') return say('explains', last.cue);
	return undefined;
}

function ideaOf(
	{ act, moves, permission, why }: Assessment,
	goal: Goal | undefined,
): Remark | undefined {
	const last = moves.findLast((move) => move.act !== 'other');
	if (!last) return undefined;
	const say = (topic: Topic): Remark => ({ tone: 'idea', topic, span: last.cue });
	const hasListened = moves.some((move) =>
		['open-question', 'reflection', 'validation'].includes(move.act),
	);
	if (goal === 'summarise' && !moves.some((move) => move.act === 'reflection'))
		return say('no-summary');
	if (goal === 'rule-out') return act === 'open-question' ? say('screens-wide') : undefined;
	if (why) return { tone: 'idea', topic: 'why', span: why };
	if (goal === 'explore') {
		if (act === 'closed-question' && !permission && !hasListened) return say('closes');
		if (act === 'information' && !hasListened) return say('tells-first');
	}
	if (act === 'advice' && !permission && !hasListened) return say('advises-first');
	return undefined;
}
