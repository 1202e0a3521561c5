import { lines, words, type Cues } from './cues.ts';

export const en: Cues = {
	groups: {
		you: words('you'),
		asker: words('you i we'),
		tell: words(
			'tell describe explain share elaborate expand telling describing explaining sharing elaborating',
		),
		openly: words('what how why more about your a the'),
		very: words(
			'really very so pretty incredibly absolutely quite such completely totally perfectly been be extremely a an bit just truly all still certainly also only too perfect total complete',
		),
		feel: words(
			'hard tough difficult frustrat* scary frightening exhausting awful rough horrible upsetting stressful tiring painful unfair lonely worrying overwhelming draining challenging annoying distressing terrible miserable disappointing unsettling isolating confusing great impressive fantastic wonderful brilliant amazing brave lovely wearing disheartening maddening demoralising infuriating unpleasant rotten miserable grim sad relief struggle blow shame',
		),
	},
	openers: lines(`
		okay|oh|right|honestly|frankly|basically|look|listen|yes|no|well|and|but|hi|hello|hey|mm|great|good|sure|fine|thanks|now|wow|like|anyway|actually|cool|perfect|excellent|absolutely|exactly|definitely|interesting|first|finally|sorry|just|also|then|lovely|nice|please|maybe|because|too|still|again|yep
		good morning; thank you; you know; i mean; i see; fair enough; of course
	`),
	smallTalk: lines(`
		(thank you|thanks) [so|very|a lot|again] [much] [for (coming|calling|waiting|your time|today|that|taking|filling) ..]; (nice|good|great|lovely) to (meet|see) you [..]; hi [there] [..]; take care [..]; i am (dr|doctor|nurse|the (nurse|physio*|doctor|chiropractor)|one of the) [..]; you are welcome; mm; okay; yes; no; great; right; sure; i see; all right; good; fine; wow; um; test; that is (great|fine|good|okay|perfect) [to hear]; noted; got it; exactly; cool
	`),
	wh: words('what how why when where who whom whose which'),
	whClosed: lines(`
		when; where; who; whose; which; how (long|often|many|much|old|bad|far|soon|severe|tall|frequently|late|early|high|likely|sure|big|strong|recently|heavy|quickly|regularly|sore|painful|bad)
		what (time|day|date|year|age|number|dose|dosage|medication*|medicine*|tablets|side|size|month|score|strength|painkillers)
	`),
	whOpen: lines(`
		where (do|would|did|does) (you|that|this) .. (see|want|think|feel|stand|like|imagine|hope|leave|idea|thought|worry|go from here|come from|want to); which (of|part|parts|things|bits|aspects|thoughts)
	`),
	finite: words(
		'do does did have has had is are was were am can could will would should may might must shall',
	),
	subjects: words(
		'you i we he she they it that this there the your any anything anyone anybody someone somebody something everything my these those pain things both all one some either not',
	),
	pronouns: lines('you|i|we|they|he|she|it'),
	noVerbs: lines(
		'you|i|we|they|he|she|it|the|a|an|your|my|this|that|these|those|there|people|things',
	),
	prepositions: lines('in|at|on|with|from|for|by|about|to'),
	takers: lines(
		'about|on|of|over|to|in|me|us|you|words|know|tell|understand|hear|see|wonder|wondering|curious|describe|explain|at|for|with|remember|sure|knowing|that|is',
	),
	subordinate: words(
		'when if because since while before after as although though whenever once unless until',
	),
	invites: lines(`
		can|could|would|will|might|may <asker> [please|just|maybe|perhaps|possibly|also|kindly|first|then] [be able to|be willing to|like to|care to|mind|try to|try and|help me [to]|be up for] [just|please] (<tell>|(talk|walk) (me|us)|talk to me|talk about|say [a] (bit|little|more|something|some)|give [me] (an|a|some|your) [..] (example|idea|sense|picture|feel|overview|bit|background)|paint|put .. (words|own)|help me [to] (understand|see|get)|take me|show me what|think of|fill me|imagine|list|name)
		(can|may|could) (i|we) [just|please] (hear|ask) [you] [a bit|a little|some] (more|what|how|why|about|your|from)
		[just] take me (through|back); help me [to] (understand|see|get); (say|share|tell) [with me] [a] [little|bit|some] [bit] (more|whatever|what|your|how); paint [me] a picture; let (us|me) hear; go on; imagine
		i (am|was|get|got) [just|really|very|quite|also|a bit|a little|still] (curious|interested|keen to (hear|know)|wondering) [about|to (hear|know)|in|what|how|why|as]; it would help [me] .. (hear|know|understand); (what|how) about (you|the|your|at|when|in|sleep|work|home); tell; describe; explain
		do you [also|still|already] have [any|some|an|a|your] [other|own|particular|good] (plan|plans|thoughts|idea*|sense|concern*|worries|question*|theor*|feeling*|suggestion*|goals|hopes|plans|guess*); any other (thoughts|ideas|concerns|worries|reasons|ways); have you [ever] (thought|considered|given) [at all|any thought|much|to] (about|how|what); has there been; is there (anything|something) .. you .. (like|want|love|hop*|wish|miss|enjoy); do you mind (<tell>|saying); do you want to <tell>
	`),
	invitesWithin: lines(`
		i (would|will|do|am|was) .. (hear|know|understand|curious|interested|wondering|wonder) [more] (about|what|how|why|your); (tell|help) me [more|a little|understand] (about|what|how|why|in your); talk me through; i wonder (what|how|why)
	`),
	invitesClosed: lines(`
		i wonder (if|whether); i (am|was) [just] (wondering|curious) (if|whether|how (long|often|many)|when|where)
	`),
	leave: lines(`
		(is|would) (it|that) [be] [all] (okay|alright|right|fine|good|helpful|useful|of interest) [with you|for you] [if|for|to] [i|we|me]; (can|could|may|might|shall) (i|we) [just|also|perhaps|maybe|please|quickly] (tell|share|explain|show|offer|suggest|give|say|examine|add|make|go|take|have|check|look|touch|feel|run|ask|talk you|come back|put|press|move|see|write|call|send|book); do you mind if (i|we); would you (like|want|prefer|be (interested|open|willing|up|happy)) [me|in|to|for|it|some|any|if] [hearing|hear|know|me|to|have|information|i|we]; shall (i|we)
	`),
	checks: lines(`
		is that [about|all] (right|fair|correct|accurate|how it is|how you|what you|true|it); does that (sound|seem|fit|capture|cover|sum) [right|fair|about|accurate|like]; (have|did|do) i [now] (got|get|understood|understand|heard|hear|missed|miss|have) [that|you|it|anything|this|all|everything]; right; correct
	`),
	fragments: lines(`any|anything`),
	tags: lines(`
		(is|are|do|does|did|have|has|was|were|will|would|can|could|should|must) [not] (it|you|that|they|there|he|she|we) [not]; right; yes; huh; eh; no; i suppose; surely; i take it
	`),
	leading: lines(`
		would it be fair to say; (should|would|could) not (a|an|anyone|most); you are surely; [deep down] you know (it|that) is; (do|would|are|have|can|could|should|did|will) not you; (do|would|are|have|can|could|should) you not; (is|was|would|does|will|must|has|did|could|should) not (it|that|this|there|the|your); (would|is|was|does) it not; surely; you (would|must|will) (agree|admit|be feeling|realize); (i|i would) (assume|take it|suppose|presume|expect|bet|imagine it is|guess) (you|it|that|the|this); obviously
	`),
	you: words('you'),
	urges: lines(`
		[really|definitely|probably|also|just|certainly|all] (should|must|ought|need to|need a|had better|have (got to|to)|are (going to have|supposed|best off)|will (want|need) to|want to (start|try|avoid|keep|make)|would (be (better|wise|best)|do well|benefit)); (can|could|might|may) [also|always|just|maybe|perhaps|even|safely|still|then|either|definitely] (ignore|forget|try|consider|start|take|use|begin|look into|build|break|swap|pace|split|set|practise|practice|apply|benefit|find it help*|want to|do worse|always (ask|call|ring|come)|add|cut|walk|go for|do some|give it|think about|ask for|join|as well)
	`),
	youInforms: lines(`
		will [probably|likely|soon|also|still|then|usually] (get|receive|be (seen|referred|called|contacted|given|offered|sent|sore|able|fine)|hear|notice|feel|find|see|have|need); (have|have got|has|had|got) .. (arthritis|degenerat*|spondyl*|stenosis|*listhesis|facet*|bulg*|protrusion*|radiculop*|appointment|referral|infection|strain|sprain|disc|condition)
	`),
	reflects: lines(`
		(it|that|this) (sounds|seems|feels|looks) .. (like|as though|as if|that you|to me|to you); so; if i (understand|hear|heard|am hearing|have understood|got|have got) (you|it|this|that); it seems you; (that|it) (scares|worries|bothers|frustrates|frightens|upsets|matters|hurts|makes|made|affects|takes|took|leaves|left|gets|weighs|wears|stops|means) .. (you|your); because you; feeling; your .. (keeps|means|feels|scares|matters|worries|comes first|took|takes|gets in|stops|holding); work (is|has|keeps)
	`),
	reflectsWithin: lines(`
		(sounds|seems|looks) [a bit|to me] like; (sounds|seems) as (though|if); am [i] hearing; i [can] hear [that] you; what i (hear|am picking); picking up; you [just|also|had|have] (said|mentioned|told me|described|shared|talked); you are (saying|telling); (other|one) hand; you were saying; (can|could) (see|tell) [that] you; i know you; sense of; you seem; it feels like
	`),
	validates: lines(`
		i (can|do|could) [..] (understand|see|appreciate|imagine|hear) [completely|totally] (why|how|that|where|it|you|this); i (understand|get) (why|how|that|you|it|completely|totally); (that|it|this) [..] (makes|make) [<very>] [a lot of|good|lots of] sense; (that|it|this|your .. ) is [<very>] [<very>] (understandable|normal|natural|reasonable|common|human|okay|real|fair|not unusual|no surprise); [not|hardly] [surprising|surprised|a surprise]; of course (you|it|that); (that|it|this|you) (must|has|has got to|sounds|would|sound|is|was|can|seems|feels|had to|could|must have) [<very>] [<very>] [like a] [<very>] <feel>; (anyone|anybody|most people|everyone|many people|lots of people|a lot of people|i) .. (would|will) .. (feel|be|worry|have|find|struggle|react|want|too|do); (good|great|nice|fantastic|excellent|amazing|brilliant|superb) (for you|job|work|on you|going|effort|that you|to hear you); (that|this|it) (is|was|takes) [<very>] [<very>] (great|fantastic|wonderful|awesome|impressive|excellent|amazing|brilliant|huge|good|brave|courage|guts|strength|big step|important (that|you)|smart|wise|no small|progress); i am [<very>] (glad|happy|sorry|impressed|pleased|proud) [you|that|to|by|with|of|it]; i believe you; you are [<very>] [not] (alone|crazy|imagining|weak|lazy|making|to blame|the only|overreacting|being); you have .. (done|worked hard|come a long|shown|coped|been through|put .. (work|effort)|every (right|reason)|a right|handled|managed|kept|a lot (on|to)|earned|good reason); you are [<very>] [<very>] (doing|working|managing|coping|handling|trying|strong|brave|patient|the expert|entitled|allowed|right (to|about|that)); you know your (own|body); kudos; that was a big (thing|step|deal); [it is] not [a] (weakness|silly|stupid|weak) to; fair play; i think [you|it|that] .. (well|impressive|great|brave|amazing|right thing|strong); fair play
	`),
	validatesWithin: lines(`
		makes [<very>] [a lot of] sense; no wonder; only natural; not surprised;  doing your best; [been] [very|so] patient with; right to come; well done; i [really] appreciate; (anyone|anybody|most people|anyone in|many people) .. would; (that|it|which) is [<very>] [<very>] (impressive|hard|tough|great|brave); proud of; credit
	`),
	advises: lines(`
		i (would|will|do) [really|strongly|definitely|also|always|just] (recommend|suggest|advise|encourage|urge|like you|want you|say (try|start|go|keep|just)|avoid|ask you|stick|aim); i [strongly|really] (recommend|suggest|advise|encourage|urge|want you|need you); i think (you|we|it|that|the best) [..] (should|need|could|would|ought|must|might|is (best|time|important|worth)|can|start|try); it (would|might|may|could|will|is) [..] (good|best|better|helpful|worth|wise|sensible|important|a good idea|useful|crucial|essential) (idea|to|if|for you|trying|thing|that you|taking|going|keeping|having); (how|what) about (if (we|you)|we|starting|taking|doing|going|you try|just|breaking|using|giving|adding|*ing); how about (some|a|*ing); could you [perhaps|maybe|possibly] try; why do not (you|we); (maybe|perhaps) (you|we|it|a|try|start) [..] (should|could|can|might|try|would|worth|walk|short); what i (would|want|suggest|recommend) ..; better to; [the] next step (would|could|is); you would better; you do not (need|have) to; have a (think|go|rest|word)
		[so|please|and|then|instead|always|only|simply|just|maybe|or|also] try|take|do|keep|avoid|start|use|make|remember|rest|stretch|stay|stop|get|put|come|call|ring|ask|see|walk|move|lie|sit|stand|lift|bend|eat|drink|sleep|let|be|set|write|focus|work|build|begin|listen|never|continue|book|bring|cut|aim|pace|break|apply|hold|breathe|relax|increase|reduce|swap|check|contact|exercise|consider|spread|stick|pick|choose|ease|pop|cancel|ignore|forget|carry|leave|plan|wait|trust|turn|push|cross|track|lose|limit|gradually|slowly|download|google|join|treat|steer|save|throw|warm|wear|ice|phone|give|find|go|look|read|return|swim|cycle|run|drop|slow|distract|practise|practice|speak|talk|pull|mind|wear
		do not [just|ever] (lift|bend|worry|do|go|sit|stop|try|be|let|push|overdo|take|rest|move|twist|google|stay|use|forget|give|lie|carry|run|avoid|hesitate|ignore|skip|panic|stress|wait|drive)
	`),
	advisesWithin: lines(`
		if i (were|was) you; you (should|need to|ought to|have to|must|could try|might want to|had better) [..]; we should; my advice
	`),
	informs: lines(`
		[and] so (i|we|let|what (i|we)|today|now|in|this is|one of|for (women|men|people|most|example)|the (next|plan|reason|aim|idea|good|guideline*|research|evidence)|most|if you|before|you will|you can|you need|basically i); pain|backs|spine*|muscles|nerves|discs|research|studies|scans|exercise|movement|sleep|stress|evidence|guidelines|people|many|some|about|around|nine|three|four|half|there|we|these|those|they|nothing|everything|flare*|arthritis|worn|degenerative|this|that|it|if|when|because; the .. (is|are|was|were|shows|show|says|will|can|has|have|means|does); i (am|will|have|can|see|know|found|checked|looked|spoke|wrote|do|did|was|wanted|sent|use|usually|always|also); your [..] (scan|mri|x-ray|blood*|results|reflexes|test*|disc*|joint*|spine|back|muscles|nerves|exam*|appointment|prescription|referral|strength|pelvis|core|bones|nervous|body|brain|pain) [..] (is|are|show|shows|was|were|look|looks|came|will|has|have|can|gets|may|might|turns); in (about|most|fact|general|my|this|some); the (next|reason|aim|idea|purpose|way|problem|nerve|joint|good news|bad news|physio|letter|tablets|medication)
	`),
	informsWithin: lines(`
		most people; research; weeks; get better; because (the|pain|your); side effects; appointment; clinic; programme
	`),
	feelings: words(
		'afraid scared worried anxious frustrated angry tired upset sad guilty ashamed lonely stuck torn lost hopeless helpless exhausted overwhelmed annoyed irritated proud relieved hopeful hope disappointed miss missing hard tough difficult struggling struggle important matters love fear dread unsure uncertain nervous stressed down ready confident fed sick',
	),
	matters: words(
		'pain back* spin* muscle* scan* mri x-ray disc* disk* nerv* joint* medic* tablet* pill* exercis* train* appoint* treat* week* month* refer* clinic* result* blood* doctor* physio* research* stud* evidence bone* body brain percent most people many patient* test* report* letter* injur* heal* recover* settle* risk* dose* drug* damage* stress* safe danger*',
	),
	self: lines('i|my|me|we|us|our'),
	ahead: lines(
		'will|should|shall|can; going to; (need|have) to; recommend*|suggest*; if (you|that)',
	),
	greets: lines('thank|thanks|hi|hello|welcome; coming in; (nice|good) to (see|meet)'),
	contrasts: lines('but; same time; other hand'),
	negators: lines(
		'not|no|never|nothing|none|neither|nor|without|hardly|nobody|forget|ignore; instead of',
	),
	granted: lines('with (a|an|your|all|that|this|such); now (that|your|you)'),
	topics: lines('you|your|it|the|there|those|these'),
	breaks: lines(
		'but|so|otherwise|therefore|instead|because|however|although|wonder|surpris*; more than',
	),
	names: lines('call|called|known as|name for'),
	attributes: lines(`
		you [..] (say|said|mention*|told|think|thought|believe*|heard|hear|read|fear*|worry|wonder*|call|called|describe*|feel|felt|use|used|asked|googled|wrote|picture|imagine); you [..] (are|were|have|have been|got) [..] (worried|afraid|scared|told|heard|read|thinking|anxious|concerned|convinced|shown|given|frightened|terrified|imagining|picturing); myth; say|says|said|called|calls|tell|tells|told|thinks|thought|claims|described|describes|mentioned|believed|believes; word
	`),
	explains: lines(`
		(that|this|it|which) (is [just]|are|means|just means|simply means|basically means); meaning; means [that]; i mean; as in; you know the
	`),
};
