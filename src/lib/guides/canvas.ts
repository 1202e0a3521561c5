import { COMMON_TROUBLES, named, TRY, type Guide } from './guide.ts';

export const canvas: Guide = {
	id: 'canvas',
	name: named('Canvas'),
	format: 'scorm12',
	why: {
		da: 'Canvas har ikke selv SCORM, men et tilføjet værktøj, som hedder SCORM. Det tager 1.2.',
		en: 'Canvas has no SCORM of its own but a tool of that name that is added to it. It takes 1.2.',
	},
	steps: [
		{
			text: {
				da: 'Bed jeres Canvas-administrator slå SCORM-værktøjet til. Derefter står »SCORM« i kursets menu.',
				en: 'Ask your Canvas administrator to switch on the SCORM tool. “SCORM” then stands in the course menu.',
			},
		},
		{
			text: {
				da: 'Åbn »SCORM«, vælg »Upload« og læg zipfilen ind.',
				en: 'Open “SCORM”, choose “Upload” and put the zip in.',
			},
			picture: { kind: 'upload', title: 'SCORM', button: 'Upload' },
		},
		{
			text: {
				da: 'Vælg at importere som opgave med karakter, hvis scoren skal stå i karakterbogen, ellers som side.',
				en: 'Import it as a graded assignment if the score is to stand in the grade book, else as a page.',
			},
			picture: {
				kind: 'settings',
				title: 'Import SCORM package',
				rows: [{ name: 'Import as', value: 'Graded assignment' }],
			},
		},
		{
			text: {
				da: 'Åbn opgaven, redigér den, sæt antal point til 100, og udgiv den.',
				en: 'Open the assignment, edit it, set the points to 100, and publish it.',
			},
		},
		TRY,
	],
	check: [
		{
			da: 'Scoren fra slutprøven står i karakterbogen (»Grades«). Gennemført uden karakter ses i SCORM-værktøjets egen oversigt.',
			en: 'The score of the final test stands in the grade book (“Grades”). Completion without a grade is seen in the SCORM tool’s own overview.',
		},
	],
	troubles: [
		{
			sign: {
				da: 'Siden i Canvas er blank, hvor kurset skulle stå.',
				en: 'The page in Canvas is blank where the course should be.',
			},
			mend: {
				da: 'Browseren afviser cookies fra værktøjets domæne i rammen. Tillad dem, eller åbn opgaven i et nyt vindue.',
				en: 'The browser refuses cookies of the tool’s domain within the frame. Allow them, or open the assignment in a new window.',
			},
		},
		...COMMON_TROUBLES,
	],
};
