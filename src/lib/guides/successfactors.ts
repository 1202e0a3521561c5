import { COMMON_TROUBLES, named, TRY, type Guide } from './guide.ts';

export const successfactors: Guide = {
	id: 'successfactors',
	name: named('SAP SuccessFactors Learning'),
	format: 'scorm2004-4th',
	why: {
		da: 'SuccessFactors kan begge udgaver af SCORM. I 2004 står gennemført og bestået hver for sig, som i systemets egne rapporter.',
		en: 'SuccessFactors speaks both versions of SCORM. In 2004, completion and success are told apart, as in its own reports.',
	},
	steps: [
		{
			text: {
				da: 'Som læringsadministrator importerer du zipfilen (»Import Content«). Læg den på systemets egen indholdsserver (iContent), så kurset og systemet har samme domæne.',
				en: 'As a learning administrator, import the zip (“Import Content”). Put it on the system’s own content server (iContent), so that course and system share a domain.',
			},
			picture: { kind: 'upload', title: 'Import Content', button: 'Next' },
		},
		{
			text: {
				da: 'I indholdsobjektet (»Content Object«) lader du beståelsesgrænsen stå, som pakken har skrevet den.',
				en: 'In the content object, leave the mastery score as the package has set it.',
			},
			picture: {
				kind: 'settings',
				title: 'Content Object',
				rows: [
					{ name: 'Launch Method', value: 'SCORM 2004' },
					{ name: 'Mastery Score', value: '80' },
				],
			},
		},
		{
			text: {
				da: 'Tilføj objektet til kursets (»Item«) onlineindhold, og lad gennemført online give status for kurset.',
				en: 'Add the object to the online content of the course (“Item”), and let online completion give the status of the course.',
			},
		},
		TRY,
	],
	check: [
		{
			da: 'Gennemfør kurset med en prøvekonto: det skal forsvinde fra læringsplanen og stå i læringshistorikken.',
			en: 'Complete the course with a trial account: it should leave the learning plan and stand in the learning history.',
		},
	],
	troubles: [
		{
			sign: {
				da: 'Kurset åbner, men siger, at det ikke har fundet noget læringssystem.',
				en: 'The course opens but says that it found no learning system.',
			},
			mend: {
				da: 'Indholdet ligger på et andet domæne end systemet. Brug iContent, eller bed SAP om en proxy for domænet.',
				en: 'The content lies on another domain than the system. Use iContent, or ask SAP for a proxy for the domain.',
			},
		},
		{
			sign: {
				da: 'Det sidste stykke arbejde er ikke registreret.',
				en: 'The last piece of work is not on record.',
			},
			mend: {
				da: 'Systemet logger ud efter 30 minutter uden aktivitet. Kurset gemmer ved hvert svar og siger til, hvis det ikke kan; åbn det igen på samme computer, så kommer resten med.',
				en: 'The system signs out after 30 idle minutes. The course saves at every answer and says so when it cannot; open it again on the same computer, and the rest is brought along.',
			},
		},
		...COMMON_TROUBLES.slice(1),
	],
};
