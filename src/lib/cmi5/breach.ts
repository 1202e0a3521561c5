/** A rule that a statement breaks. */
export interface Breach {
	/** The requirement's number: section, paragraph, sentence. */
	requirement: string;
	/** 400 where the statement itself is wrong, 403 where it comes at the wrong time. */
	status: 400 | 403;
	/** Where in the statement. */
	at: string;
	message: string;
}

export type Found = (Breach | undefined)[];

/** A breach, unless the rule is kept. */
export function unless(
	isKept: boolean,
	requirement: string,
	at: string,
	message: string,
	status: Breach['status'] = 400,
): Breach | undefined {
	return isKept ? undefined : { requirement, status, at, message };
}

/** Of a rule on when a statement may come. */
export function late(isKept: boolean, requirement: string, message: string): Breach | undefined {
	return unless(isKept, requirement, 'verb', message, 403);
}
