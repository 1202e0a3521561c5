const KEY = 'theme';

/** Shows the theme chosen earlier on this device; a package sets no cookies. */
export function recallTheme(): void {
	try {
		const theme = localStorage.getItem(KEY);
		if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
	} catch {
		return;
	}
}

export function rememberTheme(theme: 'light' | 'dark'): void {
	try {
		localStorage.setItem(KEY, theme);
	} catch {
		return;
	}
}
