import type { Localised } from '#lib/course/localise.ts';
import type { Condition, Vignette } from './schema.ts';
import { END, METERS, type Flag, type Meter, type Pose } from './terms.ts';

/**
 * The conversation as a pure function of the choices made: the same path always gives the same
 * transcript, so a path of option ids is all that ever needs to be kept.
 */
export type AnyVignette = Vignette | Localised<Vignette>;
export type Turn<V extends AnyVignette> = V['turns'][number];
export type Option<V extends AnyVignette> = Turn<V>['options'][number];
export type Repair<V extends AnyVignette> = NonNullable<Option<V>['repair']>;

export type Meters = Record<Meter, number>;

/** One choice of the learner, with what followed from it. */
export interface Exchange<V extends AnyVignette> {
	turn: Turn<V>;
	/** What the patient said to open the turn; absent after a repair and where nothing is said. */
	says?: NonNullable<Turn<V>['says']>;
	option: Option<V>;
	/** What was on offer, `option` among it. */
	offered: Option<V>[];
	/** Set when this was a repair of `option`, chosen in an earlier turn. */
	repair?: Repair<V>;
	/** Whether a costly option was repaired later. */
	repaired: boolean;
	before: Meters;
	after: Meters;
}

export interface Play<V extends AnyVignette> {
	exchanges: Exchange<V>[];
	meters: Meters;
	flags: ReadonlySet<Flag>;
	/** The turn that waits for a choice; absent at the end. */
	turn?: Turn<V>;
	/** What the patient says to open it; absent when a repair has already been tried in it. */
	says?: NonNullable<Turn<V>['says']>;
	options: Option<V>[];
	/** Offered beside the options: makes up for the costly choice just made. */
	repair?: Repair<V>;
	ending?: V['endings'][number];
	/** Costly choices that were not repaired. */
	costly: number;
	earned: number;
	possible: number;
}

/** The share of a loss that a repair gives back. */
const REPAIRED = 0.7;
/** Worry that an explanation brings when the main concern has not been heard. */
const UNHEARD_WORRY = 4;

/**
 * Plays a path from the opening on.
 *
 * @returns the state after it, or the index in `path` of the first choice that was not on offer
 */
export function play<V extends AnyVignette>(
	vignette: V,
	path: readonly string[],
): Play<V> | number {
	let state: Play<V> = enter(
		vignette,
		{
			exchanges: [],
			meters: { ...vignette.start },
			flags: new Set(),
			options: [],
			costly: 0,
			earned: 0,
			possible: 0,
		},
		vignette.opening,
	);
	for (const [at, id] of path.entries()) {
		const option = state.options.find((one) => one.id === id) as Option<V> | undefined;
		if (option) state = choose(vignette, state, option);
		else if (state.repair?.id === id) state = makeUp(state);
		else return at;
	}
	return state;
}

function enter<V extends AnyVignette>(vignette: V, state: Play<V>, id: string): Play<V> {
	const turn = vignette.turns.find((one) => one.id === id) as Turn<V> | undefined;
	if (!turn) {
		const ending = vignette.endings.find(({ when }) => !when || holds(when, state));
		return { ...state, turn: undefined, says: undefined, options: [], repair: undefined, ending };
	}
	return {
		...state,
		turn,
		says: (turn.variants.find(({ when }) => holds(when, state))?.says ??
			turn.says) as Play<V>['says'],
		options: onOffer(turn, state.flags),
	};
}

function onOffer<V extends AnyVignette>({ options }: Turn<V>, flags: ReadonlySet<Flag>) {
	return options.filter(({ needs }) => needs.every((flag) => flags.has(flag))) as Option<V>[];
}

function choose<V extends AnyVignette>(vignette: V, state: Play<V>, option: Option<V>): Play<V> {
	const after = effectOf(option, state);
	const exchange: Exchange<V> = {
		turn: state.turn!,
		says: state.says,
		option,
		offered: state.options,
		repaired: false,
		before: state.meters,
		after,
	};
	const next: Play<V> = {
		...state,
		exchanges: [...state.exchanges, exchange],
		meters: after,
		flags: new Set([...state.flags, ...option.set]),
		repair: option.next === END ? undefined : (option.repair as Repair<V> | undefined),
		costly: state.costly + (option.quality === 'costly' ? 1 : 0),
		earned: state.earned + { strong: 2, workable: 1, costly: 0 }[option.quality],
		possible: state.possible + 2,
	};
	return enter(vignette, next, option.next);
}

/** A repair takes no turn: the patient answers, and the same turn still waits. */
function makeUp<V extends AnyVignette>(state: Play<V>): Play<V> {
	const lost = state.exchanges.at(-1)!;
	const meters = { ...state.meters };
	for (const meter of METERS) {
		const change = lost.after[meter] - lost.before[meter];
		const isLoss = meter === 'worry' ? change > 0 : change < 0;
		if (isLoss) meters[meter] = clamp(meters[meter] - change * REPAIRED);
	}
	const exchange: Exchange<V> = {
		turn: state.turn!,
		says: state.says,
		option: lost.option,
		offered: state.options,
		repair: state.repair,
		repaired: true,
		before: state.meters,
		after: meters,
	};
	const flags = new Set([...state.flags, ...state.repair!.set]);
	return {
		...state,
		exchanges: [...state.exchanges.slice(0, -1), { ...lost, repaired: true }, exchange],
		meters,
		flags,
		options: onOffer(state.turn!, flags),
		// It was said already, before the repair.
		says: undefined,
		repair: undefined,
		costly: state.costly - 1,
		earned: state.earned + 1,
	};
}

function effectOf<V extends AnyVignette>(option: Option<V>, { meters, flags }: Play<V>): Meters {
	const { trust = 0, understanding = 0, worry = 0 } = option.effects;
	const unheard = option.explains && !flags.has('heard');
	let insight = understanding;
	if (insight > 0) {
		if (meters.trust > 65) insight *= 1.25;
		if (meters.trust < 35) insight *= 0.5;
		if (unheard) insight *= 0.5;
	}
	return {
		trust: clamp(meters.trust + trust),
		understanding: clamp(meters.understanding + insight),
		worry: clamp(meters.worry + worry + (unheard ? UNHEARD_WORRY : 0)),
	};
}

function clamp(value: number): number {
	return Math.min(100, Math.max(0, value));
}

type Holding = Pick<Play<AnyVignette>, 'meters' | 'flags' | 'costly' | 'exchanges'>;

/** Whether every part of a condition holds. */
export function holds(when: Condition, { meters, flags, costly, exchanges }: Holding): boolean {
	return (
		METERS.every((meter) => {
			const { atLeast = 0, below = Infinity } = when[meter] ?? {};
			return meters[meter] >= atLeast && meters[meter] < below;
		}) &&
		(when.flags ?? []).every((flag) => flags.has(flag)) &&
		!(when.without ?? []).some((flag) => flags.has(flag)) &&
		costly <= (when.costly?.atMost ?? Infinity) &&
		(when.lastNot === undefined || exchanges.at(-1)?.option.quality !== when.lastNot)
	);
}

/** How the patient looks: mostly trust, with worry pulling down. */
export function poseOf({ trust, worry }: Meters): Pose {
	const ease = trust * 0.65 + (100 - worry) * 0.35;
	if (ease < 28) return 'closed';
	if (ease < 42) return 'wary';
	if (ease < 56) return 'neutral';
	return ease < 70 ? 'easing' : 'open';
}
