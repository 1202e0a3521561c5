import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('everything has a default', () => {
	expect(readConfig({})).toEqual({
		HOST: '0.0.0.0',
		DATA_DIR: 'data',
		BUILD_DIR: 'build',
		PREVIEW_MB: 250,
		XAPI_VERSION: '1.0.3',
		XAPI_MB: 16,
		COURSES_DIR: 'courses',
		LRS_VERSION: '1.0.3',
		LRS_DETAIL: 'interactions',
		LRS_INNER: 'refuse',
		MAIL_FROM: 'Rygsamtalen <no-reply@localhost>',
	});
});

test('an empty variable counts as absent', () => {
	expect(readConfig({ PORT: '', ORIGIN: '' }).PORT).toBeUndefined();
});

test('names every mistake at once, and no secrets', () => {
	const wrong = {
		PORT: 'http',
		ORIGIN: 'https://example.dk/kursus',
		DATABASE_URL: 'mysql://me:secret@host/db',
		SMTP_URL: 'mail.example.dk',
	};
	expect(() => readConfig(wrong)).toThrow(ConfigError);
	try {
		readConfig(wrong);
	} catch (error) {
		const { mistakes } = error as ConfigError;
		expect(mistakes).toHaveLength(4);
		expect(mistakes.join('\n')).toMatch(/PORT: must be a whole number \(it is "http"\)/);
		expect(mistakes.join('\n')).not.toContain('secret');
	}
});

test('packages are never looked at on the origin of the application', () => {
	const ORIGIN = 'https://kursus.example.dk';
	expect(() => readConfig({ ORIGIN, PREVIEW_ORIGIN: ORIGIN })).toThrow(/^PREVIEW_ORIGIN: /);
	expect(readConfig({ ORIGIN, PREVIEW_ORIGIN: 'https://preview.example.net' })).toMatchObject({
		PREVIEW_ORIGIN: 'https://preview.example.net',
	});
});
