import type { XapiVersion } from '#lib/xapi/rules/index.ts';
import { wrong } from './refusal.ts';

export const VERSION_HEADER = 'x-experience-api-version';

/** `1.0.3` for any of 1.0, `2.0.0` for any of 2.0; undefined for others and none. */
export function versionIn(headers: Headers): XapiVersion | undefined {
	const given = headers.get(VERSION_HEADER)?.trim() ?? '';
	if (/^1\.0(?:\.\d+)?$/.test(given)) return '1.0.3';
	return /^2\.0(?:\.\d+)?$/.test(given) ? '2.0.0' : undefined;
}

/** @throws Refusal: every resource but `about` is asked in a version */
export function versionOf(headers: Headers): XapiVersion {
	const version = versionIn(headers);
	if (version) return version;
	const given = headers.get(VERSION_HEADER);
	throw wrong(
		'X-Experience-API-Version',
		given === null
			? 'is missing; send 1.0.3 or 2.0.0'
			: `must be 1.0.3 or 2.0.0, is "${given.slice(0, 40)}"`,
	);
}
