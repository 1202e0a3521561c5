/** Where most organisations are. */
export const USUAL_TIME_ZONE = 'Europe/Copenhagen';

/** The time zones to choose from: every one that is known here by its IANA name. */
export const TIME_ZONES: readonly string[] = [
	...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]),
].sort();
