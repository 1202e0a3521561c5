import {
	agentKey,
	checkAgent,
	instantOf,
	isIri,
	isTimestamp,
	isUuid,
	type XapiVersion,
} from '#lib/xapi/rules/index.ts';
import { problemsOfJson } from '#lib/xapi/text/index.ts';
import type { Call } from './call.ts';
import { wrong, wrongIn } from './refusal.ts';

/** Parameters that a method of a resource takes; `!` at the end of those that it cannot do without. */
export type Takes = readonly string[];

/** What nobody means to send: PostgreSQL has no texts with it. */
const NUL = '\0';
const NO_NUL = 'must not have the character U+0000';

/** @throws Refusal when a parameter is unknown or missing (xAPI 1.0.3 Communication, section 3.2) */
export function checkParams({ params }: Pick<Call, 'params'>, takes: Takes): void {
	const names = takes.map((name) => name.replace('!', ''));
	for (const [name, value] of params) {
		if (value.includes(NUL)) throw wrong(name, NO_NUL);
		if (!names.includes(name)) {
			const meant = names.find((one) => one.toLowerCase() === name.toLowerCase());
			throw wrong(
				name,
				meant
					? `is no parameter here; write it "${meant}"`
					: `is no parameter here; these are: ${names.join(', ') || 'none'}`,
			);
		}
	}
	for (const name of takes.filter((one) => one.endsWith('!')).map((one) => one.slice(0, -1)))
		if (!params.has(name)) throw wrong(name, 'is missing');
}

type Params = Pick<Call, 'params'>;

/** @throws Refusal */
export function iriParam({ params }: Params, name: string): string | undefined {
	const value = params.get(name);
	if (value !== undefined && !isIri(value))
		throw wrong(name, `must be an IRI with its scheme, is "${shown(value)}"`);
	return value;
}

/** @throws Refusal */
export function uuidParam({ params }: Params, name: string): string | undefined {
	const value = params.get(name);
	if (value !== undefined && !isUuid(value))
		throw wrong(name, `must be a UUID, is "${shown(value)}"`);
	return value?.toLowerCase();
}

/** @throws Refusal */
export function timeParam(
	{ params, version }: Params & { version: XapiVersion },
	name: string,
): Date | undefined {
	const value = params.get(name);
	if (value === undefined) return undefined;
	if (!isTimestamp(value, version))
		throw wrong(
			name,
			`must be a moment in ISO 8601, such as 2027-02-01T08:30:00.000Z, is "${shown(value)}"`,
		);
	return new Date(instantOf(value));
}

/** False where it is absent. @throws Refusal */
export function flagParam({ params }: Params, name: string): boolean {
	const value = params.get(name) ?? 'false';
	if (value !== 'true' && value !== 'false')
		throw wrong(name, `must be true or false, is "${shown(value)}"`);
	return value === 'true';
}

/** @throws Refusal */
export function countParam({ params }: Params, name: string): number | undefined {
	const value = params.get(name);
	if (value === undefined) return undefined;
	if (!/^\d{1,15}$/.test(value)) throw wrong(name, `must be a whole number, is "${shown(value)}"`);
	return Number(value);
}

/** @throws Refusal */
export function agentParam(
	{ params, version }: Params & { version: XapiVersion },
	name: string,
): Record<string, unknown> | undefined {
	const value = params.get(name);
	if (value === undefined) return undefined;
	const [broken] = problemsOfJson(value);
	if (broken) throw wrong(name, `must be an agent as JSON: ${broken.message}`);
	const agent = JSON.parse(value) as Record<string, unknown>;
	const problems = checkAgent(agent, version, name);
	if (problems.length > 0) throw wrongIn(problems);
	if (agentKey(agent).includes(NUL)) throw wrong(name, NO_NUL);
	return agent;
}

function shown(value: string): string {
	return value.length > 60 ? `${value.slice(0, 60)} …` : value;
}
