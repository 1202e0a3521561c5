/** A storage of this browser; reading it alone throws where frames may not store anything. */
export function storageNamed(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
	try {
		return window[name];
	} catch {
		return undefined;
	}
}
