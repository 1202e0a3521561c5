import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type App, stopApp } from './app.ts';
import { newSetupToken } from './auth/accounts.ts';
import { courseFiles } from './cmi5/files.ts';
import { logError } from './log.ts';
import { endStreams } from './lrs/http/stream.ts';
import { previewListener } from './preview/listener.ts';
import { isUpload, takeUpload } from './preview/upload.ts';

/**
 * What `src/cli/start.ts` asks of the built server. The build is a bundle of its own, so the two
 * meet at one well-known symbol on the process.
 */
export interface Bridge {
	/** The path of a one-time link that makes its user the administrator; undefined when there is one. */
	setupPath(): Promise<string | undefined>;
	mail: string;
	/** Answers on the origin where packages are looked at. */
	preview: RequestListener;
	/** Tells on which port that is. */
	previewsAt(port: number): void;
	/** Takes a package that is sent to be looked at; false when the request is something else. */
	upload(request: IncomingMessage, response: ServerResponse): boolean;
	/** Ends what would go on for ever, so that requests in flight can finish. */
	stopping(): void;
	stop(): Promise<void>;
}

const KEY = Symbol.for('rygsamtalen.bridge');
type Holder = { [KEY]?: Bridge };

export function announce({ db, mailer, previews, config }: App): void {
	const { shelf } = previews;
	(process as Holder)[KEY] = {
		async setupPath() {
			const token = await newSetupToken(db);
			return token && `/da/setup/${token}`;
		},
		mail: mailer.describe(),
		preview: previewListener({
			shelf,
			ui: join(config.BUILD_DIR, 'preview'),
			courses: courseFiles(db, config),
		}),
		previewsAt: (port) => void (previews.port = port),
		upload(request, response) {
			if (!isUpload(request)) return false;
			takeUpload(shelf, config.PREVIEW_MB, request, response).catch((error: unknown) => {
				logError('A package could not be taken:', error);
				response.destroy();
			});
			return true;
		},
		stopping: endStreams,
		stop: stopApp,
	};
}
