import * as v from 'valibot';
import { hello, VERSION, type Hello } from './protocol.ts';

/** Milliseconds between two calls of a player that nobody has answered yet. */
const AGAIN = 500;

/**
 * Tells the page around this frame that the player is there, and waits for its answer. `ready` says
 * nothing to anybody but that, so it may go to any origin; the answer counts only when it comes from
 * the page around this frame, from an origin that may show the course, and brings a port.
 *
 * @param origins those that may; empty for any by https
 */
export function greet(self: Window, origins: string[]): Promise<Hello & { port: MessagePort }> {
	return new Promise((resolve) => {
		const call = () => self.parent.postMessage({ v: VERSION, kind: 'ready' }, '*');
		const calling = setInterval(call, AGAIN);
		const listen = ({ data, source, origin, ports }: MessageEvent<unknown>) => {
			const [port] = ports;
			const said = v.safeParse(hello, data);
			if (source !== self.parent || !isAllowed(origin, origins) || !port || !said.success) return;
			clearInterval(calling);
			self.removeEventListener('message', listen);
			resolve({ ...said.output, port });
		};
		self.addEventListener('message', listen);
		call();
	});
}

export function isAllowed(origin: string, origins: string[]): boolean {
	return origins.length === 0 ? origin.startsWith('https://') : origins.includes(origin);
}
