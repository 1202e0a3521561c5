import { en as cues } from '../cues/en.ts';
import lexicon from '../lexicon/en.json' with { type: 'json' };
import type { Lexicon } from '../lexicon/lexicon.ts';
import { knowledgeOf } from '../knowledge.ts';
import { list, pairs, type Spelling } from '../spellings.ts';

const spelling: Spelling = {
	words: pairs(`
			can't: can not; cant: can not; won't: will not; wont: will not; cannot: can not; shan't: shall not; ain't: is not
			dont: do not; doesnt: does not; didnt: did not; isnt: is not; arent: are not; wasnt: was not; werent: were not; havent: have not; hasnt: has not; hadnt: had not
			wouldnt: would not; couldnt: could not; shouldnt: should not; mustnt: must not
			im: i am; ive: i have; id: i would; youre: you are; youve: you have; youll: you will; youd: you would; theyre: they are; lets: let us; let's: let us
			theyll: they will; theyve: they have; weve: we have; itll: it will; shoud: should; shuld: should; gonna: going to; wanna: want to; gotta: got to; gotcha: i understand; kinda: kind of; sorta: sort of; dunno: do not know; lemme: let me; gimme: give me; whatcha: what are you; coulda: could have; shoulda: should have; woulda: would have
			u: you; ur: your; r: are; y: why; waht: what; wat: what; wht: what; hwo: how; hw: how; teh: the; tel: tell; descibe: describe; discribe: describe; wut: what; wen: when; hav: have; yr: your; abt: about; pls: please; plz: please; thx: thanks; cos: because; cuz: because; coz: because; ok: okay; mhm: mm; mm-hmm: mm; uh-huh: mm; mmhm: mm; mmm: mm; hmm: mm; hm: mm; alright: okay; yep: yes; yeah: yes; yea: yes; nope: no
		`),
	is: /^(?:(it|that|what|how|where|there|here|who|when|why|he|she|everything|something)'?|(work|pain|car|scan)')s$/,
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
};

/** What the coach knows of English. */
export const en = knowledgeOf('en', {
	cues,
	lexicon: lexicon as Lexicon,
	spelling,
	fillers: ['um', 'uh', 'uhm', 'er', 'erm'],
});
