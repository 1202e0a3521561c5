/** Why something was not done, in the language of the request; `field` says at which field to tell. */
export type Refusal = { refused: string; field?: string };
export type Outcome<T> = T | Refusal;

export function isRefusal(outcome: object): outcome is Refusal {
	return 'refused' in outcome;
}
