import { m } from '#lib/paraglide/messages.js';

const WORDS: Record<string, () => string> = {
	'statements/write': m.admin_lrs_may_write,
	'statements/read/mine': m.admin_lrs_may_read_mine,
	'statements/read': m.admin_lrs_may_read,
	state: m.admin_lrs_may_state,
	define: m.admin_lrs_may_define,
	profile: m.admin_lrs_may_profile,
	'all/read': m.admin_lrs_may_all_read,
	all: m.admin_lrs_may_all,
};

/** What a scope means, in the page's language. */
export const wordsOf = (scope: string) => WORDS[scope]?.() ?? scope;
