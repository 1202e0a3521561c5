import type { TrackerStatus } from './tracker.ts';

const BY_WEIGHT: TrackerStatus['state'][] = [
	'idle',
	'saved',
	'local',
	'saving',
	'offline',
	'refused',
	'signed-out',
	'ended',
	'lost',
];

/** Of two parts of a record, the status of the one that is worse off; while one is saving, both are. */
export function worse(one: TrackerStatus, other: TrackerStatus): TrackerStatus {
	return BY_WEIGHT.indexOf(one.state) >= BY_WEIGHT.indexOf(other.state) ? one : other;
}
