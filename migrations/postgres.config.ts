import { defineConfig } from 'drizzle-kit';

// `npx drizzle-kit generate --config migrations/postgres.config.ts --name <what-changes>`
export default defineConfig({
	dialect: 'postgresql',
	schema: './src/lib/server/db/tables.postgres.ts',
	out: './migrations/postgres',
});
