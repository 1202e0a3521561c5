import { getStatements } from './read-statements.ts';
import type { Methods } from './resource.ts';
import { postStatements, putStatement } from './write-statements.ts';

/** The statements resource (xAPI 1.0.3 Communication, section 2.1). */
export const statements: Methods = {
	GET: {
		takes: [
			'statementId',
			'voidedStatementId',
			'agent',
			'verb',
			'activity',
			'registration',
			'related_activities',
			'related_agents',
			'since',
			'until',
			'limit',
			'format',
			'attachments',
			'ascending',
			// Ours, in `more`.
			'cursor',
		],
		needs: 'read',
		answer: getStatements,
	},
	PUT: { takes: ['statementId!'], needs: 'write', answer: putStatement },
	POST: { takes: [], needs: 'write', answer: postStatements },
};
