import { createContext } from 'svelte';
import type { Component } from 'svelte';

export interface MetaphorProps {
	title: string;
	point: string;
	texts: Record<string, string>;
	/** Begins in the state that tells most, for paper. */
	still?: boolean;
}

/** What the components inside a lesson's prose need to know. */
export interface ProseContext {
	/** The reading step to show; all other steps stay out of the page. */
	readonly step: string;
	lessonHref(lesson: string): string | undefined;
	/** Somebody moves a metaphor. */
	onmetaphor(id: string): void;
	metaphor(
		id: string,
	): { props: MetaphorProps; picture: Promise<Component<MetaphorProps>> } | undefined;
}

export const [getProse, setProse] = createContext<ProseContext>();
