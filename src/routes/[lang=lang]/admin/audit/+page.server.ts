import * as v from 'valibot';
import { app } from '#lib/server/app.ts';
import { auditQuery, KINDS, readAudit, type Kind } from '#lib/server/audit-log.ts';
import { detailsOf, kindWords, nameOf, sentenceOf } from '#lib/server/audit-words.ts';
import { mustAdminister, mustBeMember } from '#lib/server/teaching/rights.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent, setHeaders }) => {
	mustBeMember(locals, params.lang);
	mustAdminister(locals);
	setHeaders({ 'cache-control': 'no-store' });
	const { language } = await parent();
	const query = v.parse(auditQuery, Object.fromEntries(url.searchParams));
	const { entries, next } = await readAudit(app().db, query);
	return {
		query,
		next,
		kinds: (Object.keys(KINDS) as Kind[]).map((kind) => ({ kind, title: kindWords(kind) })),
		entries: entries.map((entry) => ({
			seq: entry.seq,
			at: entry.at,
			sentence: sentenceOf(entry, language),
			details: detailsOf(entry, language).join(' · '),
			actor: entry.actor && { id: entry.actor.id, name: nameOf(entry.actor, language) },
		})),
	};
};
