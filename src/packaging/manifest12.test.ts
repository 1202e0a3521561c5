import { expect, test } from 'vitest';
import { manifest12 } from './manifest12.ts';

const given = { id: 'tea', version: '1.0.0', title: 'Tea', files: ['index.html', 'assets/a.js'] };

test('escapes what a title may hold', () => {
	const xml = manifest12({ ...given, title: 'Te & "smør" <3' });
	expect(xml).toContain('<title>Te &amp; "smør" &lt;3</title>');
});

test('lists every file and the mastery score', () => {
	const xml = manifest12({ ...given, masteryScore: 80 });
	expect(xml).toContain('<file href="assets/a.js"/>');
	expect(xml).toContain('<adlcp:masteryscore>80</adlcp:masteryscore>');
});

test('names no mastery score where there is nothing to score', () => {
	expect(manifest12(given)).not.toContain('masteryscore');
});
