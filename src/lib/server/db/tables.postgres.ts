import { postgresDialect } from './dialect.ts';
import { defineSchema } from './schema.ts';

export const {
	users,
	sessions,
	tokens,
	events,
	reflections,
	reminders,
	lessonStandings,
	visits,
	statements,
	destinations,
	outbox,
	dispatches,
	seats,
} = defineSchema(postgresDialect);
