import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeWorld, type World } from '../../../../tests/support/world.ts';
import { register, signIn } from '../auth/accounts.ts';
import { isRefusal } from '../auth/outcome.ts';
import type { Database } from '../db/database.ts';
import { testDatabases } from '../db/testing.ts';
import type { Composed } from '../mail/compose.ts';
import { secretBox } from '../secret-box.ts';
import { setGroupArchived } from './groups.ts';
import { confirmImport, dropImport, keepFile, previewImport, sweepImports } from './imports.ts';
import {
	createLink,
	inviteByMail,
	linksOf,
	listInvited,
	revokeInvitation,
	sendAgain,
} from './invitations.ts';
import { decline, join, joinAsNew, welcome } from './joining.ts';
import { groupsOf, leaveGroup } from './members.ts';

const box = secretBox('a key of thirty-two characters, or more');
const now = new Date('2027-03-01T12:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const origin = 'https://kursus.example.dk';
const PASSWORD = 'en lang adgangskode';

describe.each(testDatabases)('on %s', (_, open) => {
	let db: Database;
	let world: World;
	beforeAll(async () => {
		db = await open();
	}, 120_000);
	beforeEach(async () => {
		world = await makeWorld(db, 'tiny');
		await db.tx((tx) => tx.delete(db.tables.letters));
	});
	afterAll(() => db.close());

	/** Of nobody in another test. */
	const fresh = (name: string) => `${name}-${world.group}@example.org`;

	const emailOf = (who: keyof World['ids']) => `${who}-${world.ids[who]}@example.org`;
	const user = (who: keyof World['ids']) => ({ id: world.ids[who], email: emailOf(who) });
	const sender = (who: keyof World['ids'] = 'educator') => ({
		actor: { id: world.ids[who], name: who },
		origin,
	});
	const link = async (seats: number | null = null, lastDay = '2027-03-10') => {
		const wanted = { lastDay, seats };
		const made = await createLink(db, box, world.ids.educator, world.group, wanted, 'da', now);
		if (isRefusal(made)) throw new Error(made.refused);
		return made.token;
	};
	const mail = (addresses: string[], language: 'da' | 'en' = 'da', at = now) => {
		const people = addresses.map((email) => ({ email, name: null }));
		return inviteByMail(db, box, sender(), world.group, { people, wrong: [], language }, at);
	};
	const letters = async () =>
		(await db.read.select().from(db.tables.letters)).map(({ body, ...letter }) => ({
			...letter,
			...(JSON.parse(box.open(body!)) as Composed),
		}));
	const tokenIn = (text: string) => /\/join\/(\S+)/.exec(text)![1]!;
	const person = (email: string) => ({
		name: 'Ida Holm',
		email,
		profession: '',
		password: PASSWORD,
	});
	const refused = (outcome: object) => isRefusal(outcome) && outcome.refused;

	test('a link lets anybody in who says yes, and is copied again', async () => {
		const token = await link();
		const [shown] = await linksOf(db, box, world.group, { origin, language: 'en' }, now);
		expect(shown).toMatchObject({ href: `${origin}/en/join/${token}`, used: 0, closed: null });
		expect(await welcome(db, token, null, now)).toMatchObject({
			group: { id: world.group },
			educators: ['educator'],
			closed: null,
			isMember: false,
			invitee: null,
		});
		expect(await join(db, token, user('outsider'), now)).toEqual({ group: world.group });
		// Twice is once.
		expect(await join(db, token, user('outsider'), now)).toEqual({ group: world.group });
		expect((await groupsOf(db, world.ids.outsider)).map(({ id }) => id)).toEqual([world.group]);
		const [used] = await linksOf(db, box, world.group, { origin, language: 'en' }, now);
		expect(used!.used).toBe(1);
	});

	test('what is no link of ours lets nobody in', async () => {
		const token = await link();
		const [id] = token.split('.');
		for (const wrong of ['', 'x', 'x.y', `${id}.`, `${id}.wrong`, `${token}.more`]) {
			expect(await welcome(db, wrong, null, now)).toBeUndefined();
			expect(refused(await join(db, wrong, user('outsider'), now))).toBeTruthy();
		}
	});

	test('a link that has expired, was revoked, or leads to an archived group lets nobody in', async () => {
		const token = await link(null, '2027-03-10');
		// The last day is over where the organisation is: 23:00 in UTC.
		expect(await welcome(db, token, null, new Date('2027-03-10T22:59:59Z'))).toMatchObject({
			closed: null,
		});
		const end = new Date('2027-03-10T23:00:00Z');
		expect(await welcome(db, token, null, end)).toMatchObject({ closed: 'expired' });
		expect(refused(await join(db, token, user('outsider'), end))).toBeTruthy();
		const form = person(fresh('ny'));
		expect(refused(await joinAsNew(db, token, form, null, 'da', end))).toBeTruthy();

		await setGroupArchived(db, world.ids.educator, world.group, true, now);
		expect(await welcome(db, token, null, now)).toMatchObject({ closed: 'archived' });
		expect(refused(await join(db, token, user('outsider'), now))).toBeTruthy();
		await setGroupArchived(db, world.ids.educator, world.group, false, now);

		const links = await linksOf(db, box, world.group, { origin, language: 'da' }, now);
		const { id } = links[0]!;
		await revokeInvitation(db, world.ids.educator, world.group, id, now);
		expect(await welcome(db, token, null, now)).toMatchObject({ closed: 'revoked' });
		expect(refused(await join(db, token, user('outsider'), now))).toBeTruthy();
		const [closed] = await linksOf(db, box, world.group, { origin, language: 'da' }, now);
		expect(closed).toMatchObject({ closed: 'revoked', href: null });
		expect(await groupsOf(db, world.ids.outsider)).toEqual([]);
		// Nobody was made on the way.
		const { users } = db.tables;
		expect(await db.read.select().from(users).where(eq(users.email, form.email))).toEqual([]);
	});

	test('of two who want the last seat at the same moment, one gets it', async () => {
		const token = await link(1);
		const both = await Promise.all([
			join(db, token, user('outsider'), now),
			join(db, token, user('foreign'), now),
		]);
		expect(both.filter((one) => !isRefusal(one))).toHaveLength(1);
		expect(await welcome(db, token, null, now)).toMatchObject({ closed: 'full' });
		expect(refused(await joinAsNew(db, token, person(fresh('ny')), null, 'da', now))).toBeTruthy();
		// Who is in it already is told that, and takes no seat.
		expect(await join(db, token, user('member'), now)).toEqual({ group: world.group });
	});

	test('a link is made for a day to come, by who follows the group', async () => {
		const wanted = { lastDay: '2027-02-28', seats: null };
		const past = await createLink(db, box, world.ids.educator, world.group, wanted, 'da', now);
		expect(past).toMatchObject({ field: 'lastDay' });
		for (const who of ['colleague', 'former', 'foreign', 'administrator'] as const)
			await expect(
				createLink(db, box, world.ids[who], world.group, wanted, 'da', now),
			).rejects.toMatchObject({ status: 404 });
		await expect(
			createLink(db, box, world.ids.educator, world.archived, wanted, 'da', now),
		).rejects.toMatchObject({ status: 403 });
	});

	test('a letter goes to each once, in their language, and its link makes an account of that address', async () => {
		const addresses = [fresh('ny'), emailOf('outsider'), emailOf('member')];
		expect(await mail(addresses)).toEqual({ invited: 2, already: [emailOf('member')] });
		expect(await mail(addresses)).toEqual({ invited: 0, already: addresses });
		const sent = await letters();
		expect(sent.map(({ to, userId, kind }) => [to, userId, kind]).sort()).toEqual(
			[
				[fresh('ny'), null, 'invitation'],
				[emailOf('outsider'), world.ids.outsider, 'invitation'],
			].sort(),
		);
		const [ny, known] = [fresh('ny'), emailOf('outsider')].map((to) =>
			sent.find((one) => one.to === to)!,
		);
		expect(ny!.text).toContain(`${origin}/da/join/`);
		expect(ny!.html).toContain(`${origin}/da/join/`);
		// The account's own language, not the form's.
		expect(known!.text).toContain(`${origin}/en/join/`);

		const token = tokenIn(ny!.text);
		expect(await welcome(db, token, null, now)).toMatchObject({
			invitee: { email: fresh('ny') },
			hasAccount: false,
		});
		expect(await welcome(db, tokenIn(known!.text), null, now)).toMatchObject({ hasAccount: true });
		// Another address in the form would not be the one that the letter came to.
		const made = await joinAsNew(db, token, person(fresh('anden')), null, 'da', now);
		expect(made).toMatchObject({ group: world.group });
		const signed = await signIn(db, person(fresh('ny')), null);
		expect(isRefusal(signed)).toBe(false);
		expect(await welcome(db, token, null, now)).toMatchObject({ closed: 'used' });
		expect(refused(await join(db, token, user('foreign'), now))).toBeTruthy();
		expect((await listInvited(db, world.group, { search: '', page: 1 }, now)).total).toBe(1);
	});

	test('an account is not made twice, and a guest keeps their row', async () => {
		const token = await link();
		const taken = await joinAsNew(db, token, person(emailOf('foreign')), null, 'da', now);
		expect(taken).toMatchObject({ field: 'email' });
		const guest = { id: world.ids.guest, isGuest: true };
		const made = await joinAsNew(db, token, person(fresh('ny')), guest, 'da', now);
		expect(made).toMatchObject({ group: world.group });
		expect((await groupsOf(db, world.ids.guest)).map(({ id }) => id)).toEqual([world.group]);
		// Whoever has an account may use another one's letter, knowingly.
		await register(db, person(fresh('to')), null, 'da', now);
		await mail([fresh('tre')]);
		const third = (await letters()).find(({ to }) => to === fresh('tre'))!;
		expect(await join(db, tokenIn(third.text), user('outsider'), now)).toEqual({
			group: world.group,
		});
	});

	test('a letter is declined, sent again, revoked; each shows', async () => {
		await mail([fresh('ny')]);
		const { text } = (await letters())[0]!;
		const token = tokenIn(text);
		const shown = async (at = now) =>
			(await listInvited(db, world.group, { search: '', page: 1 }, at)).invited;
		const { id, state } = (await shown())[0]!;
		expect(state).toBe('waiting');
		expect((await shown(later(40)))[0]!.state).toBe('expired');
		await decline(db, token, null, now);
		expect((await shown())[0]!.state).toBe('declined');
		for (const who of ['colleague', 'foreign'] as const)
			await expect(sendAgain(db, box, sender(who), world.group, id, now)).rejects.toMatchObject({
				status: 404,
			});
		await expect(
			sendAgain(db, box, sender('foreign'), world.elsewhere, id, now),
		).rejects.toMatchObject({ status: 404 });
		await sendAgain(db, box, sender(), world.group, id, later(40));
		expect((await shown(later(40)))[0]!.state).toBe('waiting');
		const again = await letters();
		expect(again).toHaveLength(2);
		expect(tokenIn(again[1]!.text)).toBe(token);
		await db.tx((tx) =>
			tx.update(db.tables.letters).set({ failedAt: now, trouble: '550 no such mailbox' }),
		);
		expect((await shown(later(40)))[0]).toMatchObject({
			state: 'bounced',
			trouble: '550 no such mailbox',
		});
		await revokeInvitation(db, world.ids.educator, world.group, id, now);
		expect(await shown()).toEqual([]);
		expect(await welcome(db, token, null, now)).toMatchObject({ closed: 'revoked' });
		expect(refused(await sendAgain(db, box, sender(), world.group, id, now))).toBeTruthy();
		// Who is invited anew gets a new link.
		expect(await mail([fresh('ny')])).toMatchObject({ invited: 1 });
	});

	test('joining by a link answers the letter, too; who leaves may be invited again', async () => {
		await mail([emailOf('outsider')]);
		await join(db, await link(), user('outsider'), now);
		expect((await listInvited(db, world.group, { search: '', page: 1 }, now)).total).toBe(0);
		expect(await mail([emailOf('outsider')])).toMatchObject({ invited: 0 });
		await leaveGroup(db, world.ids.outsider, world.group, now);
		expect(await mail([emailOf('outsider')])).toMatchObject({ invited: 1 });
	});

	const importsHere = () => {
		const { imports } = db.tables;
		return db.read.select().from(imports).where(eq(imports.groupId, world.group));
	};
	const csv = (text: string) => new File([text], 'hold.csv');
	const ask = { page: 1, onlyProblems: false };
	const keep = async (text: string, who: keyof World['ids'] = 'educator') => {
		const kept = await keepFile(db, world.ids[who], world.group, csv(text), now);
		if (isRefusal(kept)) throw new Error(kept.refused);
		return kept.id;
	};

	test('a file is looked at before anything is done; then all that is good is', async () => {
		await mail([fresh('inviteret')]);
		const id = await keep(
			[
				'Navn;E-mail;Sprog',
				`Ida Holm;${fresh('ida')};engelsk`,
				`Konto;${emailOf('outsider')};`,
				`Med;${emailOf('member')};`,
				`Inviteret;${fresh('inviteret')};`,
				`;${fresh('uden')};`,
				`Ida igen;${fresh('ida')};`,
				`Per Vang;${fresh('per')};klingon`,
			].join('\n'),
		);
		const { counts, rows } = await previewImport(db, world.ids.educator, world.group, id, ask, now);
		expect(counts).toEqual({ rows: 7, good: 3, bad: 4, withAccount: 1 });
		expect(rows.map(({ problems }) => problems)).toEqual([
			[],
			[],
			['member'],
			['invited'],
			['name-missing'],
			['doubled'],
			['language-unknown'],
		]);
		const problems = { page: 1, onlyProblems: true };
		const only = await previewImport(db, world.ids.educator, world.group, id, problems, now);
		expect(only.rows).toHaveLength(5);
		expect(await letters()).toHaveLength(1);

		const done = await confirmImport(db, box, sender(), world.group, id, 'da', now);
		expect(done).toEqual({ invited: 3, leftOut: 4 });
		const sent = Object.fromEntries((await letters()).map(({ to, text }) => [to, text]));
		expect(Object.keys(sent)).toHaveLength(4);
		expect(sent[fresh('ida')]).toContain('/en/join/');
		expect(sent[fresh('ida')]).toContain('Ida Holm');
		expect(sent[fresh('per')]).toContain('/da/join/');
		await expect(
			confirmImport(db, box, sender(), world.group, id, 'da', now),
		).rejects.toMatchObject({ status: 404 });
		// The same file again asks nobody twice.
		const again = await keep(`Navn;E-mail\nIda Holm;${fresh('ida')};`);
		expect(
			refused(await confirmImport(db, box, sender(), world.group, again, 'da', now)),
		).toBeTruthy();
	});

	test('a file is only for who uploaded it, where they may change the group, and not for long', async () => {
		const text = `Navn;E-mail\nIda Holm;${fresh('ida')};`;
		for (const who of ['colleague', 'former', 'foreign', 'administrator'] as const)
			await expect(keepFile(db, world.ids[who], world.group, csv(text), now)).rejects.toMatchObject(
				{ status: 404 },
			);
		await expect(
			keepFile(db, world.ids.educator, world.archived, csv(text), now),
		).rejects.toMatchObject({ status: 403 });
		const id = await keep(text);
		const look = (who: keyof World['ids'], group = world.group) =>
			previewImport(db, world.ids[who], group, id, ask, now);
		await expect(look('colleague')).rejects.toMatchObject({ status: 404 });
		await expect(look('educator', world.archived)).rejects.toMatchObject({ status: 404 });
		await setGroupArchived(db, world.ids.educator, world.group, true, now);
		await expect(
			confirmImport(db, box, sender(), world.group, id, 'da', now),
		).rejects.toMatchObject({ status: 403 });
		await setGroupArchived(db, world.ids.educator, world.group, false, now);
		await sweepImports(db, later(0.9));
		expect((await look('educator')).counts.good).toBe(1);
		await sweepImports(db, later(1.1));
		await expect(look('educator')).rejects.toMatchObject({ status: 404 });
		const second = await keep(text);
		await dropImport(db, world.ids.educator, world.group, second);
		expect(await importsHere()).toEqual([]);
	});

	test('a file that cannot be read says why, and nothing is kept', async () => {
		for (const text of ['', fresh('ida'), `Navn;E-mail\n"Ida;${fresh('ida')};`, '\0\0']) {
			const kept = await keepFile(db, world.ids.educator, world.group, csv(text), now);
			expect(kept).toMatchObject({ field: 'file' });
		}
		expect(await importsHere()).toEqual([]);
	});
});
