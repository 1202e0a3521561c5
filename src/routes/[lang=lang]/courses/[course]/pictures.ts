import type { Component } from 'svelte';
import type { Localised } from '#lib/course/localise.ts';
import type { Metaphor } from '#lib/course/model.ts';
import type { MetaphorProps } from '#lib/player/prose/context.ts';

/**
 * The words and pictures that courses bring with them. Their index grows with the courses, so it is
 * not part of what every page starts from.
 */
export const contents = () => import('virtual:course-prose');

/** A metaphor's words, and how to get its picture. */
export function pictured(
	course: string,
	{ id, title, point, texts }: Localised<Metaphor>,
): { props: MetaphorProps; picture: () => Promise<Component<MetaphorProps>> } {
	return {
		props: { title, point, texts },
		picture: async () => {
			const { metaphors } = await contents();
			return (await metaphors[`${course}/${id}`]!()).default;
		},
	};
}
