import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/lib/course/language.ts';

/** Bytes before compression: what reads, with one language, which is what a browser loads. */
const MOST = 60_000;

test.each(LANGUAGES)('the coach is at most 60 KB: %s', async (lang) => {
	const parts = ['reader', `languages/${lang}`];
	const built = (await build({
		configFile: false,
		logLevel: 'silent',
		build: {
			write: false,
			minify: true,
			rolldownOptions: {
				input: parts.map((part) => `src/lib/coach/${part}.ts`),
				preserveEntrySignatures: 'exports-only',
			},
		},
	})) as Rolldown.RolldownOutput;
	const bytes = built.output.map((file) =>
		file.type === 'chunk' ? Buffer.byteLength(file.code) : 0,
	);
	const sum = bytes.reduce((total, one) => total + one, 0);
	expect(sum).toBeGreaterThan(40_000);
	expect(sum).toBeLessThanOrEqual(MOST);
});
