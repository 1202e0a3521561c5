import { sql } from 'drizzle-orm';
import type { Dialect } from './dialect.ts';

/*
 * What makes the store of statements a learning record store (docs/xapi.md): who may use it, how
 * statements are found, and the documents that stand beside them.
 */

/** Programs that read and write statements. A row stays for ever: it says who wrote what. */
export function defineRecordClients({ table, column }: Dialect) {
	return table('lrs_clients', {
		/** The user name of HTTP Basic. */
		id: column.id('id').primaryKey(),
		name: column.text('name').notNull(),
		/** SHA-256 of the secret, base64url. */
		secretHash: column.text('secret_hash').notNull(),
		scopes: column.json('scopes').$type<string[]>().notNull(),
		/** Pages from where browsers may call; `*` for any. */
		origins: column.json('origins').$type<string[]>().notNull(),
		/** The most requests in a minute. */
		ratePerMinute: column.integer('rate_per_minute').notNull(),
		createdAt: column.time('created_at').notNull(),
		usedAt: column.time('used_at'),
		disabledAt: column.time('disabled_at'),
	});
}

/**
 * What a statement is found by, each as a short hash (`lrs/index-terms.ts`). Without a reference to
 * `statements`, which would need a second index as large as this one: `removeTerms` there takes
 * rows away. On SQLite the table is its own index (`WITHOUT ROWID`, in the migration).
 */
export function defineStatementTerms({ table, column, primaryKey }: Dialect) {
	return table(
		'statement_terms',
		{ term: column.text('term').notNull(), seq: column.serialId('seq').notNull() },
		(row) => [primaryKey({ columns: [row.term, row.seq] })],
	);
}

/** What came with statements in parts of their own, each content once. */
export function defineAttachments({ table, column }: Dialect) {
	return table('lrs_attachments', {
		/** SHA-224, SHA-256, SHA-384 or SHA-512, hexadecimal in lower case. */
		sha2: column.id('sha2').primaryKey(),
		contentType: column.text('content_type').notNull(),
		content: column.bytes('content').notNull(),
		createdAt: column.time('created_at').notNull(),
	});
}

/** What is known of activities, merged from the definitions in statements. */
export function defineActivities({ table, column }: Dialect) {
	return table('lrs_activities', {
		/** SHA-256 of the IRI, base64url: an IRI may be longer than an index takes. */
		key: column.id('key').primaryKey(),
		iri: column.text('iri').notNull(),
		/** JSON text. */
		definition: column.text('definition').notNull(),
		updatedAt: column.time('updated_at').notNull(),
	});
}

/** Names by which statements call an agent, the latest first. */
export function defineAgents({ table, column }: Dialect) {
	return table('lrs_agents', {
		/** SHA-256 of what identifies the agent, base64url. */
		key: column.id('key').primaryKey(),
		names: column.json('names').$type<string[]>().notNull(),
		updatedAt: column.time('updated_at').notNull(),
	});
}

export type DocumentKind = 'state' | 'activity-profile' | 'agent-profile';

/** Documents of the state, activity profile and agent profile resources. */
export function defineDocuments({ table, column, index }: Dialect) {
	return table(
		'lrs_documents',
		{
			/** SHA-256 of everything that names it, base64url. */
			key: column.id('key').primaryKey(),
			/** SHA-256 of kind, activity and agent: what belongs together. */
			shelf: column.id('shelf').notNull(),
			kind: column.text('kind').$type<DocumentKind>().notNull(),
			activity: column.text('activity'),
			/** As `agentKey` writes it. */
			agent: column.text('agent'),
			registration: column.id('registration'),
			/** `stateId` or `profileId`. */
			name: column.text('name').notNull(),
			contentType: column.text('content_type').notNull(),
			content: column.bytes('content').notNull(),
			/** SHA-1 of the content, hexadecimal (xAPI 1.0.3 Communication, section 3.1). */
			etag: column.text('etag').notNull(),
			updatedAt: column.time('updated_at').notNull(),
		},
		(row) => [index('lrs_documents_shelf').on(row.shelf, row.updatedAt)],
	);
}

/** Only few statements refer to others. */
export const isNotNull = (one: unknown) => sql`${one} is not null`;
