import { BASE } from '#lib/xapi/iris.ts';
import { withMembers } from '#lib/xapi/text/index.ts';
import { homePageOfServer } from '../statements/narrators.ts';

/** An agent that vouches for statements: a client of ours, or this server itself. */
export function authorityOf(name: string, displayName?: string): Record<string, unknown> {
	return {
		objectType: 'Agent',
		...(displayName === undefined ? {} : { name: displayName }),
		account: { homePage: homePageOfServer(), name },
	};
}

/** What our own statements say besides what is stored of them: they are kept as they are sent on. */
function ownMembers(storedAt: Date): Record<string, unknown> {
	return {
		stored: storedAt.toISOString(),
		authority: authorityOf(BASE, 'Rygsamtalen'),
		version: '1.0.3',
	};
}

/** A statement as a record store hands it out, as JSON text. */
export function textOf(row: { clientId: string | null; body: string; storedAt: Date }): string {
	return row.clientId === null ? withMembers(row.body, ownMembers(row.storedAt)) : row.body;
}

/** The same, parsed. */
export function valueOf(row: { clientId: string | null; body: string; storedAt: Date }): unknown {
	const value = JSON.parse(row.body) as Record<string, unknown>;
	return row.clientId === null ? { ...value, ...ownMembers(row.storedAt) } : value;
}
