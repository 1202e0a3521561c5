/** A content mistake that a schema cannot express: where in the activity, and what to mend. */
export interface Complaint {
	/** Keys and indexes from the activity's root, as in a schema issue's path. */
	path: (string | number)[];
	message: string;
}

/** The first of `values` that stands there twice, with its index. */
export function duplicate(values: string[]): { value: string; index: number } | undefined {
	const index = values.findIndex((value, at) => values.indexOf(value) < at);
	return index < 0 ? undefined : { value: values[index]!, index };
}
