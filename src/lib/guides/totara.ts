import { COMMON_TROUBLES, named, TRY, type Guide } from './guide.ts';
import { ATTEMPTS, GRADE } from './moodle.ts';

export const totara: Guide = {
	id: 'totara',
	name: named('Totara'),
	format: 'scorm12',
	why: {
		da: 'Totara kan SCORM 1.2 helt og 2004 uden rækkefølgeregler. Brug 1.2.',
		en: 'Totara speaks all of SCORM 1.2, and 2004 without sequencing. Use 1.2.',
	},
	steps: [
		{
			text: {
				da: 'Åbn kurset i Totara, slå redigering til og tilføj aktiviteten »SCORM«. Træk zipfilen ind i »Package file«.',
				en: 'Open the course in Totara, turn editing on and add the activity “SCORM”. Drag the zip into “Package file”.',
			},
			picture: { kind: 'upload', title: 'Package file', button: 'Save and display' },
		},
		{
			text: {
				da: 'Vis kurset i et nyt vindue, så der er plads til samtalen.',
				en: 'Show the course in a new window, so that there is room for the conversation.',
			},
			picture: {
				kind: 'settings',
				title: 'Appearance',
				rows: [
					{ name: 'Display package', value: 'New window' },
					{ name: 'Learner skip content structure page', value: 'Always' },
				],
			},
		},
		GRADE,
		ATTEMPTS,
		{
			text: {
				da: 'Under »Activity completion« kræver du status »Passed«. Sæt derefter kursets egen gennemførelse (»Course completion«) til at afhænge af aktiviteten, ellers lukkes kurset ikke.',
				en: 'Under “Activity completion”, require the status “Passed”. Then let the course’s own completion (“Course completion”) depend on the activity, or the course will never close.',
			},
			picture: {
				kind: 'settings',
				title: 'Activity completion',
				rows: [{ name: 'Require status', value: 'Passed' }],
			},
		},
		TRY,
	],
	check: [
		{
			da: 'I aktivitetens rapport står status og score. Deltagere, der ikke er tilmeldt, og administratorer er ikke med i den: brug en tilmeldt prøvekonto.',
			en: 'The activity’s report has status and score. It leaves out administrators and whoever is not enrolled: use an enrolled trial account.',
		},
	],
	troubles: [
		{
			sign: {
				da: 'Efter en opdatering er alles fremskridt væk.',
				en: 'After an update everybody’s progress is gone.',
			},
			mend: {
				da: 'Læg den nye zipfil i den samme aktivitet. En ny aktivitet har ingen fremskridt at fortsætte fra.',
				en: 'Put the new zip into the same activity. A new activity has no progress to go on from.',
			},
		},
		...COMMON_TROUBLES,
	],
};
