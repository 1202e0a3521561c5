import { COMMON_TROUBLES, TRY, type Guide } from './guide.ts';

export const generic: Guide = {
	id: 'generic',
	name: { da: 'Et andet system', en: 'Another system' },
	format: 'scorm12',
	why: {
		da: 'SCORM 1.2 er det, flest systemer kan. Kan jeres system 2004, står gennemført og bestået hver for sig; spørg leverandøren, hvilken udgave der er prøvet bedst.',
		en: 'SCORM 1.2 is what most systems can do. Where yours can do 2004, completion and success are told apart; ask the vendor which edition is best tried.',
	},
	steps: [
		{
			text: {
				da: 'Find stedet, hvor kursuspakker lægges op. Det hedder ofte »SCORM«, »e-læring« eller »indhold«. Læg zipfilen op uden at pakke den ud.',
				en: 'Find the place where course packages are uploaded, often called “SCORM”, “e-learning” or “content”. Upload the zip without unpacking it.',
			},
			picture: { kind: 'upload', title: 'SCORM', button: 'Upload' },
		},
		{
			text: {
				da: 'Kan systemet vælge, så vis kurset i et nyt vindue eller i en ramme på mindst 1.000 × 700 pixels.',
				en: 'If the system lets you choose, show the course in a new window, or in a frame of at least 1,000 × 700 pixels.',
			},
		},
		{
			text: {
				da: 'Tillad flere besøg, lad forsøget fortsætte, hvor det slap, og lad den højeste score gælde.',
				en: 'Allow several visits, let the attempt go on where it was left, and let the highest score count.',
			},
			picture: {
				kind: 'settings',
				title: 'SCORM',
				rows: [
					{ name: 'Attempts', value: 'Unlimited' },
					{ name: 'Resume', value: 'Yes' },
					{ name: 'Score', value: 'Highest' },
				],
			},
		},
		{
			text: {
				da: 'Lad kurset gælde som gennemført, når status er »passed« (1.2) eller både »completed« og »passed« (2004).',
				en: 'Count the course as done when the status is “passed” (1.2), or both “completed” and “passed” (2004).',
			},
		},
		TRY,
	],
	check: [
		{
			da: 'Gennemfør kurset med en prøvekonto, og find status, score og tid i systemets rapport.',
			en: 'Complete the course with a trial account, and find status, score and time in the system’s report.',
		},
		{
			da: 'Vil I se, hvad pakken siger til et system, så afspil den først med forhåndsvisningen her.',
			en: 'To see what the package says to a system, play it in the preview here first.',
		},
	],
	troubles: [
		{
			sign: {
				da: 'Systemet afviser pakken.',
				en: 'The system refuses the package.',
			},
			mend: {
				da: 'Kontrollér, at zipfilen ikke er pakket ud og pakket igen med en mappe yderst: imsmanifest.xml skal ligge øverst.',
				en: 'See that the zip was not unpacked and packed again within a folder: imsmanifest.xml must lie at the top.',
			},
		},
		{
			sign: {
				da: 'Kurset siger efter et stykke tid, at der ikke kan gemmes.',
				en: 'After a while the course says that nothing can be saved.',
			},
			mend: {
				da: 'Systemet har logget deltageren ud, ofte efter 20–30 minutter. Det, der er lavet, ligger på computeren og kommer med, når kurset åbnes igen dér.',
				en: 'The system has signed the learner out, often after 20–30 minutes. What was done is on the computer and is brought along when the course is opened there again.',
			},
		},
		...COMMON_TROUBLES,
	],
};
