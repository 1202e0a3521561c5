import { type App, stopApp } from './app.ts';
import { newSetupToken } from './auth/accounts.ts';

/**
 * What `src/cli/start.ts` asks of the built server. The build is a bundle of its own, so the two
 * meet at one well-known symbol on the process.
 */
export interface Bridge {
	/** The path of a one-time link that makes its user the administrator; undefined when there is one. */
	setupPath(): Promise<string | undefined>;
	mail: string;
	stop(): Promise<void>;
}

const KEY = Symbol.for('rygsamtalen.bridge');
type Holder = { [KEY]?: Bridge };

export function announce({ db, mailer }: App): void {
	(process as Holder)[KEY] = {
		async setupPath() {
			const token = await newSetupToken(db);
			return token && `/da/setup/${token}`;
		},
		mail: mailer.describe(),
		stop: stopApp,
	};
}
