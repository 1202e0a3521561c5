import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guarded } from '../scorm/api.ts';
import { answering } from './answering.ts';
import { asking, type Port, type Written } from './asking.ts';
import { isAllowed } from './greeting.ts';
import { VERSION, type Fields } from './protocol.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What may become of a message on its way. */
type Fate = 'arrives' | 'lost' | 'twice' | 'late';

/** An LMS whose commits fail as they are told to; `stored` is what it would give at the next launch. */
function fakeLms(commits: boolean[]) {
	const set = new Map<string, string>();
	const stored: Record<string, string>[] = [];
	const api = {
		LMSInitialize: () => 'true',
		LMSGetValue: (element: string) => set.get(element) ?? '',
		LMSSetValue: (element: string, value: string) => (set.set(element, value), 'true'),
		LMSCommit: () => {
			if (commits.shift() === false) return 'false';
			stored.push(Object.fromEntries(set));
			return 'true';
		},
		LMSGetLastError: () => '101',
		LMSGetErrorString: () => 'General exception',
	};
	return { stored, lms: guarded(api as never, 'scorm12') };
}

/** Two ports with a bad line between them: what is sent in one direction meets its fate there. */
function badLine(fates: Fate[], answer: (message: unknown) => unknown): Port {
	const fate = () => fates.shift() ?? 'arrives';
	const carry = (deliver: () => void) => {
		const what = fate();
		if (what === 'lost') return;
		setTimeout(deliver, what === 'late' ? 9000 : 1);
		if (what === 'twice') setTimeout(deliver, 5000);
	};
	const port = {
		onmessage: null as Port['onmessage'],
		postMessage(message: unknown) {
			carry(() => {
				const answered = answer(structuredClone(message));
				if (answered === undefined) return;
				carry(() => port.onmessage?.call(port as never, { data: answered } as MessageEvent));
			});
		},
	};
	return port as Port;
}

const fates = fc.array(fc.constantFrom<Fate>('arrives', 'lost', 'twice', 'late'), {
	maxLength: 60,
});
const score = (value: number): Fields => [['cmi.core.score.raw', String(value)]];

describe('a state on its way to the LMS', () => {
	test('arrives in the end, in order, and is confirmed only once it is stored', async () => {
		await fc.assert(
			fc.asyncProperty(
				fates,
				fc.array(fc.boolean(), { maxLength: 20 }),
				fc.array(fc.nat(8000), { minLength: 1, maxLength: 12 }),
				async (fates, commits, pauses) => {
					const { stored, lms } = fakeLms(commits);
					const here = answering(lms);
					const line = asking(badLine(fates, here.take));
					const seen: Written[] = [];
					line.onwritten((next) => {
						seen.push(next);
						// What is said to be written is what the LMS stored last.
						if (next.state === 'written')
							expect(stored.at(-1)).toEqual({ 'cmi.core.score.raw': String(said) });
					});
					let said = 0;
					for (const pause of pauses) {
						line.set(score(++said), []);
						await vi.advanceTimersByTimeAsync(pause);
					}
					await vi.advanceTimersByTimeAsync(20 * 60_000);
					expect(seen.at(-1)).toEqual({ state: 'written' });
					const scores = stored.map((one) => Number(one['cmi.core.score.raw']));
					expect(scores.at(-1)).toBe(said);
					// Nothing old comes after something new, and nothing is written twice by a repeated message.
					expect(scores).toEqual([...new Set(scores)].sort((a, b) => a - b));
				},
			),
			{ numRuns: 200 },
		);
	});

	test('what the LMS has can be asked for over the same bad line', async () => {
		await fc.assert(
			fc.asyncProperty(fates, async (fates) => {
				const { lms } = fakeLms([]);
				lms.set('cmi.core.student_id', 'karin');
				const line = asking(badLine(fates, answering(lms).take));
				line.set(score(1), []);
				const found = line.get(['cmi.core.student_id', 'cmi.core.credit']);
				await vi.advanceTimersByTimeAsync(20 * 60_000);
				expect(await found).toEqual({ 'cmi.core.student_id': 'karin', 'cmi.core.credit': '' });
			}),
			{ numRuns: 50 },
		);
	});

	test('a commit that fails is told with the LMS’s own reason, and tried again', async () => {
		const { lms, stored } = fakeLms([false, true]);
		const line = asking(badLine([], answering(lms).take));
		const seen: Written[] = [];
		line.onwritten((next) => seen.push(next));
		line.set(score(50), []);
		await vi.advanceTimersByTimeAsync(100);
		expect(seen.at(-1)).toEqual({ state: 'failed', reason: 'General exception (101)' });
		await vi.advanceTimersByTimeAsync(10_000);
		expect(seen.at(-1)).toEqual({ state: 'written' });
		expect(stored).toHaveLength(1);
	});
});

describe('the package', () => {
	const take = (message: unknown) => answering(fakeLms([]).lms).take(message);

	test.each([
		['nonsense', 'hello'],
		['nothing', null],
		['another version', { v: 2, seq: 1, kind: 'get', elements: [] }],
		['no number', { v: VERSION, kind: 'get', elements: [] }],
		['an element that is none', { v: VERSION, seq: 1, kind: 'get', elements: ['constructor'] }],
		['a value that is no text', { v: VERSION, seq: 1, kind: 'set', fields: [['cmi.a', 1]] }],
		['another kind', { v: VERSION, seq: 1, kind: 'finish' }],
	])('does not answer to %s', (_, message) => {
		expect(take(message)).toBeUndefined();
	});

	test('remembers what is to be written at the end', () => {
		const here = answering(fakeLms([]).lms);
		here.take({
			v: VERSION,
			seq: 1,
			kind: 'set',
			fields: [],
			leaving: [['adl.nav.request', 'suspendAll']],
		});
		expect(here.leaving).toEqual([['adl.nav.request', 'suspendAll']]);
	});
});

test.each([
	['https://lms.example.org', [], true],
	['http://lms.example.org', [], false],
	['null', [], false],
	['https://lms.example.org', ['https://lms.example.org'], true],
	['https://lms.example.org.evil.example', ['https://lms.example.org'], false],
	['http://127.0.0.1:8000', ['http://127.0.0.1:8000'], true],
])('a page of %s may show the course to %j: %s', (origin, origins, allowed) => {
	expect(isAllowed(origin, origins)).toBe(allowed);
});
