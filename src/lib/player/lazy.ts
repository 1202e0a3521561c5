/** Parts of the player that not every step needs. */
export async function loadSetStep() {
	return (await import('./SetStep.svelte')).default;
}

export async function loadVerdictPanel() {
	return (await import('./VerdictPanel.svelte')).default;
}

export async function loadLessonEnd() {
	return (await import('./LessonEnd.svelte')).default;
}
