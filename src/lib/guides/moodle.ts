import { COMMON_TROUBLES, named, TRY, type Guide, type GuideStep } from './guide.ts';

/** What Moodle and Totara, which grew out of it, have in common. */
export const ATTEMPTS: GuideStep = {
	text: {
		da: 'Lad alle forsøg være ét: deltageren skal kunne gå til og fra, til kurset er gennemført.',
		en: 'Let all attempts be one: learners come and go until the course is done.',
	},
	picture: {
		kind: 'settings',
		title: 'Attempts management',
		rows: [
			{ name: 'Number of attempts', value: 'Unlimited attempts' },
			{ name: 'Force new attempt', value: 'No' },
			{ name: 'Lock after final attempt', value: 'No' },
		],
	},
};

export const GRADE: GuideStep = {
	text: {
		da: 'Lad karakteren være den højeste. Kurset skriver selv 0–100 fra slutprøven, som kan tages igen.',
		en: 'Let the grade be the highest. The course itself writes 0–100 from the final test, which may be taken again.',
	},
	picture: {
		kind: 'settings',
		title: 'Grade',
		rows: [
			{ name: 'Grading method', value: 'Highest grade' },
			{ name: 'Maximum grade', value: '100' },
		],
	},
};

export const NEW_WINDOW: GuideStep = {
	text: {
		da: 'Vis kurset i et nyt vindue. I rammen på siden er der kun 650 × 666 pixels, og det er trangt for en samtale.',
		en: 'Show the course in a new window. The frame on the page has only 650 × 666 pixels, which is cramped for a conversation.',
	},
	picture: {
		kind: 'settings',
		title: 'Appearance',
		rows: [
			{ name: 'Display package', value: 'New window' },
			{ name: 'Student skip content structure page', value: 'Always' },
		],
	},
};

export const moodle: Guide = {
	id: 'moodle',
	name: named('Moodle'),
	format: 'scorm12',
	why: {
		da: 'Moodle kan SCORM 1.2 helt og 2004 kun til dels. Intet i kurset går tabt ved at bruge 1.2.',
		en: 'Moodle speaks all of SCORM 1.2 and only part of 2004. Nothing of the course is lost by using 1.2.',
	},
	steps: [
		{
			text: {
				da: 'Slå redigering til på kursussiden, vælg »Add an activity or resource« og derefter »SCORM package«. Læg zipfilen i feltet »Package file«, som den er.',
				en: 'Turn editing on in the course page, choose “Add an activity or resource” and then “SCORM package”. Put the zip into “Package file”, as it is.',
			},
			picture: { kind: 'upload', title: 'Package file', button: 'Save and display' },
		},
		NEW_WINDOW,
		GRADE,
		ATTEMPTS,
		{
			text: {
				da: 'Vil I have et flueben, når kurset er bestået, så kræv status »Passed«. Uden den regel gælder det for Moodle, at kurset er set.',
				en: 'For a tick when the course is passed, require the status “Passed”. Without that rule it is enough for Moodle that the course was looked at.',
			},
			picture: {
				kind: 'settings',
				title: 'Activity completion',
				rows: [
					{
						name: 'Completion tracking',
						value: 'Show activity as complete when conditions are met',
					},
					{ name: 'Require status', value: 'Passed' },
				],
			},
		},
		TRY,
	],
	check: [
		{
			da: 'Åbn aktiviteten og vælg »Reports«: der står status, score og tid for hver deltager.',
			en: 'Open the activity and choose “Reports”: it has status, score and time of every learner.',
		},
		{
			da: 'Et bestået kursus står som »Passed« med en score på mindst beståelsesgrænsen.',
			en: 'A passed course stands as “Passed”, with a score of at least the pass mark.',
		},
	],
	troubles: [
		{
			sign: {
				da: 'Deltagere begynder forfra hver gang.',
				en: 'Learners start from the beginning each time.',
			},
			mend: {
				da: '»Force new attempt« står på »Always«. Sæt den til »No«.',
				en: '“Force new attempt” is set to “Always”. Set it to “No”.',
			},
		},
		{
			sign: {
				da: 'I har lagt en ny udgave op, men ser den gamle.',
				en: 'You uploaded a new version but see the old one.',
			},
			mend: {
				da: 'Kursets filer har nye navne i hver udgave, men forsiden kan ligge i browseren: genindlæs siden. Deltagernes fremskridt bliver.',
				en: 'The files of each version have new names, but the first page may be in the browser: reload it. Learners keep their progress.',
			},
		},
		{
			sign: {
				da: 'Underviserens eget forsøg tæller ikke med.',
				en: 'The teacher’s own attempt does not count.',
			},
			mend: {
				da: 'I »Preview« skriver kurset med vilje ingenting. Prøv det med en almindelig deltagers konto.',
				en: 'In “Preview” the course deliberately writes nothing. Try it with an ordinary learner’s account.',
			},
		},
		...COMMON_TROUBLES,
	],
};
