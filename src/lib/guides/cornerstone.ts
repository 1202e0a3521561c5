import { COMMON_TROUBLES, named, TRY, type Guide } from './guide.ts';

export const cornerstone: Guide = {
	id: 'cornerstone',
	name: named('Cornerstone'),
	format: 'scorm2004-3rd',
	why: {
		da: 'Cornerstone er bygget til SCORM 2004, 3. udgave, og flere af dets rapporter kender ikke 1.2.',
		en: 'Cornerstone is made for the 3rd edition of SCORM 2004, and some of its reports know nothing of 1.2.',
	},
	steps: [
		{
			text: {
				da: 'Åbn »Course Publisher« (i nyere udgaver »Content Uploader«) og vælg at oprette en ny udgivelse. Det kræver en licens til indhold, som jeres systemejer giver.',
				en: 'Open “Course Publisher” (in newer editions “Content Uploader”) and create a new publication. It needs a content licence, which your system owner grants.',
			},
			picture: { kind: 'upload', title: 'Create New Publication', button: 'Next' },
		},
		{
			text: {
				da: 'Skriv titel og beskrivelse. Pakken fylder under 1 MB, langt under de 250 MB, der anbefales.',
				en: 'Enter title and description. The package is less than 1 MB, far below the recommended 250 MB.',
			},
		},
		{
			text: {
				da: 'Prøv kurset i testportalen, før det udgives, og vælg nyt vindue, hvis rammen er for lille.',
				en: 'Try the course in the pilot portal before it is published, and choose a new window if the frame is too small.',
			},
		},
		TRY,
	],
	check: [
		{
			da: 'Tildel kurset til en prøvekonto, og se dens »Transcript«: status, score og tid skal stå der efter slutprøven.',
			en: 'Assign the course to a trial account and look at its transcript: status, score and time should be there after the final test.',
		},
	],
	troubles: [
		{
			sign: {
				da: 'I vil rette en fejl i kurset uden at deltagerne begynder forfra.',
				en: 'You want to put right a mistake without learners starting again.',
			},
			mend: {
				da: 'Har den nye udgave de samme lektioner, så brug »Replace«. »Reversion« er til ændret struktur og giver en ny udgave at begynde på.',
				en: 'When the new version has the same lessons, use “Replace”. “Reversion” is for a changed structure and gives people a new version to begin.',
			},
		},
		...COMMON_TROUBLES,
	],
};
