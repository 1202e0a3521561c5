import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();

/** What lint says of a file that holds one import. */
async function complaints(file: string, from: string): Promise<string[]> {
	const code = `import * as x from '${from}';\nexport const y = x;\n`;
	const text = file.endsWith('.svelte') ? `<script lang="ts" module>\n${code}</script>\n` : code;
	const [result] = await eslint.lintText(text, { filePath: file });
	return result!.messages
		.filter((message) => /no-restricted/.test(message.ruleId ?? ''))
		.map((message) => message.message);
}

test.each([
	['src/lib/course/outline.ts', '#lib/progress/progress.ts'],
	['src/lib/course/outline.ts', 'svelte'],
	['src/lib/progress/reduce.ts', '#lib/activities/registry.ts'],
	['src/lib/activities/choice/logic.ts', '#lib/progress/progress.ts'],
	['src/lib/activities/choice/logic.ts', '../order/logic.ts'],
	['src/lib/activities/choice/logic.ts', '../registry.ts'],
	['src/lib/activities/choice/View.svelte', './logic.ts'],
	['src/lib/activities/choice/View.svelte', '#lib/player/clock.ts'],
	['src/lib/tracking/http.ts', '#lib/player/clock.ts'],
	['src/lib/player/session.svelte.ts', '#lib/tracking/http.ts'],
	['src/lib/player/session.svelte.ts', '$app/navigation'],
	['src/lib/ui/Field.svelte', '#lib/course/outline.ts'],
	['src/lib/coach/assess.ts', '#lib/activities/registry.ts'],
	['src/lib/coach/assess.ts', '#lib/paraglide/messages.js'],
	['src/lib/server/app.ts', '#lib/player/clock.ts'],
	['src/lib/server/app.ts', '../ui/Field.svelte'],
	['src/lib/activities/choice/View.svelte', '#lib/server/app.ts'],
	['src/lib/server/app.ts', 'svelte/store'],
	['src/authoring/loader.ts', '#lib/server/app.ts'],
	['src/authoring/loader.ts', '#lib/tracking/http.ts'],
	['src/packaging/build.ts', '#lib/server/app.ts'],
	['src/packaging/build.ts', '$app/state'],
	['src/routes/+page.server.ts', '../authoring/loader.ts'],
	['src/routes/+page.server.ts', '../packaging/build.ts'],
	['src/cli/course.ts', '../routes/+page.server.ts'],
])('refuses that %s imports %s', async (file, from) => {
	expect(await complaints(file, from)).not.toEqual([]);
});

test.each([
	['src/lib/progress/reduce.ts', '#lib/course/model.ts'],
	['src/lib/activities/choice/logic.ts', '#lib/course/code.ts'],
	['src/lib/activities/choice/logic.ts', '../guard.ts'],
	['src/lib/activities/choice/View.svelte', '../Task.svelte'],
	['src/lib/player/session.svelte.ts', '#lib/tracking/tracker.ts'],
	['src/lib/server/app.ts', '#lib/activities/registry.ts'],
	['src/lib/tracking/http.ts', '#lib/progress/events.ts'],
	['src/lib/ui/Field.svelte', '#lib/paraglide/messages.js'],
	['src/lib/ui/coach/CoachNotes.svelte', '#lib/coach/contract.ts'],
	['src/lib/activities/rewrite/View.svelte', '../OwnWords.svelte'],
	['src/authoring/loader.ts', '#lib/course/model.ts'],
	['src/authoring/loader.ts', '#lib/activities/schemas.ts'],
	['src/packaging/build.ts', '../authoring/loader.ts'],
	['src/packaging/main.ts', '#lib/tracking/scorm/tracker.ts'],
	['src/cli/course.ts', '../packaging/build.ts'],
	['src/routes/+page.server.ts', '#lib/server/app.ts'],
])('allows that %s imports %s', async (file, from) => {
	expect(await complaints(file, from)).toEqual([]);
});
