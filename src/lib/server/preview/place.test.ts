import { expect, test } from 'vitest';
import { previewOrigin } from './place.ts';

const origin = (settings: { ORIGIN?: string; PREVIEW_ORIGIN?: string }, asked: string) =>
	previewOrigin(
		{ ORIGIN: settings.ORIGIN, PREVIEW_ORIGIN: settings.PREVIEW_ORIGIN },
		3001,
		new URL(asked),
	);

test('another host on the machine itself, so that no cookie is shared', () => {
	expect(origin({}, 'http://localhost:3000/da')).toBe('http://127.0.0.1:3001');
	expect(origin({}, 'http://127.0.0.1:3000/da')).toBe('http://localhost:3001');
});

test('another port elsewhere', () => {
	expect(origin({}, 'http://10.0.0.7:3000/da')).toBe('http://10.0.0.7:3001');
});

test('what the settings name; nothing behind a proxy that was not told of it', () => {
	const ORIGIN = 'https://kursus.example.dk';
	const PREVIEW_ORIGIN = 'https://preview.example.net';
	expect(origin({ ORIGIN, PREVIEW_ORIGIN }, ORIGIN)).toBe(PREVIEW_ORIGIN);
	expect(origin({ ORIGIN }, ORIGIN)).toBeUndefined();
	expect(previewOrigin({ ORIGIN: undefined, PREVIEW_ORIGIN }, undefined, new URL(ORIGIN))).toBe(
		undefined,
	);
});
