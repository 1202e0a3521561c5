import { ERROR, type Failure } from './api.ts';
import { countIn, type Field } from './dialect.ts';

/** Objectives and interactions: an LMS that does not take them loses nobody's progress. */
export interface Extras {
	/** Writes what is new of each objective: its fields without the prefix, `id` first. */
	writeObjectives(objectives: Field[][]): void;
	/** Notes an interaction to be written: its fields without the prefix, `id` first. */
	note(interaction: Field[]): void;
	/** Writes the interactions noted; those that the LMS cannot take just now wait. */
	writeInteractions(): void;
}

type Write = (element: string, value: string) => Failure | undefined;

/**
 * @param set writes a value
 * @param update writes a value unless the LMS has it
 */
export function extras(
	get: (element: string) => string,
	set: Write,
	update: (field: Field) => Failure | undefined,
): Extras {
	let nextInteraction = countIn(get('cmi.interactions._count'));
	const waiting: Field[][] = [];
	/** Where the LMS has each objective; undefined when it takes none. */
	let places = objectivesIn(get);

	function writeObjective([id, ...others]: Field[]): void {
		if (!places || !id) return;
		const at = places.get(id[1]) ?? places.size;
		const prefix = `cmi.objectives.${at}`;
		const failure = places.has(id[1]) ? undefined : set(`${prefix}.${id[0]}`, id[1]);
		if (failure) {
			if (ERROR.final.test(failure.code)) places = undefined;
			return;
		}
		places.set(id[1], at);
		others.forEach(([name, value]) => void update([`${prefix}.${name}`, value]));
	}

	return {
		writeObjectives: (objectives) => objectives.forEach(writeObjective),
		note: (interaction) => void waiting.push(interaction),
		writeInteractions() {
			for (let next = waiting[0]; next; next = waiting[0]) {
				if (nextInteraction === undefined) return;
				const [id, ...others] = next;
				const prefix = `cmi.interactions.${nextInteraction}`;
				const failure = id && set(`${prefix}.${id[0]}`, id[1]);
				if (failure) {
					if (ERROR.final.test(failure.code)) nextInteraction = undefined;
					return;
				}
				others.forEach(([name, value]) => void set(`${prefix}.${name}`, value));
				waiting.shift();
				nextInteraction += 1;
			}
		},
	};
}

/** A manifest may have brought some of its own. */
function objectivesIn(get: (element: string) => string): Map<string, number> | undefined {
	const count = countIn(get('cmi.objectives._count'));
	if (count === undefined) return undefined;
	return new Map(Array.from({ length: count }, (_, n) => [get(`cmi.objectives.${n}.id`), n]));
}
