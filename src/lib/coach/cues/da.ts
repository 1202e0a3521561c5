import { lines, words, type Cues } from './cues.ts';

export const da: Cues = {
	groups: {
		you: words('du de'),
		asker: words('du de jeg vi'),
		tell: words('fortælle beskrive uddybe forklare dele'),
		openly: words('hvad hvordan hvorfor hvilke hvilken hvem mere lidt noget om din dit dine'),
		feel: words(
			'hård* svær* tung* frustrerende træls ubehagelig* skræmmende opslidende drænende ensom* uretfærdig* urimelig* irriterende ulidelig* trist* voldsom* belastende anstrengende bekymrende udmattende forvirrende kedelig* sårende uhyggelig* barsk* sur* nedslående rart dejlig* lettende modig* flot* sej* stærk* imponerende godt fint ærgerlig* hæslig* nedtur utrygt rædsom* forfærdelig* stressende',
		),
		very: words(
			'virkelig rigtig meget så helt jo da også ret nok simpelthen bare godt vist altså lidt super mega ikke fuldt fuldstændig alt egentlig faktisk sgu næsten',
		),
	},
	openers: lines(`
		okay|ja|jo|nej|nå|altså|hej|ærligt|hejsa|godmorgen|mm|åh|aha|fint|tak|og|men|jamen|javel|kære|undskyld|hør|egentlig|lige|først|perfekt|klart|selvfølgelig|præcis|velkommen
		nå ja; nå men; ja ja; hej igen; sig mig; ved du hvad; det er (fint|godt|okay|i orden); okay så; til sidst; for
	`),
	smallTalk: lines(`
		[mange|selv|tusind] tak [for (i dag|sidst|snakken|at du kom|din tid|denne gang)]; tak skal du have; hej [med] dig; hej hej; hov [..]; farvel; kom [bare] (indenfor|ind) [..]; sid ned [..]; velkommen [..]; pas på dig selv; tak for (det|nu|hjælpen); pt ..; det (lyder|er) (godt|fint|helt fint); fint nok; godt så; [lige] [et] øjeblik [..]; sikke et vejr; modtaget; noteret; lol; test; hils [..]; okay [så]; det samme; i lige måde; ses
	`),
	wh: words('hvad hvordan hvorfor hvilke hvilken hvilket hvem hvor hvornår hvorhen hvorledes'),
	whClosed: lines(`
		hvornår; hvor; hvem
		hvilken|hvilket|hvilke [af] [de] [to] [smertestillende|slags] side|dag|uge|måned|år|fod|ben|arm|hånd|læge|medicin|pille*|præparat*|tidspunkt|afdeling|sygehus|type|slags|tal|finger*|tæer|stilling*|øvelse*|knæ|hofte|job|kiropraktor|fysioterapeut|undersøgelse*|scanning*|retning*|arbejde|fag|apotek
		hvad (hedder|vejer|dato|tid); hvad (arbejder|laver) du [som|med|til daglig]
	`),
	whOpen: lines(`
		hvor kommer .. (tanke*|bekymring*|frygt*|overbevisning*|ide) .. fra
	`),
	finite: words(`
		er har kan vil skal må bør var havde kunne ville skulle måtte burde får fik bliver blev gør gjorde går gik kommer kom tager tog tror troede tænker tænkte føler følte oplever oplevede synes syntes syns ved vidste ser hører hørte siger sagde sover sov spiser drikker ryger træner trænede arbejder dyrker bruger brugte hjælper hjalp virker passer mener mærker mærkede kender savner ønsker håber frygter bekymrer lyder giver gav holder holdt står stod sidder sad ligger lå løfter bor lever plejer behøver tør orker stråler gider vågner snurrer svier prikker trækker jager brænder husker prøver klarer lykkes betyder fungerer begyndte startede kalder tåler kører cykler løber svømmer laver nyder forstår søger fylder påvirker lindrer generer trives døjer lider kniber drømmer undgår skete sker
	`),
	subjects: words(`
		du de jeg vi han hun den det der man din dit dine deres jeres min mit mine nogen noget nogle smert* ryg* ben benene benet kroppen medicin* pillerne øvelserne træningen behandlingen arbejdet jobbet familien dem maven blæren lænden søvnen alt alle andre folk begge fødderne foden armen armene lægen chefen kollegerne børnene
	`),
	pronouns: lines('du|de|jeg|vi|han|hun|man|det|den'),
	noVerbs: lines(
		'eller|efter|over|under|der|her|hver|mere|bare|siden|for|før|hvor|selvfølgelig|derfor|altså|ofte|lidt|helt|bedre|værre|samme|rigtig|desværre|alle|nogle|hele|måske|ikke|ligesom|sammen|faster|mor|far|år|par|når|da|så|og|men|at|om|som|fordi|hvis|også|de|smerter|timer|uger|måneder|dage|tider',
	),
	prepositions: lines('på|i|med|fra|til|af|hos|om|ved|under'),
	takers: lines(
		'om|på|med|ved|til|af|for|i|over|hvad|at|fortæl|fortælle|vide|høre|forstå|beskrive|beskriv|forklare|se',
	),
	subordinate: words('når hvis da fordi siden selvom mens inden før efter imens'),
	invites: lines(`
		har <you> [selv] [gjort dig|haft|en|et|nogle|nogen|noget] [selv|egne|nogle] tanke*|overvejelse*|bud|ide|ideer|erfaring*|forestilling*|forslag|ønske*|fornemmelse|gæt|forventning*
		vil|kan|kunne|gider|må|tør <asker> [godt|gerne|ikke|lige|evt|måske|prøve|mon|kort] [godt|gerne|ikke|lige|at|have] [lyst til|at] [at] <tell>
		vil|kan|kunne|gider|tør <asker> .. (sige [lidt|noget] [mere]|sætte .. ord|give .. (eksempel|billede|indtryk|indblik)|tage mig|hjælpe mig [med|til] [at] .. forstå|vise mig|male|tegne|komme .. ind på|gå [lidt] .. i dybden|prøve at (huske|forestille|tænke)|tænke højt|begynde forfra)
		må|kan|kunne jeg|vi [gerne|godt|lige|ikke|få] [lov] [til] [at] (høre|spørge) [dig] [lidt|noget|ind] [til|om] <openly>; må|kan jeg .. (få dig til at|bede dig .. fortælle)
		har|fik <you> [selv] [lyst til|mod på] .. (fortælle|sige|dele|uddybe|beskrive|tale om|snakke om)
		[prøv|og|bare] [lige|bare|endelig|at] fortæl|beskriv|uddyb|forklar|fortælle|beskrive; prøv [at|lige|engang] .. (sætte .. ord|sæt .. ord|beskrive|fortælle|uddybe|forklare|beskriv|fortæl); prøv at (tage|tag) mig; sæt .. ord; giv mig .. (eksempel|billede|indtryk|indblik|fornemmelse); tag mig [lige] (med|igennem|gennem); lad (mig|os) høre; [kom bare|begynd|start] [bare|lige] (forfra|fra begyndelsen|hvor du vil|der hvor|med begyndelsen|med det der); vis mig; nævn; uddyb
		jeg (er|bliver) .. (nysgerrig|interesseret|optaget af); [det] kunne være .. (at|høre) .. <openly>; tanker om; fortæl*
	`),
	invitesWithin: lines(`
		jeg .. (høre|vide|forstå|nysgerrig|interesseret|undrer mig|spekulerer|tænker) .. (hvad|hvordan|hvorfor|hvilke); [så|og|men|derfor] (fortæl|beskriv) [lige|bare|endelig] (mig|os|det|hvad|hvordan|lidt|om|gerne); hjælpe mig [at|med] .. (at|vide|forstå|høre); mærk .. fortæl; skriv .. (linjer|ord) .. (hvad|hvordan|om)
	`),
	invitesClosed: lines(`
		jeg (vil|skal|ville|mangler) .. (vide|høre) [dig] (om (du|de|der|det|smert*|i)|hvor længe|hvor tit|hvor mange|hvor ofte|hvornår|hvilken|hvor meget); mon; (kan|vil) du [godt|lige|prøve at] (pege|løfte|bøje|strække|gå|stå|mærke|skubbe|klemme|vise mig hvor|sætte tal|vurdere)
	`),
	leave: lines(`
		[er|ville|vil] det [være] (okay|ok|i orden|fint) [for dig|med dig|med det] [hvis|at] [jeg|vi]; okay (hvis|at) jeg; må|kan jeg [godt|lige|få|gerne|evt|nu] [lov] [til] [at] (fortælle|dele|forklare|vise|give|foreslå|komme|sige|mærke|undersøge|stille|se|ringe|skrive|lave|tage|måle|kigge|bruge|røre|lytte|tegne); (vil|kunne) du [gerne|godt] [tænke dig|have lyst til|være interesseret i] [at] høre [noget|om|hvad|lidt|mit|et|mere]; må jeg [kort|lige] .. (et råd|et forslag|en idé|en ide|et bud)
	`),
	checks: lines(`
		[er|var] det [så] [helt|nogenlunde] (rigtigt|korrekt) [forstået|hørt|opfattet]; (har|fik) jeg (forstået|fået|hørt|fanget|misforstået|opfattet) [dig|det] [hele|alt] [ret|rigtigt|korrekt|med]; forstår jeg [dig|det] [ret|rigtigt|korrekt]; er det [også] sådan [det|du]; har jeg (fat i|ret i|glemt|overset); rigtigt [forstået]; ikke sandt; har jeg det rigtigt
	`),
	fragments: lines(`(noget|nogen|nogle) [..] (du|feber|problemer|smerter|andet|nyt|mere)`),
	tags: lines(
		`ikke; vel; ikke (også|sandt|rigtigt|det|ogs*); [eller] hvad; eller; (gør|har|er|kan|vil|skal|gjorde|var|tager|tror) (du|det|der|den|de) [ikke|vel]; vel ikke; hva; rigtigt; hva så; mon ikke`,
	),
	leading: lines(`
		<you> .. vel [også|nok|heller|bare|ikke]; [nu] er <you> vel; skal vi ikke [være|blive] enige; [jeg] går [da|jo] ud fra; (der|det) er [da|jo] vel; (kan|skal) (du|vi) ikke [godt|bare|lige] (blive enige|se|mærke|høre|forstå); <you> .. da [ikke|helt|godt] .. (vel|ikke); <you> kan da [godt]; (vil|føler|oplever|bliver) <you> ikke [selv|hellere|bare|lidt|at]; (kunne|ville) det ikke [tænkes|være]; er det her ikke; indrøm; det .. vel [også|nok|bare|mest|ikke]; det må da; er (det|der) ikke [bare|nok|fordi|også|måske|typisk|mest|lidt|noget|rigtigt|i virkeligheden|egentlig|sådan]; mon [det] ikke; synes|tror|mener|syns <you> [selv] ikke;  (var|er|kan|kunne|ville) det ikke (fordi|tænkes|være|bare); kan <you> ikke [selv] (se|høre|mærke|godt); (burde|skulle|kunne) <you> ikke [selv|hellere|bare|snart]; er <you> [selv] ikke [bare|lidt|også|enig]; har <you> ikke [bare|selv|også|lagt mærke]; hvor meget (bedre|lettere|værre)
	`),
	you: words('du de'),
	urges: lines(`
		[vil|kan] [nok|jo|virkelig|altså|bare|også|som minimum] (skal|bør|burde|skulle) [du|de|i]; må [du] (hellere|ikke|aldrig|endelig|se at|huske|prøve|sørge|altså|meget gerne); er .. nødt til; behøver; kan [du] [med fordel|roligt|sagtens|jo|godt|evt|eventuelt|måske|fx|også|bare|altid|starte|begynde|for eksempel] (prøve|starte|begynde|overveje|tage|bruge|lave|lægge|gå|gøre|cykle|svømme|dele|øve|skrive|bede|ringe|træne|stille|sætte|aftale|nøjes|holde|undgå|med fordel); kunne [du] .. (prøve|overveje|starte|begynde|have glæde|have gavn|tage)
	`),
	youInforms: lines(`
		(får|vil få|vil blive|vil modtage|vil kunne|vil mærke|vil opleve|fik|kommer til|bliver) .. (tid|svar|brev|indkald*|recept|henvist|henvis*|resultat*|medicin|ringet|besked|scannet|opereret|blokade|øm|ømhed|bedre|indlagt|skema*|plan|program); er [nok|bare|lidt|jo] .. (sart|hypokonder|doven*|pylret); har .. (diskus*|slidgigt|spondyl*|stenose|*listese|facet*|degen*|forkalk*|radikul*|nociplast*|modic*|fejlstilling|instabil*|brud|rodtryk*|iskias|forandring*|ret til)
	`),
	reflects: lines(`
		så du; så (det|for dig|dine|din|ryggen|smert*|arbejdet|på den ene|når|selvom|egentlig|alt|nu|både|hver); [så] det (lyder|virker) .. (som [om]|til [at]|på dig); (hvis|når) jeg (forstår|hører|har forstået) dig; jeg hører; jeg (kan mærke på|får .. (indtryk|fornemmelse)); hvis jeg [lige|skal|må] .. (opsummer*|saml*|sammenfatt*|gentag*); det er .. der [er] (det|fylder|bekymrer|gør|holder|generer|trykker|betyder|er sværest|er værst|stopper|driller|skræmmer|irriterer|rammer); [og] for dig (er|handler|betyder); (en|noget) [stor] [del] (af|i) dig; indeni; inderst inde; det .. <you> (savner|frygter|ønsker|håber) [mest]; på den ene; det (fylder|bekymrer|skræmmer|irriterer|trykker|rammer|slider|gik|går|koster|tager|gør|gjorde|betyder|giver|har) .. (dig|din|dit|dine|meget|mest); både; hverken; bare tanken; og nu; det har [altså] (stået på|varet|fyldt|været); du har altså; det er som om; så i dine øjne; [lidt] som om
	`),
	reflectsWithin: lines(`
		det lyder .. som om; lyder (det|som om|til at); det lyder som (noget|en|et); jeg hører (dig|at|i); med andre ord; du (fortæller|siger|nævner|nævnte|sagde|skrev|skriver); fylder mest
	`),
	validates: lines(`
		[det|jeg] kan jeg .. (forstå|sætte mig ind|følge); jeg kan [sagtens|virkelig|rigtig|kun|så] [godt] [sagtens] (forstå|følge dig|sætte mig); jeg forstår [sagtens|virkelig|fuldt|rigtig|udmærket|så] [godt|ud]
		det er [<very>] [<very>] (forståelig*|naturlig*|rimelig*|berettiget|okay|i orden|klart|normalt|almindelig*|fair) [nok]; det giver [<very>] [god|fin] mening; det er [<very>] (mærkelig*|underlig*|sært|mærkværdig*); [det er] ikke [så|spor|noget] (mærkelig*|underlig*|sært|overraskende); [det er] [helt] (klart|selvfølgelig*|naturligt) [at]; det må [<very>] (være|have været|føles|have føltes|gøre) [<very>] <feel>; det (lyder|var|har været|er) [<very>] [<very>] <feel>; [hvor] (flot|godt|stærkt|modigt|fint|rart|dejligt|træls|ærgerligt|hårdt|svært|synd|klogt|imponerende) [at|gået|klaret|kæmpet|af|du|arbejde|tænkt|set]; sikke (noget|en|et|du|meget) [<feel>]; jeg er .. (glad for|imponeret|ked af at|rørt); jeg synes .. (flot|stærkt|godt [gået|klaret|at]|modigt|imponerende|godt); <you> er [<very>] (alene|den eneste|skør|svag|pylret|doven|til besvær); hvem ville; (de fleste|mange|andre) .. ville .. (gøre|have|være|blive|føle|reagere); [det er] .. ikke [spor] dumt|tåbeligt; (ikke|næsten) andet end at (blive|være); (grund|noget) .. at være stolt [af]; selvfølgelig er <you>; [det] skal du have ros; respekt værd; [det] forstår jeg [virkelig|rigtig|fuldt|sagtens|så|meget] godt; sådan ville jeg; (alle|enhver|mange) ville (være|have|blive|føle); [der] .. ikke noget at sige til; jeg tror på dig; [rigtig|virkelig] godt spørgsmål; på sin plads; <you> er .. ikke (doven|pivet|svag|pylret|skør|skyld); det er .. ikke [så|spor] (pivet|dovent|mærkeligt|svagt|dumt); [ej] hvor (er|har) [det|du|i] .. (sejt|flot|stærkt|godt|imponerende|modigt|knoklet|kæmpet|klaret|hårdt|svært); [det] ville [enhver|alle|de fleste|mange|jeg|andre] .. (have|være|blive|føle|gøre|reagere|også); enhver; <you> har [<very>] (ret [i]|al [mulig] ret|al mulig|god grund|fuldt|lov|fat i|gjort .. (meget|flot|godt|indsats|rigtige|bedste)|kæmpet|holdt ud|klaret|været (stærk)|taget (et|fat)|været igennem|måttet .. meget|prøvet .. (imponer*|respekt*)); det er okay at; <you> (må gerne|må godt|har lov til) .. (være|blive|græde|sige); jeg kan (høre|se|mærke) [på dig] .. (hårdt|svært|meget|kæmp*|ramt|bekymr*|påvirk*|umage|frustrer*|ked|slider|tungt|koster|fylder|betyder); respekt; hold da op; puha; uha; av; forståeligt nok; det er [<very>] [<very>] [en|et] [<very>] (svær|hård|stor|kæmpe|stort) (situation|skridt|tid|omgang|periode|mundfuld|beslutning); jeg ville [også] (have|være|blive|føle|reagere); kan [jeg] [godt] (forstå|se hvorfor); kæmpe
	`),
	validatesWithin: lines(`
		kan jeg .. godt forstå; forstår jeg godt; (helt|fuldt) forståeligt
	`),
	advises: lines(`
		næste skridt; du må hellere; jeg (vil|ville) .. (anbefale|foreslå|have dig til|bede dig); jeg (anbefaler|foreslår|råder|opfordrer|beder dig); mit [bedste] (råd|forslag); min anbefaling; det (bedste|vigtigste) [du|er|vil|råd|for]; det (er|ville|vil|kunne|kan) [være] [nok|måske|også|helt|klart] [en] [rigtig|fin|<very>] (god (ide|idé|plan)|fint hvis|klogt|bedst (at|hvis|for)|godt (hvis|for dig at|at)|vigtigt (at|du|for)|fornuftigt|en fordel|værd at); (hvad med|hvad siger du til|hvad hvis|hvad nu hvis) (at|du|vi|en|lidt|noget); hvad med; måske (skulle|kunne|kan|bør|burde|skal|er|var|du|en); kunne (du|vi|det) .. (prøve|overveje|være en (ide|idé)|gå|tage|starte|begynde); skal vi [ikke|lige|måske] (prøve|aftale|lave|lægge|sige|starte|begynde|tage); vi (kan|kunne|skal|bør|må) .. (prøve|aftale|lave|starte|begynde|lægge|tage|arbejde|øge|skrue|trappe|sætte|finde); lad os; så (skal|bør|må) du; forsøg; en (gåtur|pause|daglig)
		[så|og|derfor|bare|eller|men] [bare|lige|endelig] prøv|tag|gå|lav|hold|husk|undgå|start|begynd|kom|ring|brug|lyt|sov|pas|vær|læg|stræk|bevæg|stop|drop|skru|find|skriv|se|vent|tænk|giv|få|søg|bed|kontakt|bestil|sørg|accepter|sæt|drik|løb|løft|byg|varm|stå|rejs|bliv|øv|mærk|træk|sig|fordel|skift|køb|tal|snak|slap|gør|lad|planlæg|glem|luk|vælg|del|trap|bøj|gang|stil|spørg|vend|rul|mind|ud|op
	`),
	advisesWithin: lines(`
		vil jeg [klart] (anbefale|foreslå); (du|i) (skal|bør|burde) [ikke|bare|huske|prøve|hellere]; (skal|bør|burde) du [ikke|bare|prøve|hellere|lige]; (god|bedre) (ide|idé); kan du [med fordel|roligt|prøve|starte|begynde]; så (prøv|tag|gå|hold|husk|start|ring|kom|brug)
	`),
	informs: lines(`
		[de] fleste; smert*|ryg*|lænde*|musk*|krop*|hjerne*|nerve*|disk*|led|leddene|leddet|knogle*|forskning*|undersøgelse*|scanning*|billede*|blodprøve*|behandling*|medicin*|pille*|øvelse*|træning*|motion|bevægelse|søvn|stress|hold|langvarig*|kronisk*|mange|nogle|ca|omkring|cirka|næsten|prøverne|svaret|resultat*|problemet|årsagen|grunden|formålet|planen|næste|en|et|det|den|når|hvis|fordi; vi (ved|kan|ser|har|finder|fandt|tager|måler|mødes|ses|ringer|sender|undersøger|kalder|skriver|følger|plejer|bruger|er|begynder|arbejder|regner); jeg; der; din|dit|dine
	`),
	informsWithin: lines(`
		forskning*; studier; viser at; betyder at; skyldes; nervesystemet; procent; ud af; i løbet af; ikke farligt; går [som regel] over; kaldes; scanningen; blodprøverne; hjernen; fordi; henvisning
	`),
	feelings: words(`
		bange bekymret bekymrer nervøs ked træt frustreret frustrerende vred usikker urolig lettet glad stolt skuffet ærgerlig opgivende rådvild alene presset trist ensom skyld skam frygt frygter angst uro savner mister håb håber fylder tynger svært hårdt tungt træls splittet udmattet drænet magtesløs hjælpeløs fanget tillid modløs sorg lyst overskud orker tvivl overvældet irriteret tør fortvivlet mistet opgivet
	`),
	matters: words(
		'smert* muskel* muskl* skan* mr røntgen disk* nerve* led* medicin* pille* træn* øvelse* behandl* uger forsk* undersøg* svar* kroppen hjernen procent fleste mange patient* test* henvis* læge* farlig*',
	),
	self: lines('jeg|mig|min|mit|mine|vi|os|vores'),
	ahead: lines('vil|bør|skal|kan; hvis (du|det)'),
	greets: lines('tak|hej|velkommen; godt at (se|møde)'),
	contrasts: lines('men|samtidig; anden side'),
	negators: lines(
		'ikke|ingen|intet|aldrig|hverken|uden|næppe|ej|modsat|glem; lad .. være; i stedet for; langt fra',
	),
	granted: lines('med (alt|sådan|en|et|den|det|din|dit); nu (hvor|du)'),
	topics: lines('du|din|dit|dine|den|det|der'),
	breaks: lines('men|så|ellers|derfor|derimod|alligevel|tværtimod; andet end'),
	names: lines('kalder|kaldes|hedder|navn*|hvor'),
	attributes: lines(`
		<you> [selv] (siger|sagde|nævn*|fortæl*|fortalte|skriver|skrev|beskriver|tror|troede|tænker|tænkte|frygter|kalder|spørger|læste|hørte|bruger|brugte|føler|oplever|forestiller); <you> (har|er|fik|havde|blev|går) .. (fået|læst|hørt|bange|bekymret|nervøs|fortalt|tænkt|talt|sagt|skrevet|overbevist|urolig|googlet|kaldt|vide|rundt|undersøgt); (siger|tror|tænker|frygter|kalder|føler) <you>; (bange|bekymret|nervøs|urolig|frygt*|angst) [for]; [er|blev|blevet|fået|få|fik] (kaldt|at vide|stillet|besked|fortalt|sagt); (der|som) (stod|står|nogen); ordet|ordene|udtrykket|myte*; betyder ikke; siger|sagde|mente|mener|kaldte|kalder|skrev|troede|fortalte|troet|påstod|hedder; (i dine øjne|i dit hoved|for dig er|forestiller dig|det ord|de ord|din frygt|din bekymring); tanken om; i tvivl
	`),
	explains: lines(`
		dvs; altså; [det|hvilket|som|der] betyder; kaldes; [det] hedder; såkaldt*; med andre ord; som er; hvor; der gør; på latin; tænk på; ligesom; svarer til; er [bare] (et|en|når|at|det)
	`),
};
