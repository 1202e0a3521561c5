import { pictured } from '../pictures.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({
	...data,
	pictures: await Promise.all(
		data.metaphors.map(async (one) => {
			const { props, picture } = pictured(data.course.id, one);
			return { id: one.id, props, Picture: await picture() };
		}),
	),
});
