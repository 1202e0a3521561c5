import type { Act, Assessment } from '#lib/coach/contract.ts';
import type { Ask } from './schema.ts';

export type ReplyKind = keyof Ask['replies'];

const KINDS: Record<Act, ReplyKind> = {
	'open-question': 'open',
	'closed-question': 'closed',
	reflection: 'heard',
	validation: 'heard',
	information: 'told',
	advice: 'told',
	other: 'told',
};

/** How the patient takes what was said. Words that hurt are what is heard, whatever stands beside them. */
export function replyTo({ act, flags }: Pick<Assessment, 'act' | 'flags'>): ReplyKind {
	return flags.some(({ kind }) => kind === 'alarm' || kind === 'dismissive') ? 'hurt' : KINDS[act];
}
