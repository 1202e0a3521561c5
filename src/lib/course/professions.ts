/** Who the learners are; a conversation can be played as any of them. */
export const PROFESSIONS = [
	'gp',
	'physiotherapist',
	'chiropractor',
	'nurse',
	'occupational-therapist',
	'social-worker',
] as const;
export type Profession = (typeof PROFESSIONS)[number];
