/** Long before and long after anything is stored. */
const [FIRST, LAST] = [0, Date.UTC(9999, 0)];

/**
 * A moment to compare times of storing with: of those that lie far away, one that finds the same. A
 * statement's time may be in the year 0 or 9999, and PostgreSQL is not told of years of other than four
 * digits.
 */
export function nearest(moment: Date): Date {
	return new Date(Math.min(Math.max(moment.getTime(), FIRST), LAST));
}
