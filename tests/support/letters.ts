import { asc } from 'drizzle-orm';
import type { Database } from '../../src/lib/server/db/database.ts';
import type { Composed } from '../../src/lib/server/mail/compose.ts';
import type { SecretBox } from '../../src/lib/server/secret-box.ts';

/** Letters that wait in the queue, oldest first, with what they say. */
export async function openLetters(db: Database, box: SecretBox) {
	const { letters } = db.tables;
	const rows = await db.read
		.select()
		.from(letters)
		.orderBy(asc(letters.createdAt), asc(letters.to));
	return rows.flatMap(({ body, ...envelope }) =>
		body === null ? [] : [{ ...envelope, ...(JSON.parse(box.open(body)) as Composed) }],
	);
}
