import { resolve } from 'node:path';
import { mdsvex } from 'mdsvex';
import type { PreprocessorGroup } from 'svelte/compiler';
import { splitMatter } from './lesson-file.ts';

const COMPONENTS = resolve(import.meta.dirname, '../lib/player/prose');

/**
 * Turns a lesson's `.svx` into a component. What authors need no word for is added here: imports,
 * links to lessons. Placed activities leave no trace, they are steps of the player.
 */
export function prose(): PreprocessorGroup[] {
	const markdown = mdsvex({ extensions: ['.svx'], smartypants: false }) as PreprocessorGroup;
	return [
		{
			name: 'lesson-prose',
			async markup({ content, filename }) {
				if (!filename?.endsWith('.svx')) return undefined;
				return markdown.markup!({ content: toSvelte(content), filename });
			},
		},
	];
}

function toSvelte(content: string): string {
	const body = splitMatter(content)
		.body.replace(/^[ \t]*<(?:Activity|Drill|Quiz)\b[^>]*\/>[ \t]*$/gm, '')
		.replace(/\[([^\]]*)\]\(lesson:([^)\s]*)\)/g, '<LessonLink id="$2">$1</LessonLink>')
		.replace(/\[([^\]]*)\]\(fact:[^)\s]*\)/g, '$1');
	const imports = [
		['Step', 'Step.svelte'],
		['InConsultation', 'InConsultation.svelte'],
		['Metaphor', 'MetaphorSlot.svelte'],
		['LessonLink', 'LessonLink.svelte'],
	]
		.filter(([name]) => body.includes(`<${name}`))
		.map(([name, file]) => `import ${name} from '${COMPONENTS}/${file}';`);
	return `<script>\n${imports.join('\n')}\n</script>\n\n${body}`;
}
