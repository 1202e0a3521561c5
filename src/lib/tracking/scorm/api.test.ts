import { expect, test } from 'vitest';
import { findScormApi, guarded, type RawApi } from './api.ts';

const api = { LMSInitialize: () => 'true' } as unknown as RawApi;
const find = (start: unknown) => findScormApi(start as Window, 'scorm12');

/** A frame whose properties another origin may not read. */
function foreign(parent?: object): object {
	return {
		get API(): never {
			throw new DOMException('cross-origin', 'SecurityError');
		},
		parent,
	};
}

test('finds the API in a parent beyond a frame of another origin', () => {
	const top: Record<string, unknown> = { API: api };
	top.parent = top;
	expect(find({ parent: foreign(top) })).toBe(api);
});

test("finds the API in the opener's parents", () => {
	const opener = { parent: { API: api } };
	const start: Record<string, unknown> = { opener };
	start.parent = start;
	start.top = start;
	expect(find(start)).toBe(api);
});

test('finds the API when the opener belongs to an outer frame', () => {
	const top: Record<string, unknown> = { opener: { API: api } };
	top.parent = top;
	expect(find({ parent: top, top })).toBe(api);
});

test('gives up where frames go in circles, and where there is none', () => {
	const one: Record<string, unknown> = {};
	const two = { parent: one };
	one.parent = two;
	expect(find(one)).toBeUndefined();
});

test('gives up after a bounded number of frames', () => {
	let frame: object = { API: api };
	for (let n = 0; n < 600; n++) frame = { parent: frame };
	expect(find(frame)).toBeUndefined();
});

test('calls never throw', () => {
	const lms = guarded({}, 'scorm12');
	expect(lms.get('cmi.core.student_id')).toBe('');
	expect(lms.commit()).toMatchObject({ kind: 'gone' });
});
