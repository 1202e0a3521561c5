const KEY = 'theme';

/** Shows the theme chosen earlier on this device. The preview sets no cookies. */
export function recallTheme(): void {
	const theme = localStorage.getItem(KEY);
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}

export function rememberTheme(theme: 'light' | 'dark'): void {
	localStorage.setItem(KEY, theme);
}
