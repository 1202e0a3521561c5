/** The three visible meters, 0–100. For worry, lower is better. */
export const METERS = ['trust', 'understanding', 'worry'] as const;
export type Meter = (typeof METERS)[number];

/** Hidden flags: main concern voiced, safety net given, plan agreed, nocebo label used, permission asked. */
export const FLAGS = ['heard', 'safetyNet', 'planAgreed', 'label', 'permission'] as const;
export type Flag = (typeof FLAGS)[number];

/** From most guarded to most at ease; the drawn patient and the words for it follow the meters. */
export const POSES = ['closed', 'wary', 'neutral', 'easing', 'open'] as const;
export type Pose = (typeof POSES)[number];

/** Where an option leads when the conversation is over. */
export const END = 'end';
