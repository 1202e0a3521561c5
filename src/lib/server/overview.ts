import { and, count, desc, eq, gt, gte, isNotNull, isNull, min, or } from 'drizzle-orm';
import type { Course } from '#lib/course/model.ts';
import type { Config } from './config.ts';
import { databaseSize, freeSpace, listBackups } from './backup/backups.ts';
import { outcome } from './backup/daily.ts';
import { isSound } from './backup/notes.ts';
import type { Database } from './db/database.ts';
import { readSetting } from './settings.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Days back for which letters that failed are counted. */
export const LATELY = 7;
/** Days without a backup after which somebody should look. */
const WITHOUT_BACKUP = 3;
const GIGABYTE = 1e9;

/** What an administrator sees first: the state of everything, in figures. */
export async function overviewOf(
	db: Database,
	config: Pick<Config, 'DATA_DIR'>,
	courses: Course[],
	now = new Date(),
) {
	const [people, teaching, mail, records, proofs, log, backup] = await Promise.all([
		peopleNow(db),
		teachingNow(db),
		mailNow(db, now),
		recordsNow(db),
		proofsNow(db),
		logNow(db),
		backupNow(db, config),
	]);
	const pending = courses.filter((course) => course.review.state === 'pending');
	return { people, teaching, mail, records, proofs, log, backup, pending };
}
export type Overview = Awaited<ReturnType<typeof overviewOf>>;

/** What needs somebody's attention, the most pressing first. */
export type Trouble =
	| { about: 'space'; free: number }
	| { about: 'backup-failed'; at: Date; reason: string }
	| { about: 'backup-old'; days: number | null }
	| { about: 'backup-lacks'; count: number }
	| { about: 'letters-failed'; count: number }
	| { about: 'letters-stuck'; count: number; since: Date }
	| { about: 'records-trouble'; count: number }
	| { about: 'records-refused'; count: number }
	| { about: 'one-administrator' }
	| { about: 'review'; course: Course };

export function troublesOf(
	{ people, mail, records, backup, pending }: Overview,
	now = new Date(),
): Trouble[] {
	const days = backup.last && Math.floor((now.getTime() - backup.last.getTime()) / DAY);
	const isLow = backup.free < Math.max(GIGABYTE, 2 * backup.database);
	const isStuck = mail.since !== null && now.getTime() - mail.since.getTime() > DAY / 24;
	const all: (Trouble | false | null)[] = [
		isLow && { about: 'space', free: backup.free },
		backup.failed && { about: 'backup-failed', ...backup.failed },
		backup.isOurs &&
			!backup.failed &&
			(days === null || days >= WITHOUT_BACKUP) && { about: 'backup-old', days },
		backup.lacks > 0 && { about: 'backup-lacks', count: backup.lacks },
		mail.failed > 0 && { about: 'letters-failed', count: mail.failed },
		isStuck && { about: 'letters-stuck', count: mail.waiting, since: mail.since! },
		records.troubled > 0 && { about: 'records-trouble', count: records.troubled },
		records.refused > 0 && { about: 'records-refused', count: records.refused },
		people.administrators === 1 && { about: 'one-administrator' },
		...pending.map((course) => ({ about: 'review', course }) as const),
	];
	return all.filter((one) => one !== false && one !== null);
}

async function peopleNow({ read, tables: { users } }: Database) {
	const accounts = eq(users.isGuest, false);
	const [all] = await read
		.select({ accounts: count(), disabled: count(users.disabledAt) })
		.from(users)
		.where(accounts);
	const [leading] = await read
		.select({ total: count() })
		.from(users)
		.where(and(accounts, eq(users.role, 'administrator'), isNull(users.disabledAt)));
	return {
		accounts: all?.accounts ?? 0,
		disabled: all?.disabled ?? 0,
		administrators: leading?.total ?? 0,
	};
}

async function teachingNow({ read, tables: { organisations, groups } }: Database) {
	const [places] = await read
		.select({ total: count() })
		.from(organisations)
		.where(isNull(organisations.archivedAt));
	const [cohorts] = await read
		.select({ total: count() })
		.from(groups)
		.where(isNull(groups.archivedAt));
	return { organisations: places?.total ?? 0, groups: cohorts?.total ?? 0 };
}

async function mailNow({ read, tables: { letters } }: Database, now: Date) {
	const [waiting] = await read
		.select({ total: count(), since: min(letters.createdAt) })
		.from(letters)
		.where(and(isNull(letters.sentAt), isNull(letters.failedAt)));
	const [failed] = await read
		.select({ total: count() })
		.from(letters)
		.where(
			and(
				gte(letters.createdAt, new Date(now.getTime() - LATELY * DAY)),
				isNotNull(letters.failedAt),
			),
		);
	return {
		waiting: waiting?.total ?? 0,
		since: waiting?.since ?? null,
		failed: failed?.total ?? 0,
	};
}

async function recordsNow({ read, tables: { destinations, outbox } }: Database) {
	const [stores] = await read.select({ total: count() }).from(destinations);
	const [troubled] = await read
		.select({ total: count() })
		.from(destinations)
		.where(and(gt(destinations.failures, 0), eq(destinations.isPaused, false)));
	const [refused] = await read
		.select({ total: count() })
		.from(outbox)
		.where(isNotNull(outbox.refusedAt));
	return {
		stores: stores?.total ?? 0,
		troubled: troubled?.total ?? 0,
		refused: refused?.total ?? 0,
	};
}

async function proofsNow({ read, tables: { certificates, dispatches } }: Database) {
	const [issued] = await read
		.select({ total: count(), revoked: count(certificates.revokedAt) })
		.from(certificates);
	const open = and(
		isNull(dispatches.revokedAt),
		or(isNull(dispatches.expiresAt), gt(dispatches.expiresAt, new Date())),
	);
	const [thin] = await read.select({ total: count() }).from(dispatches).where(open);
	return {
		certificates: issued?.total ?? 0,
		revoked: issued?.revoked ?? 0,
		dispatches: thin?.total ?? 0,
	};
}

async function logNow({ read, tables: { audit } }: Database) {
	const [last] = await read.select({ at: audit.at }).from(audit).orderBy(desc(audit.seq)).limit(1);
	return { last: last?.at ?? null };
}

async function backupNow(db: Database, config: Pick<Config, 'DATA_DIR'>) {
	const newest = (await listBackups(config)).find(({ notes }) => notes && isSound(notes));
	const failed = (await readSetting(db, db.read, outcome))?.failed;
	return {
		/** Whether it is this server that makes them. */
		isOurs: db.backup !== undefined,
		last: newest?.notes ? new Date(newest.notes.madeAt) : null,
		/** Courses whose files the newest one could not take. */
		lacks: newest?.notes?.packages?.missing.length ?? 0,
		failed: failed ? { at: new Date(failed.at), reason: failed.reason } : null,
		free: await freeSpace(config),
		database: await databaseSize(config),
	};
}
