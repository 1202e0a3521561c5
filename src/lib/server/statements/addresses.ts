import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that nobody but the operator of this server may send it to: this machine, its network
 * and those that are no single host (RFC 6890 and the IANA special-purpose registries). A person who
 * may name an address could otherwise have the server ask things of its neighbours.
 */
const INNER: [net: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
	['0.0.0.0', 8, 'ipv4'],
	['10.0.0.0', 8, 'ipv4'],
	['100.64.0.0', 10, 'ipv4'],
	['127.0.0.0', 8, 'ipv4'],
	['169.254.0.0', 16, 'ipv4'],
	['172.16.0.0', 12, 'ipv4'],
	['192.0.0.0', 24, 'ipv4'],
	['192.168.0.0', 16, 'ipv4'],
	['198.18.0.0', 15, 'ipv4'],
	['224.0.0.0', 4, 'ipv4'],
	['240.0.0.0', 4, 'ipv4'],
	// Among them `::`, `::1`, and IPv4 addresses as IPv6 once had them.
	['::', 96, 'ipv6'],
	['64:ff9b::', 96, 'ipv6'],
	['64:ff9b:1::', 48, 'ipv6'],
	['100::', 64, 'ipv6'],
	// Teredo and 6to4 hold IPv4 addresses of anywhere.
	['2001::', 32, 'ipv6'],
	['2002::', 16, 'ipv6'],
	['fc00::', 7, 'ipv6'],
	['fe80::', 10, 'ipv6'],
	['fec0::', 10, 'ipv6'],
	['ff00::', 8, 'ipv6'],
];
const inner = new BlockList();
for (const [net, prefix, family] of INNER) inner.addSubnet(net, prefix, family);

/** Whether an IP address is one that only the operator may name. IPv4 inside IPv6 counts as what it is. */
export function isInner(address: string): boolean {
	return inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Looks up names and refuses those that lead inside. It is asked at each connection, so that a name
 * cannot be harmless when it is checked and something else when it is used.
 */
export const outerLookup: LookupFunction = (host, options, done) => {
	lookup(host, { ...options, all: true }, (trouble, found) => {
		if (trouble) return done(trouble, '');
		const bad = found.find(({ address }) => isInner(address));
		if (bad) return done(new Error(`${host} is an address of the inner network`), '');
		if (options.all) return done(null, found);
		done(null, found[0]!.address, found[0]!.family);
	});
};
