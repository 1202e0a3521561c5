import type { Session, SessionUser } from '#lib/server/auth/sessions.ts';

declare global {
	namespace App {
		interface Locals {
			/** Who asks; null for somebody without a session. */
			user: SessionUser | null;
			session: Session | null;
			/** Set when the request failed of a trouble of the database that passes. */
			isBusy?: boolean;
		}
		interface Error {
			message: string;
			/** Stands in the server's log beside the cause. */
			id?: string;
			/** It passes: the same may go well when it is tried again. */
			isBusy?: boolean;
		}
	}
}

export {};
