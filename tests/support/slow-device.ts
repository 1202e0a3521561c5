import type { Page } from '@playwright/test';

/** A slow disk: the database on the device opens seconds later, and then the page says so as `data-opened`. */
export async function openLate(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const setter = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess')!.set!;
		Object.defineProperty(IDBOpenDBRequest.prototype, 'onsuccess', {
			set(this: IDBOpenDBRequest, heard: (event: Event) => void) {
				const late = (event: Event) => {
					document.documentElement.dataset.opened = '';
					heard.call(this, event);
				};
				setter.call(this, (event: Event) => setTimeout(late, 4_000, event));
			},
		});
	});
}
