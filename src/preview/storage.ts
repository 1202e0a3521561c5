const KEY = 'theme';

/** Shows the theme chosen earlier on this device. The preview sets no cookies. */
export function recallTheme(): void {
	const theme = localStorage.getItem(KEY);
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}

export function rememberTheme(theme: 'light' | 'dark'): void {
	localStorage.setItem(KEY, theme);
}

/** Empties what packages kept in this browser, as if the next one was opened at another computer. */
export function changeComputer(): void {
	const theme = localStorage.getItem(KEY);
	localStorage.clear();
	sessionStorage.clear();
	if (theme) localStorage.setItem(KEY, theme);
}
