import { env } from 'node:process';
import { createServer } from 'vite';
import type { Bridge } from '../lib/server/bridge.ts';

/** The server while developing: pages reload on a change in `src/` and `courses/`. */
const server = await createServer({ server: { port: Number(env.PORT ?? 3000) } });
await server.listen();
server.printUrls();
const address = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';
// The first request starts the application.
await fetch(`${address}/healthz`);
const bridge = (process as unknown as Record<symbol, Bridge | undefined>)[
	Symbol.for('rygsamtalen.bridge')
];
const path = await bridge?.setupPath();
if (path) console.log(`  Nobody is administrator yet. Become it, once: ${address}${path}`);
