/** P(X ≥ hits) for X binomial in `trials` with probability `p`. */
export function tail(trials: number, hits: number, p: number): number {
	let probability = 0;
	let term = (1 - p) ** trials;
	for (let k = 0; k <= trials; k++) {
		if (k >= hits) probability += term;
		term *= ((trials - k) / (k + 1)) * (p / (1 - p));
	}
	return probability;
}
