export interface Updates {
	/** Told when every file is on this device, so that no connection is needed any more. */
	onstored: () => void;
	/** Told when a new version is there; it waits for `takeOver`, or until every page is closed. */
	onready: () => void;
}

/**
 * Has the service worker keep the copy on this device, and listens for new versions of it. Where
 * there is no service worker to be had (no https, an old browser, a private window) nothing happens:
 * the course then works as long as there is a connection.
 *
 * @returns how to go on in the new version, at the place where one is
 */
export async function keepOnDevice({ onstored, onready }: Updates): Promise<() => void> {
	const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
	const registration = await container
		?.register('service-worker.js', { updateViaCache: 'none' })
		.catch(() => undefined);
	if (!container || !registration) return () => location.reload();

	let controlled = container.controller !== null;
	const look = () => {
		if (registration.active) onstored();
		if (registration.waiting && controlled) onready();
	};
	const follow = () => registration.installing?.addEventListener('statechange', look);
	registration.addEventListener('updatefound', follow);
	container.addEventListener('controllerchange', () => {
		// Not the first one: another page has taken over a new version.
		if (controlled) onready();
		controlled = true;
		look();
	});
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
	});
	follow();
	look();

	return () => {
		const { waiting } = registration;
		if (!waiting) return location.reload();
		container.addEventListener('controllerchange', () => location.reload(), { once: true });
		waiting.postMessage('take-over');
	};
}
