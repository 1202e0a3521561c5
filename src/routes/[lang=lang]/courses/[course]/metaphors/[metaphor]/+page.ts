import { pictured } from '../../pictures.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => {
	const { props, picture } = pictured(data.course.id, data.metaphor);
	return { ...data, props, Picture: await picture() };
};
