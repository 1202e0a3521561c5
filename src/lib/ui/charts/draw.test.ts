import { render } from 'svelte/server';
import { expect, test, vi } from 'vitest';
import { drawBars, drawBeforeAfter, drawLines } from './draw.server.ts';

vi.mock('svelte/server', async (original) => {
	const real = await original<typeof import('svelte/server')>();
	return { ...real, render: vi.fn(real.render) };
});

const count = (markup: string, what: RegExp) => [...markup.matchAll(what)].length;

test('bars are as long as their values, and whatever they are called is only text', () => {
	const drawing = drawBars({
		id: 'one',
		most: 4,
		bars: [
			{ id: 'a', label: '<b>Hello</b>', value: 4, note: '4 (100 %)', isMarked: true },
			{ id: 'b', label: 'Goodbye', value: 1, note: '1 (25 %)', isMarked: false },
		],
	});
	expect(drawing).toMatch(/^<div/);
	expect(drawing).not.toContain('<!--');
	expect(drawing).not.toContain('<b>');
	expect(drawing).toContain('✓ &lt;b>Hello&lt;/b>');
	const widths = [...drawing.matchAll(/<rect[^>]*lc-bar[^>]*?\swidth="([\d.]+)"/g)];
	const [all, quarter] = widths.map(([, width]) => Number(width));
	expect(all).toBeGreaterThan(0);
	expect(quarter).toBeCloseTo(all! / 4);
	expect(count(drawing, /fill="url\(#one-hatch\)"/g)).toBe(1);
});

test('each line has its name and a point for each step', () => {
	const drawing = drawLines({
		series: [
			{ id: 'up', name: 'Up', values: [0, 50, 100] },
			{ id: 'down', name: 'Down', values: [100, 50, 0] },
		],
		across: 'steps',
		most: 100,
	});
	expect(count(drawing, /<circle/g)).toBe(6);
	expect(count(drawing, /<path/g)).toBe(2);
	for (const word of ['Up', 'Down', 'steps']) expect(drawing).toContain(`>${word}<`);
	expect(drawing).not.toContain('NaN');
});

test('before and after stand on one line at their values', () => {
	const drawing = drawBeforeAfter({
		statements: [{ id: 'greet', text: 'Greeting', before: 2, after: 7 }],
		most: 10,
	});
	const across = [...drawing.matchAll(/<circle[^>]*?\scx="([\d.]+)"[^>]*?\scy="([\d.]+)"/g)];
	const [before, after] = across.map(([, x, y]) => [Number(x), Number(y)] as const);
	expect(after![0] / before![0]).toBeCloseTo(7 / 2);
	expect(after![1]).toBe(before![1]);
	const [, from, to] = /<line x1="([\d.]+)" x2="([\d.]+)"[^>]*class="change"/.exec(drawing)!;
	expect(Number(from)).toBeCloseTo(before![0]);
	expect(Number(to)).toBeCloseTo(after![0]);
});

test('a drawing is kept for the next who asks, and only a thousand of them', () => {
	const bar = { id: 'a', label: 'Hello', note: '', isMarked: null };
	const draw = (value: number) => drawBars({ id: 'kept', most: 10_000, bars: [{ ...bar, value }] });
	const first = draw(0);
	expect(draw(1)).not.toBe(first);
	const drawn = vi.mocked(render);
	drawn.mockClear();
	expect(draw(0)).toBe(first);
	expect(drawn).not.toHaveBeenCalled();
	drawn.mockReturnValue({ body: '<div></div>' } as ReturnType<typeof render>);
	for (let value = 2; value < 1_002; value++) draw(value);
	expect(drawn).toHaveBeenCalledTimes(1_000);
	expect(draw(0)).toBe('<div></div>');
	expect(drawn).toHaveBeenCalledTimes(1_001);
});
