/** What rolldown tells of modules; `importers` are the static ones (rolldown.rs/reference/Interface.ModuleInfo). */
interface Graph {
	getModuleInfo(id: string): { importers: string[] } | null;
}

/** What every lesson page starts from: itself, the layouts around it, and Kit's own client. */
const ROOTS =
	/\[\[step\]\]\/\+page\.(svelte|ts)$|routes\/(\[lang=lang\]\/)?\+(layout|error)\.svelte$|kit\/src\/runtime\/client\/entry\.js$/;

/** Every page's words hang on one index; these are not a lesson page's, or only of its lazy parts. */
const OTHER_WORDS =
	/paraglide\/messages\/(account|certificate|coach|copy|dispatch|activity_(?!mark_(?!first|right))|admin|auth|cmi5_|form_|home|join|mail|metaphor|packages|preview|cards|search|test|practice|confidence|teach_(?!title)|verdict_(?!better)|profession_|player_(after|at_the|back_to|before|begin|best|chapter|course|drill|item|lesson_(?!steps)|lessons|new|next_|places|practice|quiz|result|resume|review|score|see|start|test|to_|try)|vignette_(first_and_best|later|message|met|metaphor|missed|of_points|path|play_as|points|replay_turn|taken|thinks|turn))/;

/** So small and so common among what is loaded lazily that it would only be one more request. */
const SHARED_BY_TYPES =
	/lib\/ui\/Bubble\.svelte|lib\/activities\/(MarkBadge\.svelte|codes\.ts|guard\.ts|shuffle\.ts)|lib\/course\/(code|scoring)\.ts/;

/**
 * How the pages of educators and administrators look, in one sheet for all of them. Every page starts
 * with a list of every other page's sheets, and a learner pays for each name in it.
 */
export const DESK_STYLES = /routes\/\[lang=lang\]\/(teach|admin)\/.*type=style|lib\/ui\/desk\.css/;

/**
 * How drills and what the coach says in them look, in one sheet: a lesson starts with a list of what
 * every type of activity is made of, too. Conversations, which a lesson may begin with, have their own.
 */
export const DRILL_STYLES =
	/lib\/activities\/(?!vignette\/|MarkBadge).*type=style|lib\/ui\/coach\/.*type=style/;

/**
 * Names the chunk of everything that a lesson page needs at once, and nothing else: a slow
 * connection pays for every request, and for every byte that some other page would have needed.
 * What is loaded lazily (a view, a picture, a lesson's words) stays in files of its own.
 */
export function lessonChunk(id: string, graph: Graph): string | null {
	if (SHARED_BY_TYPES.test(id)) return 'lesson';
	return !OTHER_WORDS.test(id) && isNeeded(id, graph, new Set()) ? 'lesson' : null;
}

function isNeeded(id: string, graph: Graph, seen: Set<string>): boolean {
	if (ROOTS.test(id)) return true;
	seen.add(id);
	return (graph.getModuleInfo(id)?.importers ?? []).some(
		(importer) => !seen.has(importer) && isNeeded(importer, graph, seen),
	);
}
