import { expect, test } from 'vitest';
import { loadCourse } from '../../authoring/loader.ts';
import { copyFiles, WORKER } from './copy.ts';

const course = loadCourse('tests/fixtures/courses/tiny').course!;
const of = {
	course,
	languages: ['en' as const],
	items: [],
	files: ['assets/x-1234.js', 'index.html', WORKER],
};
const made = (page = '<p>') =>
	copyFiles(of, (path) => new TextEncoder().encode(path === WORKER ? 'work();' : page));
const told = (script: string) =>
	JSON.parse(/^const COPY = (.*);\n/.exec(script)![1]!) as {
		version: string;
		files: Record<string, string>;
	};

test('the worker knows every file but itself, by its hash', () => {
	const { files } = told(made()[WORKER]!);
	expect(Object.keys(files).sort()).toEqual(['assets/x-1234.js', 'index.html', 'manifest.json']);
	// printf '<p>' | openssl dgst -sha256 -binary | base64
	expect(files['index.html']).toBe('sha256-M/J5lGcXcoeikmB4ChB6yY6mPdYWX2f8wNdHZ9CoIJA=');
	expect(made()[WORKER]).toMatch(/\nwork\(\);$/);
});

test('another content is another version, and the same is the same', () => {
	const version = (page?: string) => told(made(page)[WORKER]!).version;
	expect(version()).toBe(version());
	expect(version('<h1>')).not.toBe(version());
});

test('no address in the manifest leaves the folder', () => {
	const manifest = JSON.parse(made()['manifest.json']!) as {
		name: string;
		start_url: string;
		icons: { src: string }[];
	};
	expect(manifest.name).toBe(course.title.en);
	for (const address of [manifest.start_url, ...manifest.icons.map(({ src }) => src)])
		expect(new URL(address, 'https://x.example/a/b/').href).toMatch(
			/^https:\/\/x\.example\/a\/b\//,
		);
});
