/** How far the conversation with the mail server came before something went wrong. */
export const STAGES = ['connect', 'sign-in', 'sender', 'recipient', 'message'] as const;
export type Stage = (typeof STAGES)[number];

/** Why a letter was not taken. */
export interface Trouble {
	stage: Stage;
	/** The server's own words, or those of the network; one line. */
	said: string;
	/** This letter will never be taken: its recipient, or what it says, is refused for good. */
	isFinal: boolean;
	/** Every other letter would meet the same: there is no use in trying them now. */
	isServers: boolean;
}

/** What nodemailer's errors bring (nodemailer.com/errors). */
interface SmtpError extends Error {
	command?: string;
	responseCode?: number;
	response?: string;
}

/**
 * Reads an error of sending. A 5yz reply is for good and a 4yz one passes (RFC 5321, 4.2.1); but what
 * is said before the recipient was named is about this server's settings, which may be mended.
 */
export function troubleOf(cause: unknown): Trouble {
	const error = (cause instanceof Error ? cause : new Error(String(cause))) as SmtpError;
	const stage = stageOf(error);
	const isOfLetter = stage === 'recipient' || stage === 'message';
	const code = error.responseCode;
	// An address that is none never reaches a server.
	const isFinal = isOfLetter && (code === undefined ? error.command === 'API' : code >= 500);
	const said = (error.response ?? error.message).replaceAll(/\s+/g, ' ').trim().slice(0, 300);
	return { stage, said, isFinal, isServers: !isOfLetter || code === 421 };
}

function stageOf({ command = '' }: SmtpError): Stage {
	if (command === 'RCPT TO' || command === 'API') return 'recipient';
	if (command === 'MAIL FROM') return 'sender';
	if (command === 'DATA') return 'message';
	return command.startsWith('AUTH') ? 'sign-in' : 'connect';
}
