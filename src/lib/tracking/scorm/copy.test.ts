import { beforeEach, describe, expect, test } from 'vitest';
import { deviceCopy, forgetOld } from './copy.ts';

const KEY = 'scorm12:tea:karin';
const DAY = 86_400_000;
let shelf: Map<string, string>;
let today = 0;
const storage = (): Storage => ({
	getItem: (key) => shelf.get(key) ?? null,
	setItem: (key, value) => void shelf.set(key, value),
	removeItem: (key) => void shelf.delete(key),
	key: (n) => [...shelf.keys()][n] ?? null,
	clear: () => shelf.clear(),
	get length() {
		return shelf.size;
	},
});
const copyOf = (key?: string) => deviceCopy(storage(), key, () => today * DAY);
const given = (data: string, resumes = true) => ({ data, resumes });

/** A session that begins with what the LMS has; each text is kept, and confirmed where marked. */
function session(start: string, texts: [text: string, confirmed: boolean][]): void {
	const copy = copyOf(KEY);
	copy.instead(given(start, start !== ''));
	for (const [text, confirmed] of texts) {
		copy.keep(text);
		copy.give(text);
		if (confirmed) copy.confirm(text);
	}
}

beforeEach(() => {
	shelf = new Map();
	today = 0;
	session('', [
		['R1-one', true],
		['R1-two', true],
	]);
});

describe('the LMS is believed', () => {
	test('when it gives what it was given', () =>
		expect(copyOf(KEY).instead(given('R1-two'))).toBeUndefined());
	test('when the learner was at another computer', () =>
		expect(copyOf(KEY).instead(given('R1-three'))).toBeUndefined());
	test('when a new attempt begins with nothing', () =>
		expect(copyOf(KEY).instead(given('', false))).toBeUndefined());
	test('when the learner is another one', () =>
		expect(copyOf('scorm12:tea:ida').instead(given(''))).toBeUndefined());
	test('when learners have no names', () => {
		copyOf().keep('R1-x');
		expect([...shelf.keys()]).toEqual([KEY]);
		expect(copyOf().instead(given(''))).toBeUndefined();
	});
	test('after a month', () => {
		today = 30;
		expect(copyOf(KEY).instead(given(''))).toBeUndefined();
	});
	test('when the storage holds something else', () => {
		for (const text of ['', 'x', '1', '{}', '{"data":1}', '[]']) {
			shelf.set(KEY, text);
			expect(copyOf(KEY).instead(given(''))).toBeUndefined();
		}
	});
});

describe('this device knows better', () => {
	test('when the LMS gives nothing, though the attempt goes on', () =>
		expect(copyOf(KEY).instead(given(''))).toBe('R1-two'));
	test('when the LMS went back to what it had before', () =>
		expect(copyOf(KEY).instead(given('R1-one'))).toBe('R1-two'));
	test('when the LMS cut it off', () => expect(copyOf(KEY).instead(given('R1-t'))).toBe('R1-two'));
	test('when the LMS took what it said it did not, and nothing after it', () => {
		session('R1-two', [
			['R1-three', false],
			['R1-four', false],
		]);
		expect(copyOf(KEY).instead(given('R1-three'))).toBe('R1-four');
	});
	test('when the LMS did not take the last of it', () => {
		session('R1-two', [['R1-three', false]]);
		expect(copyOf(KEY).instead(given('R1-two'))).toBe('R1-three');
	});
	test('when the LMS never took anything, even if it calls the attempt new', () => {
		shelf.clear();
		session('', [['R1-one', false]]);
		expect(copyOf(KEY).instead(given('', false))).toBe('R1-one');
	});
	test('by what an earlier package kept', () => {
		shelf.set(KEY, JSON.stringify({ base: 'R1-old', data: 'R1-new' }));
		expect(copyOf(KEY).instead(given('R1-old'))).toBe('R1-new');
	});
	test('and gives way for good once the LMS has moved on', () => {
		session('R1-elsewhere', [['R1-more', true]]);
		expect(copyOf(KEY).instead(given('R1-one'))).toBeUndefined();
	});
});

test('only old copies are swept away, whosever they are, and nothing else', () => {
	shelf.set('theme', 'dark');
	const owns = (key: string) => key.startsWith('scorm12:');
	forgetOld(storage(), owns, 29 * DAY);
	expect([...shelf.keys()]).toEqual([KEY, 'theme']);
	forgetOld(storage(), owns, 30 * DAY);
	expect([...shelf.keys()]).toEqual(['theme']);
});
