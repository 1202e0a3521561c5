import { da as cues } from '../cues/da.ts';
import lexicon from '../lexicon/da.json' with { type: 'json' };
import type { Lexicon } from '../lexicon/lexicon.ts';
import { knowledgeOf } from '../knowledge.ts';
import { list, pairs, type Spelling } from '../spellings.ts';

const spelling: Spelling = {
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
		`hvordan hvorfor hvornår fortæl fortælle beskriv beskrive uddybe måske forstår forstå
			oplever bekymret bekymrer smerter smerterne degeneration slidgigt ødelagt nedslidt diskusprolaps psykisk psykiske indbildt nervøs prolaps`,
	),
};

/** What the coach knows of Danish. */
export const da = knowledgeOf('da', {
	cues,
	lexicon: lexicon as Lexicon,
	spelling,
	fillers: ['øh', 'øhm', 'hmm'],
});
