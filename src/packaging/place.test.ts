import { expect, test } from 'vitest';
import { hrefOf, placeOf, type Place } from './place.ts';

test.each<Place>([
	{ language: 'da' },
	{ language: 'en', lesson: 'hello' },
	{ language: 'en', lesson: 'hello', step: 'welcome' },
])('a place survives the address: %o', (place) => {
	expect(placeOf(hrefOf(place))).toEqual(place);
});

test.each(['', '#', '#main', '#/', '#/fr/hello'])('"%s" is no place', (hash) => {
	expect(placeOf(hash)).toBeUndefined();
});
