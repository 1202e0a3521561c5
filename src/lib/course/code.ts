/**
 * A 10-bit code of an id, for suspend data: FNV-1a (32 bits, draft-eastlake-fnv) folded by
 * exclusive or. Two ids of one set may meet in a code; the course check refuses such a set, so that
 * a code finds one id at most.
 *
 * @returns 0–1023
 */
export function code(id: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < id.length; at++) {
		hash ^= id.charCodeAt(at);
		hash = Math.imul(hash, 0x01000193) >>> 0;
	}
	return (hash ^ (hash >>> 10) ^ (hash >>> 20) ^ (hash >>> 30)) & 0x3ff;
}
