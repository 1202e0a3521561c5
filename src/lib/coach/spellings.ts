import type { Language } from '#lib/course/language.ts';

/** How people type. */
export interface Spelling {
	/** Whole words, and what they stand for. */
	words: Record<string, string>;
	/** What is glued to a word, and the word that it is. */
	endings: readonly (readonly [string, string])[];
	/** Words worth recognising where they are missed by one letter. */
	close: readonly string[];
}

const pairs = (text: string): Record<string, string> =>
	Object.fromEntries(
		text
			.trim()
			.split(/\s*[\n;]\s*/)
			.map((pair) => pair.split(':').map((side) => side.trim()) as [string, string]),
	);
const list = (text: string) => text.trim().split(/\s+/);

export const SPELLINGS: Record<Language, Spelling> = {
	da: {
		words: pairs(`
			ik: ikke; ikk: ikke; ikke': ikke; ikk': ikke; ik': ikke; ka: kan; ka': kan; ska: skal; ska': skal; sku: skulle; sku': skulle
			ku: kunne; ku': kunne; vil': vil; hva: hvad; hva': hvad; hvda: hvad; havd: hvad; vad: hvad; hvorn: hvordan; hvd: hvad
			hvordna: hvordan; hvodan: hvordan; hvirdan: hvordan; hvoran: hvordan; vordan: hvordan; hvornar: hvornår; hvornaar: hvornår
			ha: have; ha': have; ta: tage; ta': tage; gi: give; bli: blive; blir: bliver; gir: giver; tar: tager; sir: siger; ve: ved
			mig': mig; dig': dig; mej: mig; dej: dig; os': også; oss: også; osse: også; nåen: nogen; nogn: nogen; noen: nogen; nåe: noget; noge: noget; nogt: noget
			ngt: noget; ngl: nogle; da': da; li: lige; lissom: ligesom; altsaa: altså; saa: så; maa: må; paa: på; faar: får; gaar: går; naar: når; ogsaa: også
			fx: fx; f: f; bla: bla; pt: pt; jo': jo; ok: okay; oki: okay; okej: okay; ift: ift; mht: ift; dk: dk; rigdigt: rigtigt; egenligt: egentlig; egentligt: egentlig; egenlig: egentlig
			fortel: fortæl; fortaelle: fortælle; fortælel: fortælle; forstar: forstår; forstår': forstår; forklar': forklar
			lyer: lyder; liige: lige; måsk: måske; maske: måske; maaske: måske; iorden: i orden; ihvertfald: i hvert fald; istedet: i stedet; idag: i dag; igår: i går; imorgen: i morgen; iøvrigt: i øvrigt
		`),
		endings: [],
		close: list(
			`hvordan hvorfor hvornår hvilke hvilken fortæl fortælle beskriv beskrive uddybe måske forstår forstå
			oplever bekymret bekymrer smerter smerterne degeneration slidgigt ødelagt nedslidt diskusprolaps psykisk psykiske indbildt nervøs prolaps`,
		),
	},
	en: {
		words: pairs(`
			can't: can not; cant: can not; won't: will not; wont: will not; cannot: can not; shan't: shall not; ain't: is not
			dont: do not; doesnt: does not; didnt: did not; isnt: is not; arent: are not; wasnt: was not; werent: were not; havent: have not; hasnt: has not; hadnt: had not
			wouldnt: would not; couldnt: could not; shouldnt: should not; mustnt: must not
			im: i am; ive: i have; id: i would; youre: you are; youve: you have; youll: you will; youd: you would; theyre: they are; thats: that is; whats: what is; hows: how is; wheres: where is; whens: when is; theres: there is; lets: let us; let's: let us
			it's: it is; that's: that is; what's: what is; how's: how is; where's: where is; there's: there is; here's: here is; who's: who is; when's: when is; why's: why is; he's: he is; she's: she is; everything's: everything is; something's: something is; work's: work is; pain's: pain is
			its: it is; theyll: they will; theyve: they have; hes: he is; shes: she is; weve: we have; itll: it will; shoud: should; shuld: should; gonna: going to; wanna: want to; gotta: got to; gotcha: i understand; kinda: kind of; sorta: sort of; dunno: do not know; lemme: let me; gimme: give me; whatcha: what are you; coulda: could have; shoulda: should have; woulda: would have
			u: you; ur: your; r: are; y: why; waht: what; wat: what; wht: what; hwo: how; hw: how; teh: the; tel: tell; descibe: describe; discribe: describe; wut: what; wen: when; hav: have; yr: your; abt: about; pls: please; plz: please; thx: thanks; cos: because; cuz: because; coz: because; ok: okay; mhm: mm; mm-hmm: mm; uh-huh: mm; mmhm: mm; mmm: mm; hmm: mm; hm: mm; alright: okay; yep: yes; yeah: yes; yea: yes; nope: no
		`),
		endings: [
			["n't", 'not'],
			["'re", 'are'],
			["'ve", 'have'],
			["'ll", 'will'],
			["'d", 'would'],
			["'m", 'am'],
		],
		close: list(
			`completely understandable really should would describe explain understand worried degeneration degenerative arthritis crumbling unstable psychological imagining exercise
			frustrated difficult wondering curious`,
		),
	},
};
