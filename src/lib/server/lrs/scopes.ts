/**
 * What a client may do, by the names that the specification gives (xAPI 1.0.3 Communication, section
 * 4.2, "OAuth Authorization Scope").
 */
export const SCOPES = [
	'statements/write',
	'statements/read/mine',
	'statements/read',
	'state',
	'define',
	'profile',
	'all/read',
	'all',
] as const;
export type Scope = (typeof SCOPES)[number];

/** What a request needs: one of these scopes. */
export const NEEDS = {
	write: ['all', 'statements/write'],
	/** What was written by anybody. */
	readAny: ['all', 'all/read', 'statements/read'],
	read: ['all', 'all/read', 'statements/read', 'statements/read/mine'],
	/** To have one's definitions of activities and names of agents become what is known of them. */
	define: ['all', 'define'],
	voidAny: ['all'],
	state: ['all', 'state'],
	readState: ['all', 'all/read', 'state'],
	profile: ['all', 'profile'],
	readProfile: ['all', 'all/read', 'profile'],
	/** Names by which agents are known. */
	agents: ['all', 'all/read', 'statements/read', 'profile'],
	/** What is known of activities is no secret to whom has a key at all. */
	activities: SCOPES,
} as const satisfies Record<string, readonly Scope[]>;
export type Need = keyof typeof NEEDS;

export function may({ scopes }: { scopes: readonly Scope[] }, need: Need): boolean {
	const enough: readonly Scope[] = NEEDS[need];
	return scopes.some((scope) => enough.includes(scope));
}
