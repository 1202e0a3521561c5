import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newCode, readCode } from './code.ts';

const codes = fc.noShrink(fc.constant(undefined).map(newCode));
const place = fc.nat({ max: 19 });
const plainOf = (code: string) => code.replaceAll('-', '');

test('a code is read back however it is typed', () => {
	fc.assert(
		fc.property(codes, (code) => {
			expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
			expect(readCode(code)).toEqual({ code });
			expect(readCode(` ${plainOf(code).toLowerCase()} `)).toEqual({ code });
			expect(readCode(code.replaceAll('-', ' – '))).toEqual({ code });
			expect(readCode(code.replaceAll('1', 'l').replaceAll('0', 'o'))).toEqual({ code });
		}),
	);
});

test('every single wrong character is told', () => {
	const others = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
	fc.assert(
		fc.property(codes, place, others, (code, at, other) => {
			const plain = plainOf(code);
			fc.pre(plain[at] !== other);
			const wrong = plain.slice(0, at) + other + plain.slice(at + 1);
			expect(readCode(wrong)).toEqual({ wrong: 'mistyped' });
		}),
	);
});

test('every two characters that have changed places are told', () => {
	fc.assert(
		fc.property(codes, place, place, (code, a, b) => {
			const signs = [...plainOf(code)];
			fc.pre(signs[a] !== signs[b]);
			[signs[a], signs[b]] = [signs[b]!, signs[a]!];
			expect(readCode(signs.join(''))).toEqual({ wrong: 'mistyped' });
		}),
	);
});

test('what cannot be a code says why', () => {
	expect(readCode('  ')).toEqual({ wrong: 'empty' });
	expect(readCode('7K3Q')).toEqual({ wrong: 'length' });
	expect(readCode(`${newCode()}7`)).toEqual({ wrong: 'length' });
	expect(readCode('ÆØÅ?-7K3Q')).toEqual({ wrong: 'sign' });
	expect(readCode('U'.repeat(20))).toEqual({ wrong: 'sign' });
});

test('no two codes are the same', () => {
	expect(new Set(Array.from({ length: 2000 }, newCode)).size).toBe(2000);
});
