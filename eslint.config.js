import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * Who may import whom: for each folder under `src` what it may use beside itself. The core stays
 * pure, the player does not know where it runs, and no activity type leans on another.
 */
const MAY_IMPORT = {
	'lib/course': [],
	'lib/progress': ['lib/course'],
	'lib/coach': ['lib/course/language.ts'],
	'lib/activities': ['lib/course', 'lib/coach', 'lib/ui', 'lib/paraglide'],
	'lib/xapi': ['lib/course', 'lib/progress', 'lib/activities/contract.ts'],
	'lib/cmi5': [
		'lib/course/language.ts',
		'lib/xapi',
		'lib/preview/xml.ts',
		'lib/preview/problem.ts',
	],
	'lib/tracking': ['lib/course', 'lib/progress', 'lib/xapi', 'lib/activities/contract.ts'],
	'lib/packages': ['lib/course', 'lib/xapi/iris.ts', 'lib/xapi/statement.ts'],
	'lib/guides': ['lib/course', 'lib/packages'],
	'lib/preview': ['lib/tracking/scorm', 'lib/course/language.ts', 'lib/paraglide'],
	// What the coach says is shown alike in drills, debriefs and on its own page.
	'lib/ui': ['lib/coach', 'lib/course/language.ts', 'lib/paraglide'],
	// How the app's own forms are sent.
	'lib/forms': ['lib/ui', 'lib/paraglide'],
	'lib/player': [
		'lib/course',
		'lib/progress',
		'lib/activities',
		'lib/tracking/tracker.ts',
		'lib/ui',
		'lib/paraglide',
	],
	'lib/teaching': ['lib/course', 'lib/progress', 'lib/activities'],
	'lib/certificates': ['lib/course'],
	'lib/server': [
		'lib/certificates',
		'lib/cmi5',
		'lib/teaching',
		'lib/course',
		'lib/progress',
		'lib/xapi',
		'lib/activities',
		'lib/packages',
		'lib/preview',
		'lib/paraglide',
	],
	authoring: ['lib/coach', 'lib/course', 'lib/activities', 'lib/player/prose'],
	build: [],
	packaging: [
		'lib/course',
		'lib/progress',
		'lib/activities',
		'lib/tracking',
		'lib/xapi',
		'lib/packages',
		'lib/player',
		'lib/ui',
		'lib/paraglide',
		'authoring',
		'build',
	],
	preview: ['lib/course/language.ts', 'lib/preview', 'lib/ui', 'lib/paraglide'],
	routes: ['lib'],
	cli: ['lib', 'authoring', 'packaging', 'preview', 'build'],
};
/** What the folders of activity types share. */
const SHARED_BY_TYPES = [
	'check.ts',
	'codes.ts',
	'contract.ts',
	'guard.ts',
	'MarkBadge.svelte',
	'own-words.ts',
	'own-words-schema.ts',
	'OwnWords.svelte',
	'shuffle.ts',
	'Task.svelte',
];
const types = readdirSync('src/lib/activities', { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map((entry) => entry.name);

const zones = [
	...Object.entries(MAY_IMPORT).map(([folder, others]) => ({
		target: `./src/${folder}`,
		from: './src',
		except: [folder, ...others].map((one) => `./${one}`),
		message: `src/${folder} may import ${others.join(', ') || 'nothing of the project'} and itself.`,
	})),
	...types.map((type) => ({
		target: `./src/lib/activities/${type}`,
		from: './src/lib/activities',
		except: [type, ...SHARED_BY_TYPES].map((one) => `./${one}`),
		message: 'An activity type imports no other type and not the registry.',
	})),
];

export default ts.config(
	{
		ignores: [
			'.svelte-kit/',
			'build/',
			'build-*/',
			'dist/',
			'src/lib/paraglide/',
			'test-results/',
			'data/',
		],
	},
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		// A rule that is wrong somewhere is changed here, where all see it.
		linterOptions: { noInlineConfig: true },
		plugins: { 'import-x': importX },
		settings: {
			'import-x/resolver-next': [
				importX.createNodeResolver({ extensions: ['.ts', '.js', '.svelte', '.mjs'] }),
			],
		},
		rules: {
			'import-x/no-restricted-paths': ['error', { zones }],
			'no-undef': 'off',
			'no-console': 'error',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/ban-ts-comment': [
				'error',
				{ 'ts-ignore': true, 'ts-expect-error': true },
			],
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
		},
	},
	{
		// A view shows what it is given; the scorer and the answers stay out of it.
		files: ['src/lib/activities/*/*.svelte'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: ['./logic.ts', './engine.ts', './schema.ts'],
							allowTypeImports: true,
							message: 'A view knows types only of the scorer and the definition.',
						},
					],
				},
			],
		},
	},
	{
		files: [
			'certificates',
			'cmi5',
			'coach',
			'course',
			'packages',
			'preview',
			'progress',
			'server',
			'tracking',
			'xapi',
		].map((one) => `src/lib/${one}/**`),
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: ['svelte', 'svelte/*', '*.svelte', '$app/*'],
							message: 'This part of the project runs without Svelte and without the app.',
						},
					],
				},
			],
		},
	},
	{
		files: [
			'src/lib/player/**',
			'src/packaging/**',
			'src/preview/**',
			'src/lib/activities/**',
			'src/lib/ui/**',
		],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: ['$app/*'],
							message: 'The player runs in packages, too, where there is no app.',
						},
					],
				},
			],
		},
	},
	{
		files: ['src/routes/**'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					paths: [
						{
							name: '$app/forms',
							importNames: ['enhance'],
							message: 'Forms are sent by lib/forms, so that what was typed is not lost.',
						},
					],
				},
			],
		},
	},
	{
		// Shows what our own components drew, whose texts Svelte has escaped.
		files: ['src/lib/ui/charts/Figure.svelte'],
		rules: { 'svelte/no-at-html-tags': 'off' },
	},
	{
		// A test may reach for what sets the stage.
		files: ['**/*.test.ts'],
		rules: { 'import-x/no-restricted-paths': 'off' },
	},
	{
		// Commands and the server's log speak to people by the console.
		files: ['src/cli/**', 'tests/**', 'src/lib/server/**', 'src/hooks.server.ts', 'src/routes/**'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['src/lib/server/**', 'src/hooks.server.ts', 'src/routes/**'],
		ignores: ['src/lib/server/log.ts', '**/*.test.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				...[
					'CallExpression[callee.object.name="console"][arguments.length>1]',
					':not(CallExpression) > MemberExpression[object.name="console"]',
					'CallExpression > MemberExpression.arguments[object.name="console"]',
				].map((selector) => ({
					selector,
					message:
						'Errors are logged by `logError` (src/lib/server/log.ts), without what queries held.',
				})),
			],
		},
	},
	{
		// Playwright asks for a destructured first argument even where a fixture needs no other.
		files: ['tests/support/test.ts'],
		rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
	},
);
