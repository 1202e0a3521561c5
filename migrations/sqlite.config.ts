import { defineConfig } from 'drizzle-kit';

// `npx drizzle-kit generate --config migrations/sqlite.config.ts --name <what-changes>`
export default defineConfig({
	dialect: 'sqlite',
	schema: './src/lib/server/db/tables.sqlite.ts',
	out: './migrations/sqlite',
});
