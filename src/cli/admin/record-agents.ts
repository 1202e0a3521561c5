import { checkAgent, isMbox } from '../../lib/xapi/rules/index.ts';
import { forgetAgent, tracesOf } from '../../lib/server/lrs/forget-agent.ts';
import { UsageError, type Command } from './command.ts';

const HOW = `Name the person as other systems do: kim@example.org, or an xAPI agent as JSON, for example '{"account":{"homePage":"https://lms.example.org","name":"4711"}}'.`;

/** @throws UsageError */
function agentIn(text: string): unknown {
	const mbox = text.startsWith('mailto:') ? text : `mailto:${text}`;
	if (!text.startsWith('{')) {
		if (isMbox(mbox)) return { mbox };
		throw new UsageError(`"${text}" is no e-mail address. ${HOW}`);
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new UsageError(`This is no JSON: ${(error as Error).message}. ${HOW}`);
	}
	const [problem] = checkAgent(value, '2.0.0');
	if (problem) throw new UsageError(`${problem.at || 'The agent'} ${problem.message}. ${HOW}`);
	return value;
}

export const recordAgents: Command[] = [
	{
		name: 'lrs-forget',
		takes: '<agent>',
		about: 'Delete for ever what other systems stored about somebody in the record store.',
		help: ['--yes                do it; without it, it is only counted what there is'],
		options: { yes: { type: 'boolean' } },
		arguments: [1, 1],
		async run({ open }, { positionals: [named], values }) {
			const agent = agentIn(named!);
			const db = await open();
			const isDone = values.yes === true;
			const found = isDone ? await forgetAgent(db, agent, null) : await tracesOf(db, agent);
			const counted = `statements ${found.statements}, documents ${found.documents}`;
			return {
				text: isDone ? `Deleted: ${counted}.` : `There are: ${counted}. Add --yes to delete them.`,
				data: { ...found, isDone },
			};
		},
	},
];
