/** What learners may be by profession; a conversation can be played as each of these. */
export const PROFESSIONS = [
	'gp',
	'physiotherapist',
	'chiropractor',
	'nurse',
	'occupational-therapist',
	'social-worker',
] as const;
export type Profession = (typeof PROFESSIONS)[number];
