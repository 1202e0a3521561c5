import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Running } from './server.ts';

/** The first letter to somebody, as it lies in the folder of a server without mail; lines that were broken for the way are whole. */
export function letterTo(
	{ dataDir }: Pick<Running, 'dataDir'>,
	address: string,
): string | undefined {
	const folder = join(dataDir, 'mail');
	return (existsSync(folder) ? readdirSync(folder).sort() : [])
		.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''))
		.find((text) => text.includes(`To: ${address}`));
}
