import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CMI5 } from '../../src/lib/xapi/iris.ts';
import type { Statement } from '../../src/lib/xapi/statement.ts';
import { complaint, complaintsOf, sameJson, type Complaint, type Rules } from './cmi5-rules.ts';

const TYPES: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
};

interface Session extends Rules {
	token: string;
	fetched: boolean;
	/** Another launch of the registration ended it. */
	abandoned: boolean;
	readPreferences: boolean;
	statements: Statement[];
}

/** The id that the LMS gives to what it launches. */
export const CMI5_UNIT = 'https://lms.example/activities/1';

export interface LaunchOptions {
	mode?: Rules['mode'];
	masteryScore?: number;
	returnURL?: boolean;
	registration?: string;
	/** Parameters to leave out. */
	without?: string[];
	/** Of the package's page, for example `?part=hello`. */
	query?: string;
}

/**
 * An LMS that launches a cmi5 package and keeps its record: the fetch URL, statements, state documents
 * with versions, learner preferences. What breaks a rule is noted by the requirement's id, and refused.
 *
 * @param folder the unpacked package
 */
export async function startCmi5Lms(folder = '.') {
	const actor = {
		objectType: 'Agent',
		account: { homePage: 'https://lms.example', name: 'karin' },
	};
	const activityId = CMI5_UNIT;
	const usual = randomUUID();
	const sessions: Session[] = [];
	const documents = new Map<string, string>();
	const stored: Statement[] = [];
	const lms = {
		origin: '',
		/** Nobody answers while it is. */
		down: false,
		/** Answers to statements are lost while it is. */
		forgetful: false,
		/** Names no versions of documents. */
		plain: false,
		preferences: JSON.stringify({ languagePreference: 'da-DK', audioPreference: 'on' }) as
			string | number,
		complaints: [] as Complaint[],
		stored,
		sessions,
		/** What was sent of the package: by path, bytes when compressed. */
		sent: new Map<string, number>(),
		launch,
		/** What is kept for a learner beside what the LMS laid down. */
		progress: (registration = usual) => documents.get(`progress ${registration}`),
		setProgress: (text: string, registration = usual) =>
			void documents.set(`progress ${registration}`, text),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};

	/** The address to open; each launch ends the session before it ("abandoned"). */
	function launch(options: LaunchOptions = {}): string {
		const { mode = 'Normal', masteryScore = 0.5, registration = usual } = options;
		const token = randomUUID();
		for (const one of sessions) if (one.registration === registration) one.abandoned = true;
		const template = {
			contextActivities: { grouping: [{ id: 'https://w3id.org/rygsamtalen/courses/tiny/unit' }] },
			extensions: { [CMI5.sessionId]: token.slice(0, 8), 'https://lms.example/tenant': 'north' },
		};
		sessions.push({
			...{ actor, registration, activityId, mode, template, masteryScore, token },
			...{ fetched: false, abandoned: false, readPreferences: false, statements: [] },
		});
		documents.set(
			`LMS.LaunchData ${registration}`,
			JSON.stringify({
				contextTemplate: template,
				launchMode: mode,
				masteryScore,
				moveOn: 'CompletedAndPassed',
				...(options.returnURL ? { returnURL: `${lms.origin}/back` } : {}),
			}),
		);
		const parameters = Object.entries({
			activityId,
			registration,
			actor: JSON.stringify(actor),
			fetch: `${lms.origin}/fetch?k=${token}`,
			endpoint: `${lms.origin}/xapi/`,
		}).filter(([name]) => !options.without?.includes(name));
		const address = new URL(`${lms.origin}/package/index.html${options.query ?? ''}`);
		for (const [name, value] of parameters) address.searchParams.set(name, value);
		return address.href;
	}

	function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
		const url = new URL(request.url!, lms.origin);
		const say = (status: number, text = '', headers: Record<string, string> = {}) => {
			response.writeHead(status, { 'content-type': 'application/json', ...headers });
			response.end(text);
		};
		const [, place, ...rest] = url.pathname.split('/');
		if (place === 'back') return say(200, '<h1>LMS</h1>', { 'content-type': TYPES['.html']! });
		if (place === 'package') {
			try {
				const file = readFileSync(join(folder, ...rest));
				lms.sent.set(url.pathname, gzipSync(file).length);
				const type = TYPES[extname(url.pathname)] ?? 'application/octet-stream';
				return say(200, file as unknown as string, { 'content-type': type });
			} catch {
				return say(404);
			}
		}
		if (lms.down) return void request.socket.destroy();
		if (place === 'fetch') {
			const session = sessions.find(({ token }) => token === url.searchParams.get('k'));
			if (request.method !== 'POST') lms.complaints.push(complaint('8.2.1.0-2', request.method!));
			if (!session || session.fetched)
				return say(200, JSON.stringify({ 'error-code': '1', 'error-text': 'Already in use' }));
			session.fetched = true;
			return say(200, JSON.stringify({ 'auth-token': session.token }));
		}
		if (place !== 'xapi') return say(404);
		const session = sessions.find(
			({ token }) => request.headers.authorization === `Basic ${token}`,
		);
		if (!session) {
			lms.complaints.push(complaint('8.1.2.0-5', request.headers.authorization ?? 'nothing'));
			return say(401);
		}
		if (session.abandoned) return say(403, 'The session was abandoned.');
		if (request.headers['x-experience-api-version'] !== '1.0.3') return say(400, 'Which version?');
		if (rest.join('/') === 'statements') return statements(session, body, say, response);
		const params = url.searchParams;
		if (!sameJson(JSON.parse(params.get('agent')!), actor))
			lms.complaints.push(complaint('8.1.3.0-3', params.get('agent')!));
		if (rest.join('/') === 'agents/profile') {
			session.readPreferences = true;
			const isTheirs = params.get('profileId') === 'cmi5LearnerPreferences';
			if (!isTheirs) lms.complaints.push(complaint('11.0.0.0-4', params.get('profileId')!));
			return typeof lms.preferences === 'number' ? say(lms.preferences) : say(200, lms.preferences);
		}
		if (params.get('registration') !== session.registration)
			lms.complaints.push(complaint('8.1.4.0-3', params.get('registration')!));
		const key = `${params.get('stateId')} ${session.registration}`;
		const found = documents.get(key);
		const tag = (text: string): Record<string, string> =>
			lms.plain ? {} : { etag: `"${hash(text)}"` };
		if (request.method === 'GET')
			return found === undefined ? say(404) : say(200, found, tag(found));
		if (key.startsWith('LMS.')) {
			lms.complaints.push(complaint('10.2.1.0-5', request.method!));
			return say(403);
		}
		if (session.mode !== 'Normal') lms.complaints.push(complaint('10.2.2.0-11', body));
		const wanted = request.headers['if-match'];
		if (wanted !== undefined && wanted !== `"${hash(found ?? '')}"`) return say(412);
		documents.set(key, body);
		return say(204, '', tag(body));
	}

	/** A batch is taken as a whole or not at all (xAPI 1.0.3 Communication, section 2.1.2). */
	function statements(
		session: Session,
		body: string,
		say: (status: number, text?: string) => void,
		response: ServerResponse,
	): void {
		const batch = JSON.parse(body) as Statement[];
		if (!session.readPreferences) lms.complaints.push(complaint('11.0.0.0-3', body));
		const fresh: Statement[] = [];
		for (const statement of batch) {
			const known = stored.find(({ id }) => id === statement.id);
			if (known && !sameJson(known, statement)) return say(409, statement.id);
			if (known) continue;
			const earlier = [...session.statements, ...fresh];
			const all = stored.filter(({ context }) => context.registration === session.registration);
			const found = complaintsOf(session, statement, earlier, [...all, ...fresh]);
			if (found.length > 0) {
				lms.complaints.push(...found);
				return say(403, found[0]!.slice(0, 100));
			}
			fresh.push(statement);
		}
		stored.push(...fresh);
		session.statements.push(...fresh);
		if (lms.forgetful) return void response.socket?.destroy();
		say(200, JSON.stringify(batch.map(({ id }) => id)));
	}

	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	lms.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return lms;
}

export type Cmi5Lms = Awaited<ReturnType<typeof startCmi5Lms>>;

const hash = (text: string) => createHash('sha1').update(text).digest('hex');
