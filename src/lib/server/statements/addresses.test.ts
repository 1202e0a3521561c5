import { expect, test } from 'vitest';
import { isInner, outerLookup } from './addresses.ts';

test.each([
	'127.0.0.1',
	'10.1.2.3',
	'172.31.255.255',
	'192.168.0.1',
	'169.254.169.254',
	'100.64.0.1',
	'0.0.0.0',
	'255.255.255.255',
	'::1',
	'::',
	'fe80::1',
	'fd00::1',
	'::ffff:127.0.0.1',
	'::ffff:10.0.0.1',
	'::127.0.0.1',
	'64:ff9b::7f00:1',
	'2001:0:4136:e378:8000:63bf:3fff:fdd2',
	'fec0::1',
	'2002:7f00:1::',
])('%s is an inner address', (address) => expect(isInner(address)).toBe(true));

test.each(['8.8.8.8', '172.32.0.1', '192.167.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
	'%s is an outer address',
	(address) => expect(isInner(address)).toBe(false),
);

test('a name that leads inside is refused when it is looked up', async () => {
	const answer = await new Promise((resolve) =>
		outerLookup('localhost', {}, (trouble, address) => resolve(trouble?.message ?? address)),
	);
	expect(answer).toBe('localhost is an address of the inner network');
});
