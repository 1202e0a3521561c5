import { mdsvex } from 'mdsvex';

export function prose() {
	return [mdsvex({ extensions: ['.svx'], smartypants: false })];
}
