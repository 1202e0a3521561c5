import { newCode } from '../../src/lib/certificates/code.ts';
import type { States } from '../../src/lib/certificates/states.ts';
import type { Database } from '../../src/lib/server/db/database.ts';

/** A certificate of the tiny course, as the server would have stored it. */
export async function makeCertificate(db: Database, userId: string) {
	const at = '2026-06-01T10:00:00.000Z';
	const text = { da: 'Lille kursus', en: 'Tiny course' };
	const states: States = {
		v: 1,
		learner: { name: 'member' },
		course: { id: 'tiny', version: '1.0.0', title: text },
		provider: {
			name: 'A school',
			address: '',
			logo: null,
			signer: null,
			signature: null,
			accreditation: null,
		},
		beganAt: at,
		completedAt: at,
		isRenewal: false,
		hours: { estimatedMinutes: 10, measuredSeconds: 600 },
		objectives: [text],
		result: { of: 'final-test', percent: 90, passMark: 80, lessons: 2 },
		review: { state: 'pending' },
		authors: [],
	};
	const row = {
		id: crypto.randomUUID(),
		code: newCode(),
		userId,
		course: 'tiny',
		courseVersion: '1.0.0',
		since: '',
		states,
		shows: { name: true, result: false },
		completedAt: new Date(at),
		issuedAt: new Date(at),
	};
	await db.tx((tx) => tx.insert(db.tables.certificates).values(row));
	return row;
}
