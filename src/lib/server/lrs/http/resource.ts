import type { Need } from '../scopes.ts';
import type { Known } from './call.ts';
import type { Takes } from './params.ts';

/** How a resource answers one method. */
export interface Method {
	takes: Takes;
	needs: Need;
	/** @throws Refusal and what the store throws */
	answer(call: Known): Promise<Response>;
}

/** A resource; HEAD is answered as GET is, without the body. */
export type Methods = Partial<Record<'GET' | 'PUT' | 'POST' | 'DELETE', Method>>;
