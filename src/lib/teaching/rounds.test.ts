import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	daysBetween,
	endOfDay,
	isDay,
	isTimeZone,
	roundAt,
	roundOf,
	startOfDay,
} from './rounds.ts';

const copenhagen = 'Europe/Copenhagen';
const yearly = {
	startsOn: '2026-01-31',
	dueOn: '2026-03-31',
	everyMonths: 12,
	timeZone: copenhagen,
};

describe('days in a time zone', () => {
	test('begin at midnight there, in summer and in winter', () => {
		expect(startOfDay('2027-01-15', copenhagen).toISOString()).toBe('2027-01-14T23:00:00.000Z');
		expect(startOfDay('2027-07-15', copenhagen).toISOString()).toBe('2027-07-14T22:00:00.000Z');
	});
	test('have 23 and 25 hours when the clocks change', () => {
		const hours = (day: string) =>
			(endOfDay(day, copenhagen).getTime() - startOfDay(day, copenhagen).getTime()) / 3_600_000;
		expect(hours('2027-03-28')).toBe(23);
		expect(hours('2027-10-31')).toBe(25);
	});
	test('begin at one where clocks skip midnight', () => {
		expect(startOfDay('2027-03-28', 'Asia/Beirut').toISOString()).toBe('2027-03-27T22:00:00.000Z');
	});
	test('that do not exist are told apart', () => {
		expect(['2027-02-28', '2027-02-29', '28.2.2027', '', '2027-2-8'].map(isDay)).toEqual([
			true,
			false,
			false,
			false,
			false,
		]);
		expect(['Europe/Copenhagen', 'UTC', 'Europe/Atlantis', 'CET+1'].map(isTimeZone)).toEqual([
			true,
			true,
			false,
			false,
		]);
	});
});

describe('rounds', () => {
	test('are one where nothing comes again, before and after its time', () => {
		const once = { ...yearly, everyMonths: null };
		for (const day of ['2025-01-01', '2026-02-01', '2031-01-01'])
			expect(roundAt(once, new Date(day))).toMatchObject({ number: 0, since: '' });
	});
	test('change at midnight of the start day', () => {
		expect(roundAt(yearly, new Date('2027-01-30T22:59:59Z'))).toMatchObject({ number: 0 });
		expect(roundAt(yearly, new Date('2027-01-30T23:00:00Z'))).toMatchObject({
			number: 1,
			startsOn: '2027-01-31',
			dueOn: '2027-03-31',
			since: '2027-01-30T23:00:00.000Z',
		});
	});
	test('of a 31st come back to it after a short month', () => {
		const monthly = { ...yearly, everyMonths: 1, dueOn: null };
		expect([1, 2, 3].map((number) => roundOf(monthly, number).startsOn)).toEqual([
			'2026-02-28',
			'2026-03-31',
			'2026-04-30',
		]);
	});
	test('are found for every moment: begun, and the next one not yet', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.date({ min: new Date('2026-02-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
				fc.constantFrom(copenhagen, 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'),
				(everyMonths, now, timeZone) => {
					const schedule = { ...yearly, everyMonths, timeZone };
					const round = roundAt(schedule, now);
					expect(round.opensAt <= now).toBe(true);
					expect(roundOf(schedule, round.number + 1).opensAt > now).toBe(true);
				},
			),
		);
	});
});

test('days between two days do not care about hours', () => {
	expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
	expect(daysBetween('2027-03-29', '2027-03-27')).toBe(-2);
});
