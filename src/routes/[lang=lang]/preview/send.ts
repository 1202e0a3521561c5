import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';

interface Way {
	/** The most megabytes that are taken. */
	limit: number;
	language: string;
	/** The address where previews are begun. */
	began: string;
	/** Hears how much of the file has gone, 0–1. */
	progress: (share: number) => void;
}

const begun = v.object({ token: v.string() });
const refusal = v.object({ message: v.string() });

/**
 * Sends a package to be looked at.
 *
 * @returns what it is known by; or what is wrong, in words for the person
 */
export async function send(file: File, way: Way): Promise<{ token: string } | { trouble: string }> {
	if (file.size > way.limit * 1024 * 1024)
		return { trouble: m.preview_problem_upload({ limit: way.limit }) };
	try {
		const response = await fetch(way.began, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ name: file.name }),
		});
		const answer: unknown = await response.json();
		if (!response.ok) return { trouble: v.parse(refusal, answer).message };
		const { token } = v.parse(begun, answer);
		const trouble = await put(`${way.began}/${token}?lang=${way.language}`, file, way.progress);
		return trouble === undefined ? { token } : { trouble };
	} catch {
		return { trouble: m.preview_not_sent() };
	}
}

/** By XMLHttpRequest: `fetch` does not tell how far an upload has come. */
function put(address: string, file: File, progress: Way['progress']): Promise<string | undefined> {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open('PUT', address);
		request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
		request.onerror = () => resolve(m.preview_not_sent());
		request.onload = () => resolve(request.status === 200 ? undefined : told(request.responseText));
		request.send(file);
	});
}

function told(text: string): string {
	try {
		return v.parse(refusal, JSON.parse(text)).message;
	} catch {
		return m.preview_not_sent();
	}
}
