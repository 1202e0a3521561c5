import type { Language } from '#lib/course/language.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Action } from './audit.ts';
import type { Entry, Kind } from './audit-log.ts';
import type { Named } from './audit-names.ts';

interface Who {
	/** Who did it. */
	who: string;
	/** What it was done to. */
	what: string;
	/** The person and the group or organisation that it is about. */
	person: string;
	place: string;
}

/** A sentence for every deed. */
const SENTENCES: Record<Action, (names: Who, options: { locale: Language }) => string> = {
	'person.role-changed': m.admin_audit_did_person_role_changed,
	'person.disabled': m.admin_audit_did_person_disabled,
	'person.enabled': m.admin_audit_did_person_enabled,
	'person.deleted': m.admin_audit_did_person_deleted,
	'person.created': m.admin_audit_did_person_created,
	'person.signed-out': m.admin_audit_did_person_signed_out,
	'person.link-made': m.admin_audit_did_person_link_made,
	'organisation.created': m.admin_audit_did_organisation_created,
	'organisation.changed': m.admin_audit_did_organisation_changed,
	'organisation.archived': m.admin_audit_did_organisation_archived,
	'organisation.restored': m.admin_audit_did_organisation_restored,
	'educator.added': m.admin_audit_did_educator_added,
	'educator.removed': m.admin_audit_did_educator_removed,
	'group.created': m.admin_audit_did_group_created,
	'group.changed': m.admin_audit_did_group_changed,
	'group.archived': m.admin_audit_did_group_archived,
	'group.restored': m.admin_audit_did_group_restored,
	'group.educator-added': m.admin_audit_did_group_educator_added,
	'group.educator-removed': m.admin_audit_did_group_educator_removed,
	'member.joined': m.admin_audit_did_member_joined,
	'member.left': m.admin_audit_did_member_left,
	'member.removed': m.admin_audit_did_member_removed,
	'invitation.created': m.admin_audit_did_invitation_created,
	'invitation.revoked': m.admin_audit_did_invitation_revoked,
	'invitation.sent-again': m.admin_audit_did_invitation_sent_again,
	'invitation.declined': m.admin_audit_did_invitation_declined,
	'import.confirmed': m.admin_audit_did_import_confirmed,
	'assignment.created': m.admin_audit_did_assignment_created,
	'assignment.changed': m.admin_audit_did_assignment_changed,
	'assignment.withdrawn': m.admin_audit_did_assignment_withdrawn,
	'results.exported': m.admin_audit_did_results_exported,
	'token.created': m.admin_audit_did_token_created,
	'token.revoked': m.admin_audit_did_token_revoked,
	'certificate.issued': m.admin_audit_did_certificate_issued,
	'certificate.revoked': m.admin_audit_did_certificate_revoked,
	'setting.changed': m.admin_audit_did_setting_changed,
	'mail.tested': m.admin_audit_did_mail_tested,
	'destination.added': m.admin_audit_did_destination_added,
	'destination.changed': m.admin_audit_did_destination_changed,
	'destination.removed': m.admin_audit_did_destination_removed,
	'lrs-client.created': m.admin_audit_did_lrs_client_created,
	'lrs-client.changed': m.admin_audit_did_lrs_client_changed,
	'cmi5-course.added': m.admin_cmi5_did_add,
	'cmi5-course.archived': m.admin_cmi5_did_archive,
	'cmi5-course.restored': m.admin_cmi5_did_restore,
	'statements.looked-up': m.admin_audit_did_statements_looked_up,
	'statements.deleted': m.admin_audit_did_statements_deleted,
	'dispatch.created': m.admin_audit_did_dispatch_created,
	'dispatch.changed': m.admin_audit_did_dispatch_changed,
	'backup.made': m.admin_audit_did_backup_made,
	'backup.downloaded': m.admin_audit_did_backup_downloaded,
	'backup.deleted': m.admin_audit_did_backup_deleted,
	'backup.restored': m.admin_audit_did_backup_restored,
};

/** What was done, in a sentence. A deed of a later version, unknown here, is told by its name. */
export function sentenceOf(entry: Entry, locale: Language): string {
	const options = { locale };
	const who = entry.actor ? nameOf(entry.actor, locale) : m.admin_audit_server({}, options);
	const what = nameOf(entry.subject, locale);
	const names = {
		who,
		what,
		person: entry.person ? nameOf(entry.person, locale) : m.admin_audit_somebody({}, options),
		place: entry.place
			? nameOf(entry.place, locale)
			: ['assignment', 'invitation', 'import'].includes(entry.subject.kind)
				? what
				: m.admin_audit_somewhere({}, options),
	};
	const sentence = (SENTENCES as Partial<Record<string, (typeof SENTENCES)[Action]>>)[entry.action];
	return sentence ? sentence(names, options) : `${who}: ${entry.action} (${what})`;
}

/** How somebody or something is called; who is no longer there is told by the beginning of their id. */
export function nameOf({ kind, id, name }: Named, locale: Language): string {
	if (name !== null) return name;
	const short = { id: id.slice(0, 8) };
	return kind === 'person'
		? m.admin_audit_deleted_person(short, { locale })
		: m.admin_audit_gone(short, { locale });
}

const DETAILS: Record<string, (names: object, options: { locale: Language }) => string> = {
	from: m.admin_audit_detail_from,
	to: m.admin_audit_detail_to,
	role: m.admin_audit_detail_role,
	count: m.admin_audit_detail_count,
	seats: m.admin_audit_detail_seats,
	course: m.admin_audit_detail_course,
	bytes: m.admin_audit_detail_size,
	sound: m.admin_audit_detail_sound,
	paused: m.admin_audit_detail_paused,
	sentAgain: m.admin_audit_detail_sent_again,
	revoked: m.admin_audit_detail_revoked,
	learnersDeleted: m.admin_audit_detail_learners,
	detail: m.admin_audit_detail_detail,
	fields: m.admin_audit_detail_fields,
};

/** Figures and codes of a deed, each with its word where there is one, in an order of their own: PostgreSQL keeps none. */
export function detailsOf({ details }: Entry, locale: Language): string[] {
	const known = Object.keys(DETAILS).filter((key) => key in details);
	const others = Object.keys(details).filter((key) => !(key in DETAILS));
	return [...known, ...others.sort()].map((key) =>
		m.admin_audit_detail(
			{
				name: DETAILS[key]?.({}, { locale }) ?? key,
				value: valueOf(key, details[key]!, locale),
			},
			{ locale },
		),
	);
}

function valueOf(key: string, value: string | number | boolean, locale: Language): string {
	if (value === true) return m.admin_audit_yes({}, { locale });
	if (value === false) return m.admin_audit_no({}, { locale });
	if (typeof value === 'number')
		return key === 'bytes'
			? `${(value / 1024 / 1024).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`
			: value.toLocaleString(locale);
	const roles: Record<string, (none: object, options: { locale: Language }) => string> = {
		learner: m.admin_role_learner,
		educator: m.admin_role_educator,
		administrator: m.admin_role_administrator,
	};
	return roles[value]?.({}, { locale }) ?? value;
}

/** What a kind of deeds is called where one chooses. */
export function kindWords(kind: Kind): string {
	const words: Record<Kind, () => string> = {
		people: m.admin_audit_kind_people,
		organisations: m.admin_audit_kind_organisations,
		groups: m.admin_audit_kind_groups,
		assignments: m.admin_audit_kind_assignments,
		results: m.admin_audit_kind_results,
		certificates: m.admin_audit_kind_certificates,
		server: m.admin_audit_kind_server,
	};
	return words[kind]();
}
