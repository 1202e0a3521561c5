import type { Text } from '#lib/course/text.ts';
import type { FormatName } from '#lib/packages/formats.ts';

/** How an administrator brings the course into one learning management system. */
export interface Guide {
	/** In addresses. */
	id: string;
	/** What the system is called; the same in every language. */
	name: Text;
	/** The kind of package that works best there, and why. */
	format: FormatName;
	why: Text;
	steps: GuideStep[];
	/** How to see that completion and score arrive. */
	check: Text[];
	/** What may go wrong, by what one sees, and the mend. */
	troubles: { sign: Text; mend: Text }[];
}

export interface GuideStep {
	text: Text;
	picture?: Picture;
}

/** What is drawn beside a step: what the administrator has before them, and where to look. */
export type Picture =
	/** A form of the system: names as its English edition has them, and what to put there. */
	| { kind: 'settings'; title: string; rows: { name: string; value: string }[] }
	/** The zip on its way into a field for files. */
	| { kind: 'upload'; title: string; button: string }
	/** The course in a window of its own, before the system's. */
	| { kind: 'launch'; title: string };

const both = (word: string): Text => ({ da: word, en: word });
/** A name that nobody translates. */
export const named = both;

/** A trial run, which ends every guide's list of steps. */
export const TRY: GuideStep = {
	text: {
		da: 'Prøv selv kurset som deltager, ikke som underviser: begynd en samtale, luk vinduet midt i den, og åbn kurset igen. Du skal komme tilbage til samme sted.',
		en: 'Try the course as a learner, not as a teacher: begin a conversation, close the window in the middle of it, and open the course again. You should be back where you were.',
	},
	picture: { kind: 'launch', title: 'Rygsamtalen' },
};

/** What any system may do. */
export const COMMON_TROUBLES: Guide['troubles'] = [
	{
		sign: {
			da: 'Kurset siger, at det ikke har fundet noget læringssystem.',
			en: 'The course says that it found no learning system.',
		},
		mend: {
			da: 'Det er åbnet som en fil eller fra et andet domæne end systemets eget. Upload zipfilen som kursuspakke, og lad systemet selv åbne den.',
			en: 'It was opened as a file, or from another domain than the system’s own. Upload the zip as a course package and let the system open it.',
		},
	},
	{
		sign: {
			da: 'Kurset åbner ikke, eller vinduet forsvinder straks.',
			en: 'The course does not open, or its window vanishes at once.',
		},
		mend: {
			da: 'Browseren blokerer nye vinduer. Tillad dem for systemets adresse, eller vis kurset i samme vindue.',
			en: 'The browser blocks new windows. Allow them for the system’s address, or show the course in the same window.',
		},
	},
];
