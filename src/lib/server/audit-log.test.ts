import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ACTIONS, note, type Deed } from './audit.ts';
import { actionsOf, KINDS, readAudit, type Kind } from './audit-log.ts';
import { detailsOf, sentenceOf } from './audit-words.ts';
import type { Database } from './db/database.ts';
import { testDatabases } from './db/testing.ts';

const now = new Date('2026-11-28T10:00:00.000Z');
const DAY = 24 * 60 * 60 * 1000;
const person = (id: string, name: string) => ({
	id,
	email: `${id}@example.org`,
	name,
	role: 'learner' as const,
	isGuest: false,
	language: 'da',
	createdAt: now,
});
const noted = (db: Database, deed: Deed, at = now) => db.tx((tx) => note(db, tx, deed, at));

test.each(testDatabases)(
	'what is on record can be neither changed nor deleted on %s',
	async (_, open) => {
		const db = await open();
		const { audit } = db.tables;
		await noted(db, { actor: null, action: 'group.created', on: ['group', 'g'] });
		await expect(db.tx((tx) => tx.update(audit).set({ actor: 'somebody' }))).rejects.toThrow();
		await expect(db.tx((tx) => tx.delete(audit).where(eq(audit.seq, 1)))).rejects.toThrow();
		expect(await db.read.select().from(audit)).toMatchObject([{ actor: null, subjectId: 'g' }]);
		await db.close();
	},
);

test.each(testDatabases)('a deed that fails leaves no note behind on %s', async (_, open) => {
	const db = await open();
	const failing = db.tx(async (tx) => {
		await note(db, tx, { actor: null, action: 'group.created', on: ['group', 'g'] });
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	expect(await db.read.select().from(db.tables.audit)).toEqual([]);
	await db.close();
});

test.each(testDatabases)(
	'deeds are told with the names of today, by kind, person and day, page by page on %s',
	async (_, open) => {
		const db = await open();
		const [chief, ida] = [crypto.randomUUID(), crypto.randomUUID()];
		await db.tx(async (tx) => {
			await tx
				.insert(db.tables.users)
				.values([person(chief, 'Chef'), person(ida, 'Åse Østergård')]);
			await tx.insert(db.tables.organisations).values({
				id: 'o',
				name: 'Fysioterapien',
				timeZone: 'Europe/Copenhagen',
				createdAt: now,
			});
		});
		const gone = crypto.randomUUID();
		const deeds: [Deed, number][] = [
			[{ actor: chief, action: 'organisation.created', on: ['organisation', 'o'] }, -9],
			[
				{
					actor: chief,
					action: 'educator.added',
					on: ['organisation', 'o'],
					details: { userId: ida },
				},
				-8,
			],
			[
				{
					actor: chief,
					action: 'person.role-changed',
					on: ['person', ida],
					details: { from: 'learner', to: 'educator' },
				},
				-7,
			],
			[{ actor: null, action: 'person.deleted', on: ['person', gone] }, -1],
		];
		for (const [deed, days] of deeds) await noted(db, deed, new Date(now.getTime() + days * DAY));

		const all = await readAudit(db, {});
		expect(all.entries.map((one) => sentenceOf(one, 'da'))).toEqual([
			`Serveren slettede en slettet person (${gone.slice(0, 8)}) og alt, hvad der hørte til`,
			'Chef ændrede rollen for Åse Østergård',
			'Chef gjorde Åse Østergård til underviser i Fysioterapien',
			'Chef oprettede organisationen Fysioterapien',
		]);
		expect(detailsOf(all.entries[1]!, 'en')).toEqual(['before: Learner', 'now: Educator']);
		expect(all.next).toBeNull();

		const sentences = async (query: Parameters<typeof readAudit>[1]) =>
			(await readAudit(db, query)).entries.map((one) => one.action);
		expect(await sentences({ kind: 'organisations' })).toEqual([
			'educator.added',
			'organisation.created',
		]);
		for (const name of ['østergård', 'ÅSE', ida, `${ida}@example.org`])
			expect(await sentences({ person: name }), name).toEqual(['person.role-changed']);
		expect(await sentences({ person: gone })).toEqual(['person.deleted']);
		expect(await sentences({ person: 'nobody' })).toEqual([]);
		const day = (days: number) => {
			const date = new Date(now.getTime() + days * DAY);
			const pad = (part: number) => String(part).padStart(2, '0');
			return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
		};
		expect(await sentences({ from: day(-8), to: day(-7) })).toEqual([
			'person.role-changed',
			'educator.added',
		]);
		expect(await sentences({ from: day(-1) })).toEqual(['person.deleted']);
		expect(await sentences({ to: day(-10) })).toEqual([]);

		const first = await readAudit(db, {}, 3);
		expect(first.entries).toHaveLength(3);
		const second = await readAudit(db, { before: first.next! }, 3);
		expect([...first.entries, ...second.entries].map((one) => one.seq)).toEqual(
			all.entries.map((one) => one.seq),
		);
		expect(second.next).toBeNull();
		await db.close();
	},
);

test('every deed belongs to one kind, and has a sentence of its own in both languages', () => {
	const byKind = (Object.keys(KINDS) as Kind[]).flatMap(actionsOf);
	expect([...byKind].sort()).toEqual([...ACTIONS].sort());
	const named = { kind: 'group', id: 'g', name: 'X' };
	for (const language of ['da', 'en'] as const) {
		const sentences = ACTIONS.map((action) =>
			sentenceOf(
				{
					seq: 1,
					at: now,
					action,
					actor: { kind: 'person', id: 'c', name: 'Chef' },
					subject: named,
					person: named,
					place: named,
					details: {},
				},
				language,
			),
		);
		expect(new Set(sentences).size).toBe(ACTIONS.length);
		for (const sentence of sentences) expect(sentence).toMatch(/Chef/);
	}
	const later = { seq: 1, at: now, action: 'moon.landed', actor: null, subject: named };
	expect(sentenceOf({ ...later, person: null, place: null, details: {} }, 'en')).toBe(
		'The server: moon.landed (X)',
	);
});
