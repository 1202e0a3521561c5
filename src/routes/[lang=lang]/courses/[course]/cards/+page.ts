import cards from 'virtual:course-cards';
import { pictured } from '../pictures.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, data }) => ({
	...data,
	pdf: cards[`${data.course.id}/${params.lang}`],
	pictures: await Promise.all(
		data.metaphors.map(async (one) => {
			const { props, picture } = pictured(data.course.id, one);
			return { id: one.id, props, Picture: await picture() };
		}),
	),
});
